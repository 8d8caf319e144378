/**
 * Which thread of a partition runs: of those that are ready the one of the highest priority, of several the one that has been ready for
 * longest. ARINC 653 Part 1, "Process Scheduling".
 */
import type { Kernel } from '../kernel.js'
import { presentPriority, threadRecord, threadState, threadsOf, type ThreadId } from './thread.js'

/** `undefined`: none may run now. */
export function chooseThread(kernel: Kernel, partition: number): ThreadId | undefined {
  let best: { readonly id: ThreadId; readonly priority: number; readonly order: number } | undefined
  for (const id of threadsOf(kernel, partition)) {
    if (!mayRun(kernel, id)) continue
    const priority = presentPriority(kernel, id)
    const order = threadRecord(kernel, id).get('order')
    if (best === undefined || priority > best.priority || (priority === best.priority && order < best.order)) best = { id, priority, order }
  }
  return best?.id
}

function mayRun(kernel: Kernel, id: ThreadId): boolean {
  if (threadState(kernel, id) !== 'ready') return false
  const record = threadRecord(kernel, id)
  return record.get('suspended') === 0 && record.get('yielded') === 0
}
