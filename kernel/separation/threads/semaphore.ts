/**
 * Semaphores of one partition. One without a ceiling counts units; one with a ceiling has a holder, who runs at the ceiling at least, so
 * that nobody of lower priority keeps it waiting (immediate priority ceiling). ARINC 653 Part 1, WAIT_SEMAPHORE, SIGNAL_SEMAPHORE.
 */
import { done, refuse, type CallArguments, type Decode } from '../calls/call.js'
import type { SemaphoreConfiguration } from '../config/configuration.js'
import { element, held, partitionOf, type Kernel } from '../kernel.js'
import { SemaphoreRecord, WAIT_REASONS } from '../memory/kernel-records.js'
import { wake } from '../ipc/wait.js'
import { makeWaiting, presentPriority, threadRecord, threadState, threadsOf, type ThreadId } from './thread.js'

interface Named {
  readonly index: number
  readonly configuration: SemaphoreConfiguration
}

const recordOf = (kernel: Kernel, partition: number, index: number) =>
  SemaphoreRecord.at(kernel.memory, element(element(kernel.layout.semaphores, partition), index))

function named(kernel: Kernel, { caller, a0: number }: CallArguments): Named | undefined {
  const { semaphores } = partitionOf(kernel, caller)
  const configuration = number < BigInt(semaphores.length) ? semaphores[Number(number)] : undefined
  return configuration === undefined ? undefined : { index: Number(number), configuration }
}

export const decodeSemaphoreWait: Decode = (kernel, call) => {
  const semaphore = named(kernel, call)
  if (semaphore === undefined) return refuse('CAP')
  const { index, configuration } = semaphore
  const id = { partition: call.caller, thread: call.thread }
  const record = recordOf(kernel, call.caller, index)
  // A holder would wait for itself; a thread above the ceiling would be slowed down by it.
  const { ceiling } = configuration
  if (ceiling !== undefined && (record.get('holder') === call.thread + 1 || threadRecord(kernel, id).get('basePriority') > ceiling))
    return refuse('STATE')
  return () => {
    if (record.get('units') > 0) {
      record.set({ units: record.get('units') - 1 })
      take(kernel, id, semaphore)
      return done()
    }
    makeWaiting(kernel, id, { reason: 'semaphore', object: index, end: call.a1 })
    return { code: 'OK', values: [], waits: true }
  }
}

export const decodeSemaphorePost: Decode = (kernel, call) => {
  const semaphore = named(kernel, call)
  if (semaphore === undefined) return refuse('CAP')
  const { index, configuration } = semaphore
  const record = recordOf(kernel, call.caller, index)
  if (configuration.ceiling !== undefined && record.get('holder') !== call.thread + 1) return refuse('STATE')
  if (record.get('units') >= configuration.maximum) return refuse('FULL')
  return () => {
    give(kernel, call.caller, semaphore)
    return done()
  }
}

function take(kernel: Kernel, { partition, thread }: ThreadId, { index, configuration }: Named): void {
  if (configuration.ceiling !== undefined) recordOf(kernel, partition, index).set({ holder: thread + 1 })
}

/** To the waiting thread of the highest priority that waits for longest, else back into the semaphore. */
function give(kernel: Kernel, partition: number, semaphore: Named): void {
  const record = recordOf(kernel, partition, semaphore.index)
  record.set({ holder: 0 })
  const next = firstWaiting(kernel, partition, semaphore.index)
  if (next === undefined) record.set({ units: record.get('units') + 1 })
  else {
    take(kernel, next, semaphore)
    wake(kernel, next, 'OK', [])
  }
}

function firstWaiting(kernel: Kernel, partition: number, index: number): ThreadId | undefined {
  const waiting = threadsOf(kernel, partition).filter((id) => {
    if (threadState(kernel, id) !== 'waiting') return false
    const record = threadRecord(kernel, id)
    return held(WAIT_REASONS, record.get('waitReason'), 'wait reason') === 'semaphore' && record.get('waitObject') === index
  })
  return waiting.reduce<ThreadId | undefined>((first, id) => {
    if (first === undefined) return id
    const [a, b] = [presentPriority(kernel, first), presentPriority(kernel, id)]
    return b > a || (a === b && threadRecord(kernel, id).get('order') < threadRecord(kernel, first).get('order')) ? id : first
  }, undefined)
}

/** What a thread that is stopped holds goes to who waits for it. */
export function releaseSemaphores(kernel: Kernel, { partition, thread }: ThreadId): void {
  partitionOf(kernel, partition).semaphores.forEach((configuration, index) => {
    if (recordOf(kernel, partition, index).get('holder') === thread + 1) give(kernel, partition, { index, configuration })
  })
}

export function resetSemaphores(kernel: Kernel, partition: number): void {
  partitionOf(kernel, partition).semaphores.forEach(({ initial }, index) =>
    recordOf(kernel, partition, index).set({ units: initial, holder: 0 }),
  )
}
