/**
 * Whether shared memory and the console really are where the configuration puts them: read from the page tables in memory.
 * RISC-V Privileged, "Sv39": bit 0 V, bit 4 U; bits 20:12 of the address select the leaf.
 */
import { word64, type RawMemory } from './raw-memory.js'
import type { PartitionMap } from './system-map.js'

const VALID_AND_USER = 0x11n

export function mappedPlaces(memory: RawMemory, { sharedLeaves, shared }: PartitionMap): PartitionMap['shared'] {
  return shared.filter(({ virtual }) => {
    const leaf = word64(memory, sharedLeaves + 8 * (Math.floor(virtual / 0x1000) % 512))
    return (leaf & VALID_AND_USER) === VALID_AND_USER
  })
}
