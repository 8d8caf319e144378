/** Where every partition sees its memory. Virtual addresses in bytes; each range lies in one 2 MiB page-table span. */
export const CODE = 0x0001_0000
export const CODE_LIMIT = 0x000f_0000
export const DATA = 0x0010_0000
export const DATA_LIMIT = 0x0020_0000
export const SHARED = 0x0020_0000
export const SHARED_LIMIT = 0x003f_0000
/** Nothing is mapped from CODE_LIMIT to DATA: a stack that grows down past the begin of data faults there, as a stack overflow. */
export const STACK_GUARD = CODE_LIMIT
/** UART registers, in the partition that owns the console. */
export const DEVICE = 0x003f_0000

/** Largest message a port carries, in bytes: it bounds the time of one call. */
export const MAX_MESSAGE_BYTES = 1024
