/** An error of a partition, as the health monitor is told of it. */
import type { HealthError } from '../../abi/health.js'
import type { ThreadId } from '../threads/thread.js'

/** With the thread that failed. */
export interface PartitionError extends ThreadId {
  readonly error: HealthError
  /** Exception code or application code. */
  readonly detail: bigint
  /** Faulting address, where there is one. */
  readonly address: bigint
}
