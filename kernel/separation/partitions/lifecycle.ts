/**
 * Starting, stopping and restarting a partition. A start rewrites everything the partition could have left behind: code from
 * the measured image, data and registers zero. SKPP FDP_RIP.2, FPT_RCV_EXP.2.
 */
import { CODE } from '../../abi/partition-memory.js'
import { reportEvent } from '../audit/report-event.js'
import { contextOf, partitionMode, partitionOf, partitionRecord, setPartitionMode, type Kernel } from '../kernel.js'
import { CONTEXT_BYTES } from '../memory/kernel-records.js'

/** Runs in the partition's own window, so that its cost is the partition's. */
export function startPartition(kernel: Kernel, partition: number): void {
  const { code, data, image } = partitionOf(kernel, partition)
  kernel.memory.setBytes(code.address, kernel.memory.bytes(image.address, image.bytes))
  kernel.memory.setBytes(data.address, new Uint8Array(data.bytes))
  const context = contextOf(kernel, partition)
  kernel.memory.setBytes(context, new Uint8Array(CONTEXT_BYTES))
  kernel.memory.setU64(context, BigInt(CODE))
  partitionRecord(kernel, partition).set({ waiting: 0, yielded: 0, waitMask: 0n, waitDeadline: 0n })
  setPartitionMode(kernel, partition, 'normal')
  reportEvent(kernel, { event: 'PARTITION_START', subject: partition })
}

export function stopPartition(kernel: Kernel, partition: number): void {
  if (partitionMode(kernel, partition) === 'idle') return
  setPartitionMode(kernel, partition, 'idle')
  reportEvent(kernel, { event: 'PARTITION_STOP', subject: partition })
}

/** The partition starts anew in its next window; past its limit it is stopped instead. */
export function restartPartition(kernel: Kernel, partition: number): void {
  const record = partitionRecord(kernel, partition)
  const restarts = record.get('restarts')
  if (restarts >= partitionOf(kernel, partition).restartLimit) {
    stopPartition(kernel, partition)
    return
  }
  // What others notified of belongs to the life that ends; what they notify of from here on is for the next one.
  record.set({ restarts: restarts + 1, pending: 0n })
  setPartitionMode(kernel, partition, 'cold')
  reportEvent(kernel, { event: 'PARTITION_RESTART', subject: partition, detail: BigInt(restarts + 1) })
}
