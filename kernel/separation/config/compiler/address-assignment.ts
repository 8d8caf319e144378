/**
 * Physical and virtual addresses of everything a partition may touch, assigned in file order without gaps: first code and data
 * of each partition, then shared regions, then all images in one range. Addresses and sizes in bytes.
 */
import { SHARED } from '../../../abi/partition-memory.js'
import type { MemoryRange } from '../configuration.js'
import type { SharedSource, SystemSource } from '../source/system-source.js'

export interface PhysicalAssignment {
  readonly partitions: readonly { readonly code: MemoryRange; readonly data: MemoryRange; readonly image: MemoryRange }[]
  readonly shared: readonly MemoryRange[]
}

/** `first`: where the memory of the kernel ends. */
export function assignFrames(system: SystemSource, first: number): PhysicalAssignment {
  let next = first
  const take = (bytes: number): MemoryRange => {
    const address = next
    next += bytes
    return { address, bytes }
  }
  const frames = system.partitions.map(({ code, data }) => ({ code: take(code), data: take(data) }))
  const shared = system.shared.map(({ size }) => take(size))
  return { shared, partitions: frames.map(({ code, data }) => ({ code, data, image: take(code.bytes) })) }
}

/** Virtual addresses of the shared regions: as written, else the lowest place that no written or earlier one uses. */
export function assignShared(shared: readonly SharedSource[]): readonly number[] {
  const taken = shared.flatMap(({ at, size }) => (at === undefined ? [] : [{ address: at, bytes: size }]))
  return shared.map(({ at, size }) => {
    if (at !== undefined) return at
    const address = lowestFree(taken, size)
    taken.push({ address, bytes: size })
    return address
  })
}

function lowestFree(taken: readonly MemoryRange[], bytes: number): number {
  const byAddress = [...taken].sort((a, b) => a.address - b.address)
  return byAddress.reduce((at, range) => (range.address >= at + bytes ? at : Math.max(at, range.address + range.bytes)), SHARED)
}
