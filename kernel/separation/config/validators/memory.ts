/** Sizes and places of memory. Bytes. SKPP FDP_IFF.1, FPT_SEP.3: what overlaps is not separated. */
import { CODE, CODE_LIMIT, DATA, DATA_LIMIT } from '../../../abi/partition-memory.js'
import { PAGE_BYTES } from '../../../common/units.js'
import { partitionFrames, RAM_BASE } from '../../memory/physical-map.js'
import type { Configuration, MemoryRange } from '../configuration.js'
import { LARGEST_MEMORY, SMALLEST_MEMORY } from '../limits.js'
import { hex, sizeText } from '../source/quantity.js'
import type { Path } from '../source/yaml-reader.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

export const memoryPages: SourceValidator = {
  name: 'memory-pages',
  enforced: 'boot',
  states: 'Every size of memory is a multiple of a page.',
  remedy: 'round it to a multiple of 4 KiB',
  *check({ memory, partitions, shared }) {
    const sizes: readonly (readonly [Path, number])[] = [
      [['memory'], memory],
      ...partitions.flatMap(({ code, data }, i) => [
        [['partitions', i, 'code'], code] as const,
        [['partitions', i, 'data'], data] as const,
      ]),
      ...shared.map(({ size }, i) => [['shared', i, 'size'], size] as const),
    ]
    for (const [path, bytes] of sizes) if (bytes % PAGE_BYTES !== 0) yield { path, what: `${sizeText(bytes)} is not a multiple of a page` }
  },
}

export const memorySize: SourceValidator = {
  name: 'memory-size',
  enforced: 'compiler',
  states: `RAM is ${sizeText(SMALLEST_MEMORY)} to ${sizeText(LARGEST_MEMORY)}.`,
  remedy: 'choose a size in between, such as 4 MiB',
  *check({ memory }) {
    if (memory < SMALLEST_MEMORY || memory > LARGEST_MEMORY) yield { path: ['memory'], what: `RAM of ${sizeText(memory)} cannot be built` }
  },
}

export const codeSize: SourceValidator = {
  name: 'code-size',
  enforced: 'boot',
  states: `Code is at least a page and at most ${sizeText(CODE_LIMIT - CODE)}, its window in the address space.`,
  remedy: 'give the partition code memory within the bounds',
  *check({ partitions }) {
    for (const [i, { name, code }] of partitions.entries())
      if (code < PAGE_BYTES || code > CODE_LIMIT - CODE)
        yield { path: ['partitions', i, 'code'], what: `${name} has ${sizeText(code)} of code` }
  },
}

export const dataSize: SourceValidator = {
  name: 'data-size',
  enforced: 'boot',
  states: `Data is at least a page and at most ${sizeText(DATA_LIMIT - DATA)}, its window in the address space.`,
  remedy: 'give the partition data memory within the bounds',
  *check({ partitions }) {
    for (const [i, { name, data }] of partitions.entries())
      if (data < PAGE_BYTES || data > DATA_LIMIT - DATA)
        yield { path: ['partitions', i, 'data'], what: `${name} has ${sizeText(data)} of data` }
  },
}

/** Every physical range of a configuration, with what it is and where its size stands in the source. */
function physicalRanges({ partitions, sharedRegions }: Configuration): readonly { range: MemoryRange; what: string; path: Path }[] {
  return [
    ...partitions.flatMap(({ name, code, data, image }, i) => [
      { range: code, what: `code of ${name}`, path: ['partitions', i, 'code'] },
      { range: data, what: `data of ${name}`, path: ['partitions', i, 'data'] },
      { range: image, what: `image of ${name}`, path: ['partitions', i, 'code'] },
    ]),
    ...sharedRegions.map(({ name, memory }, i) => ({ range: memory, what: `shared region ${name}`, path: ['shared', i, 'size'] })),
  ]
}

const end = ({ address, bytes }: MemoryRange): number => address + bytes

export const memoryFits: CompiledValidator = {
  name: 'memory-fits',
  enforced: 'boot',
  states: 'Everything that is assigned an address lies in RAM.',
  remedy: 'raise memory, or make a partition or shared region smaller',
  *check(configuration) {
    const needed = Math.max(...physicalRanges(configuration).map(({ range }) => end(range))) - RAM_BASE
    if (needed > configuration.ramBytes)
      yield { path: ['memory'], what: `the system needs ${sizeText(needed)}, kernel included, and has ${sizeText(configuration.ramBytes)}` }
  },
}

export const memoryAfterKernel: CompiledValidator = {
  name: 'memory-after-kernel',
  enforced: 'boot',
  states: 'Nothing that is assigned an address lies in the memory of the kernel.',
  remedy: 'report it as a defect of the compiler: no source can ask for it',
  *check(configuration) {
    for (const { range, what, path } of physicalRanges(configuration))
      if (range.address < partitionFrames(configuration))
        yield { path, what: `${what} begins at ${hex(range.address)}, in the memory of the kernel` }
  },
}

export const memoryDisjoint: CompiledValidator = {
  name: 'memory-disjoint',
  enforced: 'boot',
  states: 'No two ranges of physical memory overlap, and each begins at a page.',
  remedy: 'report it as a defect of the compiler: no source can ask for it',
  *check(configuration) {
    const ranges = [...physicalRanges(configuration)].sort((a, b) => a.range.address - b.range.address)
    for (const [i, { range, what, path }] of ranges.entries()) {
      if (range.address % PAGE_BYTES !== 0) yield { path, what: `${what} begins at ${hex(range.address)}, inside a page` }
      const next = ranges[i + 1]
      if (next !== undefined && end(range) > next.range.address) yield { path: next.path, what: `${next.what} overlaps ${what}` }
    }
  },
}

export const imageSize: CompiledValidator = {
  name: 'image-size',
  enforced: 'boot',
  states: 'The pristine image of a partition is as large as its code, because every start copies it whole.',
  remedy: 'report it as a defect of the compiler: no source can ask for it',
  *check({ partitions }) {
    for (const [i, { name, code, image }] of partitions.entries())
      if (image.bytes !== code.bytes)
        yield {
          path: ['partitions', i, 'code'],
          what: `${name} has ${sizeText(code.bytes)} of code and an image of ${sizeText(image.bytes)}`,
        }
  },
}

export const imagesContiguous: CompiledValidator = {
  name: 'images-contiguous',
  enforced: 'compiler',
  states: 'No other memory lies between the images, because one PMP entry locks them all.',
  remedy: 'report it as a defect of the compiler: no source can ask for it',
  *check({ partitions }) {
    const byAddress = partitions.map(({ name, image }, i) => ({ name, image, i })).sort((a, b) => a.image.address - b.image.address)
    for (const [k, { name, image, i }] of byAddress.entries()) {
      const before = byAddress[k - 1]
      if (before !== undefined && end(before.image) !== image.address)
        yield { path: ['partitions', i], what: `the image of ${name} does not follow that of ${before.name}` }
    }
  },
}
