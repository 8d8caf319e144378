/**
 * The health monitor: an error of a partition, looked up in that partition's table, answered with the configured action.
 * ARINC 653 Part 1, "Health Monitor"; SKPP FPT_FLS.1, FPT_RCV_EXP.2.
 */
import type { AuditEvent } from '../../abi/audit.js'
import type { HealthAction, HealthError } from '../../abi/health.js'
import { reportEvent } from '../audit/report-event.js'
import { partitionOf, type Kernel } from '../kernel.js'
import { restartPartition, stopPartition } from '../partitions/lifecycle.js'
import { halt } from '../recovery/halt.js'

export interface PartitionError {
  readonly partition: number
  readonly error: HealthError
  /** Exception code or application code. */
  readonly detail: bigint
  /** Faulting address, where there is one. */
  readonly address: bigint
}

/** What continues after LOG: nothing does after a faulting instruction, which would only fault again. */
const STOPS_ANYWAY: readonly HealthError[] = ['MEMORY_VIOLATION', 'ILLEGAL_INSTRUCTION']

const EVENT: Readonly<Partial<Record<HealthError, AuditEvent>>> = {
  MEMORY_VIOLATION: 'MEMORY_VIOLATION',
  ILLEGAL_INSTRUCTION: 'ILLEGAL_INSTRUCTION',
  APPLICATION_ERROR: 'APPLICATION_ERROR',
}

/** What each action does to the failing partition, or to the module. */
const ANSWER: Readonly<Record<HealthAction, (kernel: Kernel, partition: number, error: HealthError) => void>> = {
  LOG: (kernel, partition, error) => {
    if (STOPS_ANYWAY.includes(error)) stopPartition(kernel, partition)
  },
  STOP: stopPartition,
  RESTART: restartPartition,
  HALT: (kernel) => {
    halt(kernel, 'health')
  },
}

export function handleError(kernel: Kernel, { partition, error, detail, address }: PartitionError): void {
  const event = EVENT[error]
  if (event !== undefined) reportEvent(kernel, { event, subject: partition, detail, address })
  ANSWER[partitionOf(kernel, partition).health[error]](kernel, partition, error)
}
