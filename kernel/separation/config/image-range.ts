/** The one range of physical memory that holds every pristine image, for the PMP entry that locks them. Addresses and sizes in bytes. */
import { partitionFrames } from '../memory/physical-map.js'
import type { Configuration, MemoryRange } from './configuration.js'

export function imageRange({ partitions, kernelData }: Pick<Configuration, 'partitions' | 'kernelData'>): MemoryRange {
  let first = Number.POSITIVE_INFINITY
  let end = 0
  for (const { image } of partitions) {
    first = Math.min(first, image.address)
    end = Math.max(end, image.address + image.bytes)
  }
  return partitions.length === 0 ? { address: partitionFrames({ kernelData }), bytes: 0 } : { address: first, bytes: end - first }
}
