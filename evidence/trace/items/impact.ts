/**
 * What a change touches: from a requirement up to what it details and down to what details it, with their tests; from a file to the
 * tests that come from it or run it, and on to their requirements. Each item once: O(items + links).
 */
import type { TracedRecord } from '../../items/traced-record.js'

export interface Impact {
  /** What was asked for and is neither an id nor a file of the trace. */
  readonly unknown: readonly string[]
  /** Positions in the record, ascending. `above`: reached upwards alone, so to be reviewed and not to be tested again. */
  readonly requirements: readonly number[]
  readonly above: readonly number[]
  readonly tests: readonly number[]
  readonly modules: readonly string[]
}

/** @param changed ids of requirements (with `~revision` where it matters), modules, feature or source files */
export function impactOf(record: TracedRecord, changed: readonly string[]): Impact {
  const { requirements, tests } = record
  const [touched, retested, unknown] = [new Set<number>(), new Set<number>(), [] as string[]]
  for (const name of changed) {
    const [own, of] = [requirementsNamed(record, name), testsOf(record, name)]
    if (own.length + of.length === 0) unknown.push(name)
    for (const at of own) touched.add(at)
    for (const at of of) retested.add(at)
  }
  for (const at of retested) for (const requirement of tests[at]?.requirements ?? []) touched.add(requirement)
  spread(touched, (at) => requirements[at]?.below ?? [])
  for (const at of touched) for (const test of requirements[at]?.tests ?? []) retested.add(test)
  const above = new Set(touched)
  spread(above, (at) => requirements[at]?.above ?? [])
  const modules = new Set([...retested].flatMap((at) => tests[at]?.modules ?? []))
  return {
    unknown,
    requirements: ascending(touched),
    above: ascending(above).filter((at) => !touched.has(at)),
    tests: ascending(retested),
    modules: [...modules].sort(),
  }
}

function requirementsNamed({ requirements }: TracedRecord, name: string): number[] {
  return requirements.flatMap(({ id, revision, place }, at) =>
    id === name || (revision !== null && `${id}~${revision}` === name) || isFileOf(place, name) ? [at] : [],
  )
}

function testsOf({ tests }: TracedRecord, name: string): number[] {
  return tests.flatMap(({ key, place, modules }, at) => (key === name || isFileOf(place, name) || modules.includes(name) ? [at] : []))
}

/** `file:line` lies in the file; a folder, with its closing `/`, holds what begins with it. */
function isFileOf(place: string, name: string): boolean {
  const file = place.replace(/:\d+$/, '')
  return file === name || place === name || (name.endsWith('/') && file.startsWith(name))
}

/** Adds all that can be reached. A Set hands out what is added while it is walked. */
function spread(found: Set<number>, next: (at: number) => readonly number[]): void {
  for (const at of found) for (const other of next(at)) found.add(other)
}

const ascending = (all: ReadonlySet<number>): number[] => [...all].sort((a, b) => a - b)
