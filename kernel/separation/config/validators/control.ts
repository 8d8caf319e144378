/** Who may stop whom: authority over partitions that must not be turned around. SKPP FMT_MOF.1, FPT_MTN_EXP.1. */
import type { SystemSource } from '../source/system-source.js'
import type { SourceValidator } from './validator.js'

export const controlAcyclic: SourceValidator = {
  name: 'control-acyclic',
  enforced: 'compiler',
  states: 'No partition controls, by however many others, one that controls it: who stops whom is decided by rank, not by who is first.',
  remedy: 'remove control from one of them, or use observe',
  *check(system) {
    const controlled = new Map(system.partitions.map(({ name, authority }) => [name, authority.control]))
    const settled = new Set<string>()
    for (const [i, { name }] of system.partitions.entries()) {
      const circle = circleFrom(name, controlled, settled)
      if (circle !== undefined) yield { path: ['partitions', i, 'authority', 'control'], what: circle.join(' controls ') }
    }
  },
}

/** The first circle that a walk from `start` meets; everything walked is settled and not walked again. */
function circleFrom(
  start: string,
  controlled: ReadonlyMap<string, readonly string[]>,
  settled: Set<string>,
): readonly string[] | undefined {
  const way = [{ name: start, next: 0 }]
  const onWay = new Set([start])
  for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
    const reached = settled.has(last.name) ? undefined : controlled.get(last.name)?.[last.next++]
    if (reached === undefined) {
      settled.add(last.name)
      onWay.delete(last.name)
      way.pop()
    } else if (onWay.has(reached) && reached !== last.name) {
      const names = way.map(({ name }) => name)
      return [...names.slice(names.indexOf(reached)), reached]
    } else if (!onWay.has(reached) && !settled.has(reached)) {
      way.push({ name: reached, next: 0 })
      onWay.add(reached)
    }
  }
  return undefined
}

export const controlMaintenance: SourceValidator = {
  name: 'control-maintenance',
  enforced: 'compiler',
  states: 'Nobody controls the partition that runs in maintenance mode: stopped, it could not run when it is needed.',
  remedy: 'remove it from control, or use observe',
  *check({ partitions }) {
    const maintainers = new Set(partitions.filter(({ maintenance }) => maintenance).map(({ name }) => name))
    for (const [i, { name, authority }] of partitions.entries())
      for (const [k, reached] of authority.control.entries())
        if (maintainers.has(reached) && reached !== name)
          yield { path: ['partitions', i, 'authority', 'control', k], what: `${name} may stop ${reached}, which runs in maintenance mode` }
  },
}

export const controlAuditReader: SourceValidator = {
  name: 'control-audit-reader',
  enforced: 'compiler',
  states: 'Where a full audit ring halts the module, only who may halt it controls the sole reader of the ring.',
  remedy: 'remove the reader from control, give a second one readAudit, or use overwrite or lose',
  *check(system) {
    const [reader, ...others] = readersOf(system)
    if (system.audit.onFull !== 'halt' || reader === undefined || others.length > 0) return
    for (const [i, { name, authority }] of system.partitions.entries())
      if (authority.control.includes(reader) && !authority.system.includes('halt'))
        yield {
          path: ['partitions', i, 'authority', 'control'],
          what: `${name} may stop ${reader}, without which a full ring halts the module`,
        }
  },
}

const readersOf = ({ partitions }: SystemSource): readonly string[] =>
  partitions.filter(({ authority, idle }) => authority.readAudit && !idle).map(({ name }) => name)
