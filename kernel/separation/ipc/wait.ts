/**
 * Waiting for notifications. Bits that are pending are returned and cleared; else the thread sleeps, in the windows of its partition
 * only, until a bit of its mask is set or its absolute deadline has come.
 */
import { returnValue, type ReturnCode } from '../../abi/return-codes.js'
import { done, type Decode } from '../calls/call.js'
import { partitionRecord, type Kernel } from '../kernel.js'
import { makeReady, makeWaiting, threadContext, threadRecord, type ThreadId } from '../threads/thread.js'

const A0 = 10

export const decodeWait: Decode = (kernel, { caller, thread, a0: mask, a1: deadline }) => {
  const record = partitionRecord(kernel, caller)
  const bits = record.get('pending') & mask
  return () => {
    if (bits !== 0n) {
      record.set({ pending: record.get('pending') & ~bits })
      return done(bits)
    }
    makeWaiting(kernel, { partition: caller, thread }, { reason: 'notification', mask, end: deadline })
    return { code: 'OK', values: [], waits: true }
  }
}

/** Wakes a thread that waits for notifications if one of its bits is set, which is its then. */
export function wakeByNotification(kernel: Kernel, id: ThreadId): boolean {
  const record = partitionRecord(kernel, id.partition)
  const bits = record.get('pending') & threadRecord(kernel, id).get('waitMask')
  if (bits === 0n) return false
  record.set({ pending: record.get('pending') & ~bits })
  wake(kernel, id, 'OK', [bits])
  return true
}

/** The registers of the thread then hold the outcome of the call in which it waited. */
export function wake(kernel: Kernel, id: ThreadId, code: ReturnCode, values: readonly bigint[]): void {
  makeReady(kernel, id)
  const context = threadContext(kernel, id)
  kernel.memory.setU64(context + 8 * A0, returnValue(code))
  values.forEach((value, index) => kernel.memory.setU64(context + 8 * (A0 + 1 + index), value))
}
