/**
 * Waiting for notifications. Bits that are pending are returned and cleared; else the partition sleeps, in its own windows
 * only, until a bit of its mask is set or its absolute deadline has come.
 */
import { done, type Decode } from '../calls/call.js'
import { contextOf, partitionRecord, type Kernel } from '../kernel.js'
import { returnValue, type ReturnCode } from '../../abi/return-codes.js'

export const decodeWait: Decode = (kernel, { caller, a0: mask, a1: deadline }) => {
  const record = partitionRecord(kernel, caller)
  const bits = record.get('pending') & mask
  return () => {
    if (bits !== 0n) {
      record.set({ pending: record.get('pending') & ~bits })
      return done(bits)
    }
    record.set({ waiting: 1, waitMask: mask, waitDeadline: deadline })
    return { code: 'OK', values: [], waits: true }
  }
}

/** Wakes a waiting partition whose bit is set or whose deadline has come; its registers then hold the outcome of `wait`. */
export function wakeIfDue(kernel: Kernel, partition: number): void {
  const record = partitionRecord(kernel, partition)
  if (record.get('waiting') === 0) return
  const bits = record.get('pending') & record.get('waitMask')
  if (bits !== 0n) wake(kernel, partition, 'OK', bits)
  else if (BigInt(kernel.port.now()) >= record.get('waitDeadline')) wake(kernel, partition, 'TIMEOUT', 0n)
}

function wake(kernel: Kernel, partition: number, code: ReturnCode, bits: bigint): void {
  const record = partitionRecord(kernel, partition)
  record.set({ waiting: 0, pending: record.get('pending') & ~bits })
  const context = contextOf(kernel, partition)
  kernel.memory.setU64(context + 8 * 10, returnValue(code))
  kernel.memory.setU64(context + 8 * 11, bits)
}
