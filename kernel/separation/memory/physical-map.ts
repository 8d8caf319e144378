/**
 * Where everything lies in physical memory. Addresses and sizes in bytes.
 *
 *   from          to (excluded)  what                                              who may reach it
 *   0x0000_1000   0x0001_1000    boot ROM: real code, then the boot manifest        boot, execute and read
 *   0x0010_0000   0x0010_1000    test finisher: power off, reset                   kernel
 *   0x1000_0000   0x1000_1000    UART                                              the partition that owns the console
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

export const BOOT_ROM = { address: 0x1000, bytes: 0x1_0000 } as const satisfies MemoryRange
/** Where the boot manifest begins in the ROM. */
export const BOOT_MANIFEST = 0x2000
export const FINISHER = 0x10_0000
export const UART = 0x1000_0000
export const RAM_BASE = 0x8000_0000

export const KERNEL_STUB = { address: RAM_BASE, bytes: 0x1000 } as const satisfies MemoryRange
export const VECTOR_AREA = { address: 0x8000_1000, bytes: 0xf000 } as const satisfies MemoryRange
export const KERNEL_DATA = { address: 0x8001_0000, bytes: 0xf_0000 } as const satisfies MemoryRange

/** First byte after everything that belongs to the kernel. */
export const PARTITION_FRAMES = 0x8010_0000
