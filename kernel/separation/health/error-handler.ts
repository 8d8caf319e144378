/**
 * The error handler of a partition: the thread that its configuration marks as such and that the partition has set up. It starts at an
 * error with the error in its registers, above every other thread. ARINC 653 Part 1, CREATE_ERROR_HANDLER, GET_ERROR_STATUS.
 */
import { FAULTS, HEALTH_ERRORS } from '../../abi/health.js'
import { partitionOf, type Kernel } from '../kernel.js'
import { makeReady, setRegisters, threadRecord, threadState } from '../threads/thread.js'
import type { PartitionError } from './partition-error.js'

/** `false`: there is none, or it is not set up, or it is at work: it cannot handle its own errors. */
export function startHandler(kernel: Kernel, { partition, thread, error, detail, address }: PartitionError): boolean {
  const index = partitionOf(kernel, partition).threads.findIndex(({ kind }) => kind === 'handler')
  if (index < 0) return false
  const id = { partition, thread: index + 1 }
  const record = threadRecord(kernel, id)
  if (record.get('entry') === 0n || threadState(kernel, id) !== 'dormant') return false
  // Behind a fault the thread cannot go on; the handler decides what becomes of it.
  if (FAULTS.includes(error)) threadRecord(kernel, { partition, thread }).set({ suspended: 1 })
  setRegisters(kernel, id, record.get('entry'), record.get('stack'), [
    BigInt(HEALTH_ERRORS.indexOf(error)),
    BigInt(thread),
    detail,
    address,
  ])
  makeReady(kernel, id)
  return true
}
