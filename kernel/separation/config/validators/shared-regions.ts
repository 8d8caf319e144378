/** Memory that several partitions map. Bytes. SKPP FDP_IFF.1. */
import { SHARED, SHARED_LIMIT } from '../../../abi/partition-memory.js'
import { PAGE_BYTES } from '../../../common/units.js'
import type { Configuration } from '../configuration.js'
import { hex, sizeText } from '../source/quantity.js'
import { partitionNames, repeated, unknownPartitions } from './known-names.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

export const sharedPartitions: SourceValidator = {
  name: 'shared-partitions',
  enforced: 'boot',
  states: 'A shared region is mapped by partitions of this system.',
  remedy: 'name a partition of this system',
  *check(system) {
    const known = partitionNames(system)
    for (const [i, { name, write, read }] of system.shared.entries()) {
      yield* unknownPartitions(known, write, ['shared', i, 'write'], `shared region ${name}`)
      yield* unknownPartitions(known, read, ['shared', i, 'read'], `shared region ${name}`)
    }
  },
}

export const sharedUsers: SourceValidator = {
  name: 'shared-users',
  enforced: 'compiler',
  states: 'A shared region has a writer and at least one other user, each named once.',
  remedy: 'list each partition once, under write or under read',
  *check({ shared }) {
    for (const [i, { name, write, read }] of shared.entries()) {
      const users = [...write, ...read]
      if (write.length === 0) yield { path: ['shared', i, 'write'], what: `nobody writes shared region ${name}` }
      if (users.length < 2) yield { path: ['shared', i], what: `shared region ${name} is not shared` }
      for (const k of repeated(users)) yield { path: ['shared', i], what: `shared region ${name} names ${users[k] ?? ''} twice` }
    }
  },
}

export const sharedPlace: CompiledValidator = {
  name: 'shared-place',
  enforced: 'boot',
  states: `A shared region begins at a page and lies from ${hex(SHARED)} to ${hex(SHARED_LIMIT)} in the address space.`,
  remedy: 'leave at out, or make the shared regions smaller',
  *check({ sharedRegions }) {
    for (const [i, { name, memory, maps }] of sharedRegions.entries()) {
      if (memory.bytes === 0) yield { path: ['shared', i, 'size'], what: `shared region ${name} has no bytes` }
      const bad = maps.find(({ at }) => at % PAGE_BYTES !== 0 || at < SHARED || at + memory.bytes > SHARED_LIMIT)
      if (bad !== undefined) yield { path: ['shared', i], what: `shared region ${name} has ${sizeText(memory.bytes)} at ${hex(bad.at)}` }
    }
  },
}

export const sharedOverlap: CompiledValidator = {
  name: 'shared-overlap',
  enforced: 'boot',
  states: 'No two shared regions overlap in the address space of a partition.',
  remedy: 'leave at out, or choose another address',
  *check({ partitions, sharedRegions }) {
    for (const [partition, { name }] of partitions.entries()) {
      const mapped = placesOf(sharedRegions, partition)
      for (const [k, region] of mapped.entries()) {
        const other = mapped.slice(0, k).find(({ at, end }) => at < region.end && region.at < end)
        if (other !== undefined)
          yield { path: ['shared', region.index], what: `shared regions ${other.name} and ${region.name} overlap in ${name}` }
      }
    }
  },
}

function placesOf(regions: Configuration['sharedRegions'], partition: number) {
  return regions.flatMap(({ name, memory, maps }, index) =>
    maps.filter((map) => map.partition === partition).map(({ at }) => ({ name, index, at, end: at + memory.bytes })),
  )
}
