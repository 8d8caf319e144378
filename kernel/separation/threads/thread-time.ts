/**
 * What time does to the threads of a partition, inside its own windows: waits end, periods begin, deadlines pass, and a deadline
 * that is missed is an error of the partition. ARINC 653 Part 1, "Time Management".
 */
import { handleError } from '../health/health-monitor.js'
import { held, type Kernel } from '../kernel.js'
import { WAIT_REASONS } from '../memory/kernel-records.js'
import { wake, wakeByNotification } from '../ipc/wait.js'
import { release, threadRecord, threadState, threadsOf, type ThreadId } from './thread.js'

/**
 * Ends every wait that is over, and reports one deadline that has passed. Its answer takes time of the kernel, so there is one in a trap: for the
 * next one the timer is due at once.
 */
export function serviceThreads(kernel: Kernel, partition: number): void {
  for (const id of threadsOf(kernel, partition)) if (threadState(kernel, id) === 'waiting') endWaitIfDue(kernel, id)
  const late = threadsOf(kernel, partition).find((id) => isLate(kernel, id))
  if (late !== undefined) reportMissedDeadline(kernel, late)
}

function endWaitIfDue(kernel: Kernel, id: ThreadId): void {
  const record = threadRecord(kernel, id)
  const reason = held(WAIT_REASONS, record.get('waitReason'), 'wait reason')
  if (reason === 'notification' && wakeByNotification(kernel, id)) return
  if (BigInt(kernel.port.now()) < record.get('waitEnd')) return
  if (reason === 'release') release(kernel, id, record.get('waitEnd'))
  else wake(kernel, id, 'TIMEOUT', reason === 'notification' ? [0n] : [])
}

function isLate(kernel: Kernel, id: ThreadId): boolean {
  const deadline = threadRecord(kernel, id).get('deadline')
  return deadline !== 0n && BigInt(kernel.port.now()) >= deadline && threadState(kernel, id) !== 'dormant'
}

function reportMissedDeadline(kernel: Kernel, id: ThreadId): void {
  threadRecord(kernel, id).set({ deadline: 0n })
  handleError(kernel, { ...id, error: 'DEADLINE_MISSED', detail: BigInt(id.thread), address: 0n })
}

/** The next instant at which time changes something for a thread of this partition, or `undefined`. */
export function nextInstant(kernel: Kernel, partition: number): bigint | undefined {
  const instants = threadsOf(kernel, partition).flatMap((id) => {
    const record = threadRecord(kernel, id)
    const deadline = record.get('deadline')
    const wait = threadState(kernel, id) === 'waiting' ? [record.get('waitEnd')] : []
    return deadline === 0n ? wait : [...wait, deadline]
  })
  return instants.reduce<bigint | undefined>((least, instant) => (least === undefined || instant < least ? instant : least), undefined)
}
