/** Most of each kind that the kernel's tables and the vector format hold, and bounds of sizes and times. Bytes and model cycles. */
import { MIB } from '../../common/units.js'

export const LONGEST_NAME = 32
export const MOST_PARTITIONS = 1024
export const MOST_PORTS = 2048
export const MOST_NOTIFICATIONS = 2048
export const MOST_SHARED_REGIONS = 512
export const MOST_WINDOWS = 4096
export const MOST_SCHEDULES = 16
export const MOST_ALARMS = 32
/** Events that an alarm waits for, after those it counts. */
export const MOST_SEQUENCE = 8
export const MOST_FLOWS = MOST_PARTITIONS * (MOST_PARTITIONS - 1)
/** Rules about ways through several partitions: each is a search of the graph. */
export const MOST_WAYS = 1024
export const MOST_CAPABILITIES = 64
export const MOST_QUEUED_MESSAGES = 256
export const MOST_RESTARTS = 1_000_000

/** The kernel looks at each of them in every trap of their partition. */
export const MOST_THREADS = 8
export const MOST_SEMAPHORES = 8
export const MOST_UNITS = 0xffff

/** Times of errors are kept for an escalation, so their number is bounded. */
export const MOST_ESCALATION_ERRORS = 16

/** Kernel area plus one page of everything; and what one machine may be given. */
export const SMALLEST_MEMORY = 2 * MIB
export const LARGEST_MEMORY = 512 * MIB

/** An audit ring smaller than this loses the boot's own records; a larger one crowds out kernel data. */
export const FEWEST_AUDIT_RECORDS = 4
export const MOST_AUDIT_RECORDS = 4096

/** Every byte of kernel data is tested and cleared at boot. */
export const LARGEST_KERNEL_DATA = 64 * MIB

/** Times are exact as numbers and leave room for an uptime of years. */
export const LONGEST_FRAME = 2 ** 40

/** The form of the vector lets none of this size be needed; a longer one is not read. */
export const LARGEST_VECTOR = 8 * MIB
/** An Ed25519 signature over the whole vector may lie behind it. */
export const SIGNATURE_BYTES = 64
