/**
 * Recomputes from the page tables really in memory what every partition can reach and compares it with the configuration.
 * It finds what the builder of the tables, or a fault since, put there; it shares with the builder the list of mappings that
 * the configuration implies, so an error in that list is for the outside oracle to find. SKPP FPT_ESS_EXP.1, FPT_TST_EXP.1.
 */
import { PAGE_BYTES } from '../../common/units.js'
import type { Configuration } from '../config/configuration.js'
import { KERNEL_MAPPINGS, partitionMappings, type Mapping } from '../memory/address-space.js'
import type { KernelLayout } from '../memory/kernel-layout.js'
import type { KernelMemory } from '../memory/kernel-memory.js'
import { ENTRIES, isLeaf, isValid, isWellFormed, permissionsOf, SPAN, target, type Permissions } from '../memory/page-table-entry.js'

/** A page that the tables grant and the configuration does not, or the reverse, or an entry that the kernel never makes. */
export interface IsolationFinding {
  readonly partition: number
  readonly virtual: number
}

/** Empty when the tables grant exactly what the configuration says. Charges 512 cycles per table page read. */
export function checkIsolation(memory: KernelMemory, configuration: Configuration, layout: KernelLayout): readonly IsolationFinding[] {
  return configuration.partitions.flatMap((_, partition) => {
    const granted = grants(memory, layout, partition, undefined)
    return compare(partition, granted, [...KERNEL_MAPPINGS, ...partitionMappings(configuration, partition)])
  })
}

/**
 * The same for the tables that belong to one partition, before each of its windows: what was altered since the last one grants
 * nothing. The tables that all share hold no user mapping; `checkIsolation` looks at those too. Charges 512 cycles per table page.
 */
export function checkPartition(
  memory: KernelMemory,
  configuration: Configuration,
  layout: KernelLayout,
  partition: number,
): readonly IsolationFinding[] {
  const granted = grants(memory, layout, partition, layout.kernelMiddle)
  const own = [...KERNEL_MAPPINGS.filter(({ page }) => page !== PAGE_BYTES), ...partitionMappings(configuration, partition)]
  return compare(partition, granted, own)
}

function grants(memory: KernelMemory, layout: KernelLayout, partition: number, skipped: number | undefined): Map<number, string> {
  const granted = new Map<number, string>()
  const visit: Visit = (virtual, meaning) => granted.set(virtual, meaning)
  walk(memory, { table: layout.tables[partition]?.root ?? 0, level: 2, base: 0, skipped }, visit)
  return granted
}

type Visit = (virtual: number, meaning: string) => void

/** A table of one level, the virtual address of its first entry, and a table that is not walked. */
interface Table {
  readonly table: number
  readonly level: number
  readonly base: number
  readonly skipped: number | undefined
}

function walk(memory: KernelMemory, { table, level, base, skipped }: Table, visit: Visit): void {
  const bytes = memory.bytes(table, ENTRIES * 8)
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let index = 0; index < ENTRIES; index++) {
    const entry = words.getBigUint64(index * 8, true)
    if (!isValid(entry)) continue
    const span = SPAN[level] ?? 0
    const virtual = base + index * span
    if (!isWellFormed(entry, level)) visit(virtual, 'malformed')
    else if (isLeaf(entry)) visit(virtual, signature(target(entry), span, permissionsOf(entry)))
    else if (target(entry) !== skipped) walk(memory, { table: target(entry), level: level - 1, base: virtual, skipped }, visit)
  }
}

function compare(partition: number, granted: Map<number, string>, mappings: readonly Mapping[]): IsolationFinding[] {
  const findings: IsolationFinding[] = []
  for (const { virtual, physical, bytes, page, permissions } of mappings) {
    for (let offset = 0; offset < bytes; offset += page) {
      if (granted.get(virtual + offset) !== signature(physical + offset, page, permissions))
        findings.push({ partition, virtual: virtual + offset })
      granted.delete(virtual + offset)
    }
  }
  for (const virtual of granted.keys()) findings.push({ partition, virtual })
  return findings
}

const signature = (physical: number, page: number, { read, write, execute, user }: Permissions): string =>
  `${physical} ${page} ${[read, write, execute, user].map(Number).join('')}`
