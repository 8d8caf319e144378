/**
 * The health monitor: an error of a partition, looked up in that partition's table, answered with the configured action.
 * ARINC 653 Part 1, "Health Monitor"; SKPP FPT_FLS.1, FPT_RCV_EXP.2.
 */
import { FAULTS, HEALTH_ERRORS, type HealthAction } from '../../abi/health.js'
import { reportEvent } from '../audit/report-event.js'
import { partitionOf, systemState, type Kernel } from '../kernel.js'
import { restartPartition, stopPartition } from '../partitions/lifecycle.js'
import { halt, resetModule } from '../recovery/halt.js'
import { enterMaintenance } from '../recovery/maintenance.js'
import { startHandler } from './error-handler.js'
import { selectFallback } from '../scheduler/schedule-selection.js'
import { stopThread } from '../threads/thread-life.js'
import { escalated } from './escalation.js'
import type { PartitionError } from './partition-error.js'

type Answer = (kernel: Kernel, failed: PartitionError) => void

/** Nothing goes on after a faulting instruction, which would only fault again. */
const goOn: Answer = (kernel, { partition, error }) => {
  if (FAULTS.includes(error)) stopPartition(kernel, partition)
}

const restart =
  (mode: 'cold' | 'warm'): Answer =>
  (kernel, { partition }) =>
    restartPartition(kernel, partition, { mode, condition: 'hm-partition-restart' })

/** What each action does to the failing partition, or to the module. */
const ANSWER: Readonly<Record<HealthAction, Answer>> = {
  IGNORE: goOn,
  LOG: goOn,
  HANDLER: (kernel, failed) => {
    if (!startHandler(kernel, failed)) stopPartition(kernel, failed.partition)
  },
  STOP_PROCESS: stopThread,
  IDLE: (kernel, { partition }) => stopPartition(kernel, partition),
  COLD: restart('cold'),
  WARM: restart('warm'),
  SWITCH_SCHEDULE: (kernel, failed) => {
    goOn(kernel, failed)
    selectFallback(kernel, failed.partition)
  },
  MAINTENANCE: (kernel, { partition }) => {
    stopPartition(kernel, partition)
    // Nobody is left to maintain a system whose maintenance fails.
    if (systemState(kernel) === 'running') enterMaintenance(kernel)
    else halt(kernel, 'health')
  },
  RESTART_MODULE: (kernel) => resetModule(kernel, 'health'),
  HALT: (kernel) => halt(kernel, 'health'),
}

export function handleError(kernel: Kernel, failed: PartitionError): void {
  const { partition, error, detail, address } = failed
  const action = partitionOf(kernel, partition).health[error].action
  const instead = escalated(kernel, partition, error)
  // The refusal of the request has its own record already.
  if (action !== 'IGNORE' && error !== 'ILLEGAL_REQUEST') reportEvent(kernel, { event: error, subject: partition, detail, address })
  if (instead !== undefined)
    reportEvent(kernel, { event: 'ESCALATION', subject: partition, detail: BigInt(HEALTH_ERRORS.indexOf(error)), address })
  ANSWER[instead ?? action](kernel, failed)
}
