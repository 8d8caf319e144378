/**
 * Which capabilities a partition holds and at which slots. The order is fixed, so that a program's slots can be read off the file:
 * first the ports it takes part in, in file order; then the notifications it sends, in file order; then the partitions it may
 * control or observe, in file order of the partitions. What it takes no part in has no slot. SKPP FMT_MSA_EXP.3.
 */
import type { Capability, Configuration } from '../configuration.js'
import type { SystemSource } from '../source/system-source.js'

/** The capabilities of each partition, by its number. Names that are no partition's are left for the validators. */
export function capabilitiesOf(system: SystemSource): readonly (readonly Capability[])[] {
  const held: Capability[][] = system.partitions.map(() => [])
  const ids = new Map(system.partitions.map(({ name }, id) => [name, id]))
  const give = (name: string, capability: Capability): void => {
    held[ids.get(name) ?? -1]?.push(capability)
  }
  for (const [object, { from, to }] of system.ports.entries()) {
    const receivers = new Set(to)
    give(from, { kind: 'port', object, send: true, receive: receivers.has(from) })
    for (const name of receivers) if (name !== from) give(name, { kind: 'port', object, send: false, receive: true })
  }
  for (const [object, { from }] of system.notifications.entries())
    for (const name of new Set(from)) give(name, { kind: 'notification', object })
  for (const { name, authority } of system.partitions)
    for (const reached of overPartitions(ids, authority)) give(name, { kind: 'partition', ...reached })
  return held
}

/** In file order of the partitions reached; control includes observation. */
function overPartitions(
  ids: ReadonlyMap<string, number>,
  { control, observe }: SystemSource['partitions'][number]['authority'],
): readonly { readonly object: number; readonly control: boolean }[] {
  const reached = new Map([...observe.map((name) => [name, false] as const), ...control.map((name) => [name, true] as const)])
  return [...reached]
    .flatMap(([name, controlled]) => {
      const object = ids.get(name)
      return object === undefined ? [] : [{ object, control: controlled }]
    })
    .sort((a, b) => a.object - b.object)
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
