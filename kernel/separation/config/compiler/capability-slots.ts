/**
 * Which capabilities a partition holds and at which slots. The order is fixed, so that a program's slots can be read off the file:
 * first the ports it takes part in, in file order; then the notifications it sends, in file order; then the partitions it may
 * control or observe, in file order of the partitions. What it takes no part in has no slot. SKPP FMT_MSA_EXP.3.
 */
import type { Capability, Configuration } from '../configuration.js'
import type { SystemSource } from '../source/system-source.js'

export function capabilitiesOf(system: SystemSource, partition: SystemSource['partitions'][number]): readonly Capability[] {
  const { name, authority } = partition
  const ports = system.ports.flatMap(({ from, to }, object): readonly Capability[] => {
    const send = from === name
    const receive = to.includes(name)
    return send || receive ? [{ kind: 'port', object, send, receive }] : []
  })
  const notifications = system.notifications.flatMap(({ from }, object): readonly Capability[] =>
    from.includes(name) ? [{ kind: 'notification', object }] : [],
  )
  const partitions = system.partitions.flatMap((other, object): readonly Capability[] => {
    const control = authority.control.includes(other.name)
    return control || authority.observe.includes(other.name) ? [{ kind: 'partition', object, control }] : []
  })
  return [...ports, ...notifications, ...partitions]
}

/** Assembler symbol to slot, for the programs of one partition: CAP_ and the object's name, for example CAP_ALTITUDE. */
export function capabilitySymbols(configuration: Configuration, partition: number): Readonly<Record<string, bigint>> {
  const capabilities = configuration.partitions[partition]?.capabilities ?? []
  return Object.fromEntries(capabilities.map((capability, slot) => [symbol('CAP', objectName(configuration, capability)), BigInt(slot)]))
}

/** Assembler symbol to virtual address of every shared region that the partition maps, for example SHARED_MAP. */
export function sharedSymbols(configuration: Configuration, partition: number): Readonly<Record<string, bigint>> {
  const maps = configuration.sharedRegions.flatMap((region) =>
    region.maps.filter((map) => map.partition === partition).map((map) => [symbol('SHARED', region.name), BigInt(map.at)] as const),
  )
  return Object.fromEntries(maps)
}

const symbol = (prefix: string, name: string): string => `${prefix}_${name.toUpperCase().replaceAll('-', '_')}`

function objectName({ ports, notifications, partitions }: Configuration, { kind, object }: Capability): string {
  const objects = { port: ports, notification: notifications, partition: partitions }[kind]
  return objects[object]?.name ?? `${kind}-${object}`
}
