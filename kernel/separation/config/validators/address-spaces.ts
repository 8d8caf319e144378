/**
 * What every partition could reach, derived from the compiled places apart from the kernel that will map them: the check of separation
 * on pages rather than on sizes. Addresses in bytes. SKPP FDP_IFF.1, FPT_SEP.3.
 */
import { CODE, DATA, DEVICE } from '../../../abi/partition-memory.js'
import { PAGE_BYTES } from '../../../common/units.js'
import { partitionFrames, RAM_BASE, UART } from '../../memory/physical-map.js'
import type { Configuration, MemoryRange } from '../configuration.js'
import { imageRange } from '../image-range.js'
import { hex } from '../source/quantity.js'
import type { CompiledValidator } from './validator.js'

const DEFECT = 'report it as a defect of the compiler: no source can ask for it'

export const mappingDisjoint: CompiledValidator = {
  name: 'mapping-disjoint',
  enforced: 'boot',
  states: 'Code, data and device registers share no page of an address space with anything else.',
  remedy: DEFECT,
  *check(configuration) {
    const shared = sharedAddresses(configuration)
    for (const [i, { name }] of configuration.partitions.entries()) {
      const inOrder = [...mappingsOf(configuration, i)].sort((a, b) => a.virtual - b.virtual)
      const overlapping = inOrder.find((mapping, k) => {
        const next = inOrder[k + 1]
        if (next === undefined || (shared.has(mapping.physical) && shared.has(next.physical))) return false
        return next.virtual < mapping.virtual + mapping.bytes
      })
      if (overlapping !== undefined) yield { path: ['partitions', i], what: `${name} has two mappings at ${hex(overlapping.virtual)}` }
    }
  },
}

export const frameExclusive: CompiledValidator = {
  name: 'frame-exclusive',
  enforced: 'boot',
  states: 'A page of memory is mapped in several address spaces only where a shared region says so.',
  remedy: DEFECT,
  *check(configuration) {
    const shared = sharedAddresses(configuration)
    const owners = new Map<number, string>()
    for (const [i, { name }] of configuration.partitions.entries())
      for (const mapping of mappingsOf(configuration, i).filter(({ physical }) => !shared.has(physical)))
        for (const page of pagesOf(mapping)) {
          const other = owners.get(page)
          if (other !== undefined && other !== name) yield { path: ['partitions', i], what: `${other} and ${name} both reach ${hex(page)}` }
          owners.set(page, name)
        }
  },
}

export const writeXorExecute: CompiledValidator = {
  name: 'write-xor-execute',
  enforced: 'compiler',
  states: 'No page can be written through one mapping and executed through the same or another one.',
  remedy: DEFECT,
  *check(configuration) {
    const writable = new Set<number>()
    const executable = new Map<number, number>()
    for (const i of configuration.partitions.keys())
      for (const mapping of mappingsOf(configuration, i))
        for (const page of pagesOf(mapping)) {
          if (mapping.write) writable.add(page)
          if (mapping.execute) executable.set(page, i)
        }
    for (const [page, i] of executable)
      if (writable.has(page)) yield { path: ['partitions', i], what: `${hex(page)} can be written and executed` }
  },
}

export const kernelUnmapped: CompiledValidator = {
  name: 'kernel-unmapped',
  enforced: 'boot',
  states: 'No partition maps the trap stub, the vector, kernel data or an image.',
  remedy: DEFECT,
  *check(configuration) {
    const kernel: MemoryRange = { address: RAM_BASE, bytes: partitionFrames(configuration) - RAM_BASE }
    const protectedRanges = [kernel, imageRange(configuration)]
    for (const [i, { name }] of configuration.partitions.entries())
      for (const { physical, bytes } of mappingsOf(configuration, i))
        if (protectedRanges.some((range) => physical < range.address + range.bytes && range.address < physical + bytes))
          yield { path: ['partitions', i], what: `${name} maps ${hex(physical)}, which belongs to the kernel` }
  },
}

export const imagesLast: CompiledValidator = {
  name: 'images-last',
  enforced: 'compiler',
  states: 'The images lie behind all other memory that is given, because the PMP entries that lock memory ascend.',
  remedy: DEFECT,
  *check(configuration) {
    const first = imageRange(configuration).address
    const late = givenMemory(configuration).find(({ address, bytes }) => address + bytes > first)
    if (late !== undefined) yield { path: ['partitions'], what: `memory at ${hex(late.address)} lies behind the first image` }
  },
}

const sharedAddresses = ({ sharedRegions }: Configuration): ReadonlySet<number> =>
  new Set(sharedRegions.map(({ memory }) => memory.address))

const givenMemory = ({ partitions, sharedRegions }: Configuration): readonly MemoryRange[] => [
  ...partitions.flatMap(({ code, data }) => [code, data]),
  ...sharedRegions.map(({ memory }) => memory),
]

interface Mapping {
  readonly virtual: number
  readonly physical: number
  readonly bytes: number
  readonly write: boolean
  readonly execute: boolean
}

function mappingsOf({ partitions, sharedRegions }: Configuration, partition: number): readonly Mapping[] {
  const own = partitions[partition]
  if (own === undefined) return []
  const { code, data, console } = own
  const shared = sharedRegions.flatMap(({ memory, maps }) =>
    maps.flatMap((map) => (map.partition === partition ? [mapping(map.at, memory, map.write, false)] : [])),
  )
  const device = console ? [mapping(DEVICE, { address: UART, bytes: PAGE_BYTES }, true, false)] : []
  return [mapping(CODE, code, false, true), mapping(DATA, data, true, false), ...shared, ...device]
}

const mapping = (virtual: number, { address, bytes }: MemoryRange, write: boolean, execute: boolean): Mapping => ({
  virtual,
  physical: address,
  bytes,
  write,
  execute,
})

function* pagesOf({ physical, bytes }: Mapping): Iterable<number> {
  for (let offset = 0; offset < bytes; offset += PAGE_BYTES) yield physical + offset
}
