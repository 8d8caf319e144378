/**
 * Starting, stopping and restarting a partition. A start rewrites everything the partition could have left behind: code from
 * the measured image and registers zero; data zero but for a warm start, which is for its owner's own data. SKPP FDP_RIP.2, FPT_RCV_EXP.2.
 */
import { CODE } from '../../abi/partition-memory.js'
import { PARTITION_MODES, START_CONDITIONS, type StartCondition } from '../../abi/partition-modes.js'
import { reportEvent } from '../audit/report-event.js'
import { partitionMode, partitionOf, partitionRecord, setPartitionMode, type Kernel } from '../kernel.js'
import { resetSemaphores } from '../threads/semaphore.js'
import { resetThreads } from '../threads/thread-life.js'

/** Runs in the partition's own window, so that its cost is the partition's. */
export function startPartition(kernel: Kernel, partition: number): void {
  const { code, data, image } = partitionOf(kernel, partition)
  const startMode = PARTITION_MODES.indexOf(partitionMode(kernel, partition))
  kernel.memory.setBytes(code.address, kernel.memory.bytes(image.address, image.bytes))
  if (partitionMode(kernel, partition) !== 'warm') kernel.memory.setBytes(data.address, new Uint8Array(data.bytes))
  resetThreads(kernel, partition, BigInt(CODE))
  resetSemaphores(kernel, partition)
  partitionRecord(kernel, partition).set({ startMode })
  setPartitionMode(kernel, partition, 'normal')
  reportEvent(kernel, { event: 'PARTITION_START', subject: partition, detail: BigInt(startMode) })
}

export function stopPartition(kernel: Kernel, partition: number): void {
  if (partitionMode(kernel, partition) === 'idle') return
  setPartitionMode(kernel, partition, 'idle')
  reportEvent(kernel, { event: 'PARTITION_STOP', subject: partition })
}

export interface Restart {
  readonly mode: 'cold' | 'warm'
  readonly condition: StartCondition
}

/** The partition starts anew in its next window; past its limit it is stopped instead. A cold start that is due stays one. */
export function restartPartition(kernel: Kernel, partition: number, { mode, condition }: Restart): void {
  const record = partitionRecord(kernel, partition)
  const restarts = record.get('restarts')
  if (restarts >= partitionOf(kernel, partition).restartLimit) {
    stopPartition(kernel, partition)
    return
  }
  const due = partitionMode(kernel, partition) === 'cold' ? 'cold' : mode
  // What others notified of belongs to the life that ends; what they notify of from here on is for the next one.
  record.set({ restarts: restarts + 1, pending: 0n, startCondition: START_CONDITIONS.indexOf(condition) })
  setPartitionMode(kernel, partition, due)
  reportEvent(kernel, { event: 'PARTITION_RESTART', subject: partition, detail: BigInt(restarts + 1) })
}
