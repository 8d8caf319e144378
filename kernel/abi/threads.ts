/**
 * Threads of a partition, by number: 0 is the main thread, which exists in every partition and starts with it; the others are those of
 * its configuration, in file order from 1. ARINC 653 Part 1, "Process Management" (there a thread is called process).
 */
export const THREAD_STATES = ['dormant', 'ready', 'waiting'] as const
export type ThreadState = (typeof THREAD_STATES)[number]

/** aperiodic: runs until it stops; periodic: released every period; sporadic: started at most once per period. */
export const THREAD_KINDS = ['aperiodic', 'periodic', 'sporadic', 'handler'] as const
export type ThreadKind = (typeof THREAD_KINDS)[number]

/** Operations of `thr_ctl` by number (ARINC 653 Part 1, START, STOP, SUSPEND, RESUME, SET_PRIORITY, PERIODIC_WAIT, REPLENISH). */
export const THREAD_OPERATIONS = ['start', 'stop', 'suspend', 'resume', 'priority', 'periodic-wait', 'replenish'] as const
export type ThreadOperation = (typeof THREAD_OPERATIONS)[number]

/** Of the main thread. */
export const LOWEST_PRIORITY = 0
export const HIGHEST_PRIORITY = 255
