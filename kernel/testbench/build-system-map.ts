/** The map of a built system, from the addresses its configuration and the kernel's layout give. */
import { PARTITION_MODES } from '../abi/partition-modes.js'
import { DEVICE } from '../abi/partition-memory.js'
import type { Configuration } from '../separation/config/configuration.js'
import { kernelLayout, portBytes, type KernelLayout } from '../separation/memory/kernel-layout.js'
import { ControlRecord, PartitionRecord, SYSTEM_STATES } from '../separation/memory/kernel-records.js'
import { AUDIT_KEY, KERNEL_STUB, vectorArea } from '../separation/memory/physical-map.js'
import { HALT_REASONS } from '../separation/recovery/halt.js'
import type { PartitionMap, SystemMap } from './oracle/system-map.js'

const TABLE_PAGES_BYTES = 4 * 4096

export function buildSystemMap(configuration: Configuration): SystemMap {
  const layout = kernelLayout(configuration)
  const control = (field: keyof typeof ControlRecord.offsets): number => layout.control + ControlRecord.offsets[field]
  return {
    stub: KERNEL_STUB,
    configuration: vectorArea(configuration),
    partitions: configuration.partitions.map((_, partition) => partitionMap(configuration, layout, partition)),
    ports: new Map(configuration.ports.map((port, index) => [port.name, { address: layout.ports[index] ?? 0, bytes: portBytes(port) }])),
    shared: new Map(configuration.sharedRegions.map(({ name, memory }) => [name, memory])),
    audit: {
      ring: layout.auditRing,
      chain: layout.auditChain,
      key: AUDIT_KEY.address,
      capacity: configuration.audit.capacity,
      next: control('auditNext'),
      oldest: control('auditOldest'),
      lost: control('auditLost'),
    },
    crash: { address: layout.crash, bytes: 64 },
    control: { state: control('state'), frameStart: control('frameStart'), frame: control('frame'), slot: control('slot') },
    modes: PARTITION_MODES,
    states: SYSTEM_STATES,
    haltReasons: HALT_REASONS,
  }
}

function partitionMap(configuration: Configuration, layout: KernelLayout, partition: number): PartitionMap {
  const { partitions } = configuration
  const { name, code, data, image } = partitions[partition] ?? missing(partition)
  const tables = layout.tables[partition] ?? missing(partition)
  const record = layout.partitions[partition] ?? missing(partition)
  return {
    name,
    code,
    data,
    image,
    tables: { address: tables.root, bytes: TABLE_PAGES_BYTES },
    root: tables.root,
    sharedLeaves: tables.sharedLeaves,
    shared: sharedPlaces(configuration, partition),
    context: layout.threads[partition]?.[0]?.context ?? missing(partition),
    mode: record + PartitionRecord.offsets.mode,
    restarts: record + PartitionRecord.offsets.restarts,
  }
}

function sharedPlaces({ partitions, sharedRegions }: Configuration, partition: number): PartitionMap['shared'] {
  const regions = sharedRegions.flatMap(({ maps }) => maps.filter((map) => map.partition === partition))
  const console = partitions[partition]?.console === true ? [{ entry: 'console' as const, virtual: DEVICE }] : []
  return [...regions.map(({ at }) => ({ entry: 'shared_region' as const, virtual: at })), ...console]
}

function missing(partition: number): never {
  throw new RangeError(`no partition ${partition}`)
}
