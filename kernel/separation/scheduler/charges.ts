/**
 * Declared worst cases in model cycles. A window must hold them; the kernel asserts them on every path.
 * They are the model's, chosen above the largest observed path, and no statement about any silicon.
 */
import type { PartitionConfiguration } from '../config/configuration.js'

/** The end of each window that belongs to the kernel: the longest call already begun, plus the switch to the next window. */
export const SWITCH_RESERVE = 4000
/** Kernel logic of one trap besides its memory accesses. */
export const TRAP_CHARGE = 60
/** Shortest window: the reserve and as much again for the partition. */
export const MINIMUM_WINDOW = 2 * SWITCH_RESERVE
/** From the end of the trap routine to the first instruction of the partition: the instructions of the stub's way out. */
export { RESUME_CYCLES } from '../boot/trap-stub.js'

/** Starting a partition: read its image, write its code, clear its data; padded to exactly this. */
export function restartCharge(partition: Pick<PartitionConfiguration, 'code' | 'data'>): number {
  return Math.ceil((2 * partition.code.bytes + partition.data.bytes) / 8) + 2000
}

/** Worst case of the trap routine: the longest start of any partition and the longest wait are not work, so a round bound. */
export const TRAP_ROUTINE_CHARGE = 1_000_000
/** Worst case of boot: every page of RAM is written and read several times. */
export const BOOT_CHARGE = 1_000_000_000
