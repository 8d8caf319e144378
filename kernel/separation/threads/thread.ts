/**
 * A thread of a partition: its record, its saved registers, its states. Which threads there are, the configuration says; there is no call
 * that makes one. ARINC 653 Part 1, "Process Management".
 */
import { THREAD_STATES, type ThreadState } from '../../abi/threads.js'
import type { ThreadConfiguration } from '../config/configuration.js'
import { controlOf, element, held, partitionOf, type Kernel } from '../kernel.js'
import { CONTEXT_BYTES, SemaphoreRecord, ThreadRecord, WAIT_REASONS, type WaitReason } from '../memory/kernel-records.js'

export interface ThreadId {
  readonly partition: number
  /** 0: the main thread. */
  readonly thread: number
}

const SP = 2
const A0 = 10

const placeOf = (kernel: Kernel, { partition, thread }: ThreadId) => element(element(kernel.layout.threads, partition), thread)

export const threadContext = (kernel: Kernel, id: ThreadId): number => placeOf(kernel, id).context

export const threadRecord = (kernel: Kernel, id: ThreadId) => ThreadRecord.at(kernel.memory, placeOf(kernel, id).record)

/** `undefined`: the main thread, which the configuration does not describe. */
export const threadOf = (kernel: Kernel, { partition, thread }: ThreadId): ThreadConfiguration | undefined =>
  thread === 0 ? undefined : element(partitionOf(kernel, partition).threads, thread - 1)

export const threadsOf = (kernel: Kernel, partition: number): readonly ThreadId[] =>
  element(kernel.layout.threads, partition).map((_, thread) => ({ partition, thread }))

export const threadState = (kernel: Kernel, id: ThreadId): ThreadState =>
  held(THREAD_STATES, threadRecord(kernel, id).get('state'), 'thread state')

/** Behind every other ready thread of its priority. */
export function makeReady(kernel: Kernel, id: ThreadId): void {
  const control = controlOf(kernel)
  const order = control.get('order') + 1
  control.set({ order })
  threadRecord(kernel, id).set({ state: THREAD_STATES.indexOf('ready'), order })
}

export interface Wait {
  readonly reason: WaitReason
  readonly object?: number
  readonly mask?: bigint
  /** Absolute, in model cycles. */
  readonly end: bigint
}

export function makeWaiting(kernel: Kernel, id: ThreadId, { reason, object = 0, mask = 0n, end }: Wait): void {
  const waitReason = WAIT_REASONS.indexOf(reason)
  threadRecord(kernel, id).set({ state: THREAD_STATES.indexOf('waiting'), waitReason, waitObject: object, waitMask: mask, waitEnd: end })
}

export function makeDormant(kernel: Kernel, id: ThreadId): void {
  threadRecord(kernel, id).set({ state: THREAD_STATES.indexOf('dormant'), suspended: 0, yielded: 0, deadline: 0n })
}

/** From here on it may run, and its deadline runs. */
export function release(kernel: Kernel, id: ThreadId, time: bigint): void {
  const deadline = threadOf(kernel, id)?.deadline ?? 0
  threadRecord(kernel, id).set({ released: Number(time), deadline: deadline === 0 ? 0n : time + BigInt(deadline) })
  makeReady(kernel, id)
}

/** Registers zero but for the stack pointer and the values handed over. SKPP FDP_RIP.2. */
export function setRegisters(kernel: Kernel, id: ThreadId, pc: bigint, stack: bigint, values: readonly bigint[]): void {
  const context = threadContext(kernel, id)
  kernel.memory.setBytes(context, new Uint8Array(CONTEXT_BYTES))
  kernel.memory.setU64(context, pc)
  kernel.memory.setU64(context + 8 * SP, stack)
  values.forEach((value, index) => kernel.memory.setU64(context + 8 * (A0 + index), value))
}

/** Its own priority, or that of the highest ceiling it holds. ARINC 653 Part 1, "Mutex"; immediate priority ceiling. */
export function presentPriority(kernel: Kernel, id: ThreadId): number {
  const { partition, thread } = id
  return partitionOf(kernel, partition).semaphores.reduce((priority, { ceiling }, index) => {
    if (ceiling === undefined) return priority
    const semaphore = SemaphoreRecord.at(kernel.memory, element(element(kernel.layout.semaphores, partition), index))
    return semaphore.get('holder') === thread + 1 ? Math.max(priority, ceiling) : priority
  }, threadRecord(kernel, id).get('basePriority'))
}
