/**
 * What a partition's address space holds, from the configuration, and the page tables that say so. Built once at boot;
 * nothing changes them afterwards. SKPP FDP_IFF.1, FPT_SEP.3.
 */
import { CODE, DATA, DEVICE } from '../../abi/partition-memory.js'
import { PAGE_BYTES } from '../../common/units.js'
import type { Configuration } from '../config/configuration.js'
import type { KernelLayout, PartitionTables } from './kernel-layout.js'
import { DIRECT_MAP, type KernelMemory } from './kernel-memory.js'
import { leaf, pointer, SPAN, type Permissions } from './page-table-entry.js'
import { KERNEL_STUB, UART } from './physical-map.js'

/** One contiguous mapping; `page` is the size of its leaves in bytes. */
export interface Mapping {
  readonly virtual: number
  readonly physical: number
  readonly bytes: number
  readonly page: number
  readonly permissions: Permissions
}

const GIGAPAGE = SPAN[2]
const supervisor = (read: boolean, write: boolean, execute: boolean): Permissions => ({ read, write, execute, user: false })
const user = (read: boolean, write: boolean, execute: boolean): Permissions => ({ read, write, execute, user: true })

/** The same in every address space: the trap stub where it is physically, and devices and RAM in the direct map. */
export const KERNEL_MAPPINGS: readonly Mapping[] = [
  {
    virtual: KERNEL_STUB.address,
    physical: KERNEL_STUB.address,
    bytes: KERNEL_STUB.bytes,
    page: PAGE_BYTES,
    permissions: supervisor(true, false, true),
  },
  { virtual: DIRECT_MAP, physical: 0, bytes: GIGAPAGE, page: GIGAPAGE, permissions: supervisor(true, true, false) },
  {
    virtual: DIRECT_MAP + 2 * GIGAPAGE,
    physical: 2 * GIGAPAGE,
    bytes: GIGAPAGE,
    page: GIGAPAGE,
    permissions: supervisor(true, true, false),
  },
]

export function partitionMappings(configuration: Configuration, partition: number): readonly Mapping[] {
  const own = configuration.partitions[partition]
  if (own === undefined) return []
  const shared = configuration.sharedRegions.flatMap((region) =>
    region.maps
      .filter((map) => map.partition === partition)
      .map((map) => ({
        virtual: map.at,
        physical: region.memory.address,
        bytes: region.memory.bytes,
        page: PAGE_BYTES,
        permissions: user(true, map.write, false),
      })),
  )
  const device = own.console
    ? [{ virtual: DEVICE, physical: UART, bytes: PAGE_BYTES, page: PAGE_BYTES, permissions: user(true, true, false) }]
    : []
  return [
    { virtual: CODE, physical: own.code.address, bytes: own.code.bytes, page: PAGE_BYTES, permissions: user(true, false, true) },
    { virtual: DATA, physical: own.data.address, bytes: own.data.bytes, page: PAGE_BYTES, permissions: user(true, true, false) },
    ...shared,
    ...device,
  ]
}

/** Writes the page tables of the kernel and of every partition. The table pages were zeroed before. */
export function buildAddressSpaces(memory: KernelMemory, configuration: Configuration, layout: KernelLayout): void {
  entry(memory, layout.kernelMiddle, KERNEL_STUB.address, 1, pointer(layout.kernelLeaves))
  for (const mapping of KERNEL_MAPPINGS) if (mapping.page === PAGE_BYTES) leaves(memory, layout.kernelLeaves, mapping)
  layout.tables.forEach((tables, partition) => {
    buildPartition(memory, layout, tables, partitionMappings(configuration, partition))
  })
}

function buildPartition(memory: KernelMemory, layout: KernelLayout, tables: PartitionTables, mappings: readonly Mapping[]): void {
  entry(memory, tables.root, CODE, 2, pointer(tables.middle))
  entry(memory, tables.root, KERNEL_STUB.address, 2, pointer(layout.kernelMiddle))
  for (const mapping of KERNEL_MAPPINGS) {
    if (mapping.page === GIGAPAGE) entry(memory, tables.root, mapping.virtual, 2, leaf(mapping.physical, mapping.permissions))
  }
  entry(memory, tables.middle, CODE, 1, pointer(tables.privateLeaves))
  entry(memory, tables.middle, DEVICE, 1, pointer(tables.sharedLeaves))
  for (const mapping of mappings) leaves(memory, mapping.virtual < SPAN[1] ? tables.privateLeaves : tables.sharedLeaves, mapping)
}

function leaves(memory: KernelMemory, table: number, mapping: Mapping): void {
  for (let offset = 0; offset < mapping.bytes; offset += PAGE_BYTES) {
    entry(memory, table, mapping.virtual + offset, 0, leaf(mapping.physical + offset, mapping.permissions))
  }
}

function entry(memory: KernelMemory, table: number, virtual: number, level: 0 | 1 | 2, value: bigint): void {
  memory.setU64(table + (Math.floor(virtual / SPAN[level]) % 512) * 8, value)
}
