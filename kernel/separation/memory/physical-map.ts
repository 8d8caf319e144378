/**
 * Where everything lies in physical memory. Addresses and sizes in bytes.
 *
 *   from          to (excluded)  what                                              who may reach it
 *   0x0000_1000   0x0001_1000    boot ROM: real code, then the boot manifest        boot, execute and read
 *   0x0010_0000   0x0010_1000    test finisher: power off, reset                   kernel
 *   0x1000_0000   0x1000_1000    UART                                              the partition that owns the console
 *   0x8000_0000   0x8000_1000    trap stub: real code, measured, locked by PMP     kernel, execute
 *   0x8000_1000   kernelData     configuration vector, measured, locked by PMP     kernel, read
 *   kernelData    its end        kernel data: tables, contexts, ports, audit       kernel
 *   its end       ...            code and data of each partition, in file order    that partition
 *   ...           ...            shared regions, in file order                     the partitions that map them
 *   ...           ...            pristine images, contiguous, locked by PMP        kernel, read
 *
 * One range holds all images, so that one PMP entry locks them. Where kernel data lies, the configuration says: 0x8001_0000 to
 * 0x8010_0000 unless the system has more partitions, ports or records than fit.
 */
import type { Configuration, MemoryRange } from '../config/configuration.js'

export const BOOT_ROM = { address: 0x1000, bytes: 0x1_0000 } as const satisfies MemoryRange
/** Where the boot manifest begins in the ROM. */
export const BOOT_MANIFEST = 0x2000
/** Key of the audit chain: the last 32 bytes of the ROM, behind the largest manifest. */
export const AUDIT_KEY = { address: 0x1_0fe0, bytes: 32 } as const satisfies MemoryRange
export const FINISHER = 0x10_0000
export const UART = 0x1000_0000
export const RAM_BASE = 0x8000_0000

export const KERNEL_STUB = { address: RAM_BASE, bytes: 0x1000 } as const satisfies MemoryRange
export const VECTOR_START = 0x8000_1000
/** Kernel data unless a system needs more of it, or room for a larger vector before it. */
export const LEAST_KERNEL_DATA = { address: 0x8001_0000, bytes: 0xf_0000 } as const satisfies MemoryRange

/** From the start of the vector to kernel data; what the vector does not fill is locked with it. */
export function vectorArea({ kernelData }: Pick<Configuration, 'kernelData'>): MemoryRange {
  return { address: VECTOR_START, bytes: kernelData.address - VECTOR_START }
}

/** First byte after everything that belongs to the kernel. */
export function partitionFrames({ kernelData }: Pick<Configuration, 'kernelData'>): number {
  return kernelData.address + kernelData.bytes
}
