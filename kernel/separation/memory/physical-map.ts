/**
 * Where everything lies in physical memory. Addresses and sizes in bytes.
 *
 *   from          to (excluded)  what                                              who may reach it
 *   0x8000_0000   0x8000_1000    trap stub: real code, measured, locked by PMP     kernel, execute
 *   0x8000_1000   0x8001_0000    configuration vector, measured, locked by PMP     kernel, read
 *   0x8001_0000   0x8010_0000    kernel data: tables, contexts, ports, audit       kernel
 *   0x8010_0000   ...            code and data of each partition, in file order    that partition
 *   ...           ...            shared regions, in file order                     the partitions that map them
 *   ...           ...            pristine images, contiguous, locked by PMP        kernel, read
 *
 * One range holds all images, so that one PMP entry locks them.
 */
import type { MemoryRange } from '../config/configuration.js'

export const RAM_BASE = 0x8000_0000

export const KERNEL_STUB = { address: RAM_BASE, bytes: 0x1000 } as const satisfies MemoryRange
export const VECTOR_AREA = { address: 0x8000_1000, bytes: 0xf000 } as const satisfies MemoryRange
export const KERNEL_DATA = { address: 0x8001_0000, bytes: 0xf_0000 } as const satisfies MemoryRange

/** First byte after everything that belongs to the kernel. */
export const PARTITION_FRAMES = 0x8010_0000
