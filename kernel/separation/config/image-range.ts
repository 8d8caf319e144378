/** The one range of physical memory that holds every pristine image, for the PMP entry that locks them. Addresses and sizes in bytes. */
import { PARTITION_FRAMES } from '../memory/physical-map.js'
import type { Configuration, MemoryRange } from './configuration.js'

export function imageRange({ partitions }: Pick<Configuration, 'partitions'>): MemoryRange {
  let first = Number.POSITIVE_INFINITY
  let end = 0
  for (const { image } of partitions) {
    first = Math.min(first, image.address)
    end = Math.max(end, image.address + image.bytes)
  }
  return partitions.length === 0 ? { address: PARTITION_FRAMES, bytes: 0 } : { address: first, bytes: end - first }
}
