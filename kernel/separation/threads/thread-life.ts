/** The end of a thread, and what a start of its partition leaves of the threads before it. SKPP FDP_RIP.2. */
import { element, type Kernel } from '../kernel.js'
import { releaseSemaphores } from './semaphore.js'
import { makeDormant, makeReady, setRegisters, threadOf, threadRecord, type ThreadId } from './thread.js'

export function stopThread(kernel: Kernel, id: ThreadId): void {
  makeDormant(kernel, id)
  releaseSemaphores(kernel, id)
}

/** What a start of the partition leaves of its threads: the main one, ready at `pc`. */
export function resetThreads(kernel: Kernel, partition: number, pc: bigint): void {
  element(kernel.layout.threads, partition).forEach((_, thread) => {
    const id = { partition, thread }
    makeDormant(kernel, id)
    threadRecord(kernel, id).set({ basePriority: threadOf(kernel, id)?.priority ?? 0, released: 0, entry: 0n, stack: 0n })
    setRegisters(kernel, id, 0n, 0n, [])
  })
  const main = { partition, thread: 0 }
  setRegisters(kernel, main, pc, 0n, [])
  makeReady(kernel, main)
}
