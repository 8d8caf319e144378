/**
 * The second look at a configuration, at boot: whatever made the vector, places and windows in it must keep partitions apart.
 * Written apart from the validators of the compiler and shares nothing with them. SKPP FPT_ESS_EXP.1, FPT_SEP.3.
 */
import { CODE, CODE_LIMIT, DATA, DATA_LIMIT, SHARED, SHARED_LIMIT } from '../../abi/partition-memory.js'
import { PAGE_BYTES } from '../../common/units.js'
import { kernelLayout } from '../memory/kernel-layout.js'
import { partitionFrames, RAM_BASE, VECTOR_START } from '../memory/physical-map.js'
import type { Configuration, MemoryRange } from './configuration.js'
import { SIGNATURE_BYTES } from './limits.js'

/** One sentence about the first thing that would break separation, or undefined. */
export function layoutRefusal(configuration: Configuration, vectorBytes: number): string | undefined {
  return (
    kernelRefusal(configuration, vectorBytes) ??
    framesRefusal(configuration) ??
    placesRefusal(configuration) ??
    windowsRefusal(configuration) ??
    ownersRefusal(configuration)
  )
}

/** The memory of the kernel itself: first the vector, then room for every record the system needs. */
function kernelRefusal(configuration: Configuration, vectorBytes: number): string | undefined {
  const { address, bytes } = configuration.kernelData
  if (address % PAGE_BYTES !== 0 || bytes % PAGE_BYTES !== 0) return 'kernel data is not made of pages'
  if (VECTOR_START + vectorBytes + SIGNATURE_BYTES > address) return 'kernel data begins within the vector or its signature'
  return kernelLayout(configuration).end > address + bytes ? 'the records of the kernel exceed its data' : undefined
}

/** Physical memory, swept from below: each range begins where or after the one before it ended. */
function framesRefusal({ partitions, sharedRegions, ramBytes, kernelData }: Configuration): string | undefined {
  const ranges = [...partitions.flatMap(({ code, data, image }) => [code, data, image]), ...sharedRegions.map(({ memory }) => memory)]
  let free = partitionFrames({ kernelData })
  for (const { address, bytes } of ranges.sort((a, b) => a.address - b.address)) {
    if (bytes === 0 || bytes % PAGE_BYTES !== 0 || address % PAGE_BYTES !== 0) return `memory at ${address} is not made of pages`
    if (address < free) return `memory at ${address} is given twice`
    free = address + bytes
  }
  if (free > RAM_BASE + ramBytes) return 'memory beyond the end of RAM is given'
  return partitions.some(({ code, image }) => code.bytes !== image.bytes) ? 'an image is not as large as its code' : undefined
}

/** Virtual memory: everything inside its part of the address space, and shared regions apart in each partition. */
function placesRefusal({ partitions, sharedRegions }: Configuration): string | undefined {
  for (const [partition, { name, code, data }] of partitions.entries()) {
    if (code.bytes > CODE_LIMIT - CODE || data.bytes > DATA_LIMIT - DATA) return `partition ${name} is larger than its address space`
    const mapped = sharedRegions.flatMap(({ memory, maps }) =>
      maps.filter((map) => map.partition === partition).map(({ at }): MemoryRange => ({ address: at, bytes: memory.bytes })),
    )
    let free = SHARED
    for (const { address, bytes } of mapped.sort((a, b) => a.address - b.address)) {
      if (address % PAGE_BYTES !== 0 || address < free || address + bytes > SHARED_LIMIT)
        return `a shared region is misplaced in partition ${name}`
      free = address + bytes
    }
  }
  return undefined
}

function windowsRefusal({ windows, schedules, majorFrame }: Configuration): string | undefined {
  if (schedules.filter(({ fallback }) => fallback).length > 1) return 'two schedules are the fallback'
  for (const schedule of [{ windows }, ...schedules]) {
    let free = 0
    for (const { offset, length } of schedule.windows) {
      if (length === 0 || offset < free) return `the window at ${offset} is empty, or begins before the one before it ends`
      free = offset + length
    }
    if (free > majorFrame) return 'a window ends after the major frame'
  }
  return undefined
}

function ownersRefusal({ partitions }: Configuration): string | undefined {
  if (partitions.length === 0) return 'there is no partition'
  if (partitions.filter(({ console }) => console).length > 1) return 'two partitions own the console'
  return partitions.filter(({ maintenance }) => maintenance).length > 1 ? 'two partitions run in maintenance mode' : undefined
}
