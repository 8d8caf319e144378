/**
 * Which context the hart continues, and when it comes back. The last SWITCH_RESERVE cycles of a window belong to the kernel:
 * it switches there and pads to the absolute start of the next window, so the first instruction of a window retires in the
 * very cycle the configuration names, whatever ran before. SKPP FRU_PRU_EXP.1, FDP_IFF.3.
 */
import { cycles } from '../../common/units.js'
import { reportEvent } from '../audit/report-event.js'
import { checkPartition } from '../boot/isolation-check.js'
import { controlOf, element, partitionMode, partitionOf, systemState, type Kernel } from '../kernel.js'
import { requireIntact } from '../memory/kernel-memory.js'
import { satpOf } from '../memory/page-table-entry.js'
import { startPartition } from '../partitions/lifecycle.js'
import { halt } from '../recovery/halt.js'
import { chooseThread } from '../threads/choose-thread.js'
import { threadContext, threadRecord, threadsOf, type ThreadId } from '../threads/thread.js'
import { nextInstant, serviceThreads } from '../threads/thread-time.js'
import { RESUME_CYCLES, restartCharge, SWITCH_RESERVE } from './charges.js'
import { reportSwitch } from './schedule-selection.js'
import { advanceSlot, presentSlot } from './present-slot.js'

const SSTATUS = 0x100
const SSCRATCH = 0x140
const STIMECMP = 0x14d
const SATP = 0x180
const SPIE = 1n << 5n
const SPP = 1n << 8n

/** The last act of every trap. */
export function dispatch(kernel: Kernel): void {
  if (systemState(kernel) === 'halted') {
    resume(kernel, undefined)
    return
  }
  const { partition, end } = presentSlot(kernel)
  if (kernel.port.now() >= end - SWITCH_RESERVE) {
    switchSlot(kernel)
    return
  }
  const running = partition === undefined ? undefined : runnable(kernel, partition)
  setTimer(kernel, partition, end)
  resume(kernel, running)
}

function switchSlot(kernel: Kernel): void {
  const schedule = controlOf(kernel).get('schedule')
  if (advanceSlot(kernel)) reportSwitch(kernel, schedule)
  enterSlot(kernel)
}

/** The start of the slot that the control record names. `resumeCycles`: from the end of this routine to the first instruction. */
export function enterSlot(kernel: Kernel, resumeCycles = RESUME_CYCLES): void {
  const { partition, start, end } = presentSlot(kernel)
  let first = start
  if (partition !== undefined && mayRunNow(kernel, partition)) {
    for (const id of threadsOf(kernel, partition)) threadRecord(kernel, id).set({ yielded: 0 })
    if (!tablesAreIntact(kernel, partition)) {
      resume(kernel, undefined)
      return
    }
    enterAddressSpace(kernel, partition)
    const mode = partitionMode(kernel, partition)
    if (mode === 'cold' || mode === 'warm') {
      padTo(kernel, start)
      startPartition(kernel, partition)
      first = start + restartCharge(partitionOf(kernel, partition))
    }
  }
  const running = partition === undefined ? undefined : runnable(kernel, partition)
  setTimer(kernel, partition, end)
  resume(kernel, running)
  padTo(kernel, first - resumeCycles)
}

/** Altered tables are not entered: the fault is recorded and the module halts. SKPP FPT_TST_EXP.1, FPT_FLS.1. */
function tablesAreIntact(kernel: Kernel, partition: number): boolean {
  if (checkPartition(kernel.memory, kernel.configuration, kernel.layout, partition).length === 0) return true
  reportEvent(kernel, { event: 'INTEGRITY_FAILURE' })
  halt(kernel, 'integrity')
  return false
}

function mayRunNow(kernel: Kernel, partition: number): boolean {
  return systemState(kernel) === 'running' || (systemState(kernel) === 'maintenance' && partitionOf(kernel, partition).maintenance)
}

const isAtWork = (kernel: Kernel, partition: number): boolean =>
  mayRunNow(kernel, partition) && partitionMode(kernel, partition) === 'normal'

/** The thread that runs now; `undefined`: nobody of this partition does. */
function runnable(kernel: Kernel, partition: number): ThreadId | undefined {
  if (!isAtWork(kernel, partition)) return undefined
  serviceThreads(kernel, partition)
  // A missed deadline may have stopped the partition, or the module.
  return isAtWork(kernel, partition) ? chooseThread(kernel, partition) : undefined
}

/** The next interrupt: the end of the window less the reserve, or what time does to a thread inside it. */
function setTimer(kernel: Kernel, partition: number | undefined, end: number): void {
  const window = BigInt(end - SWITCH_RESERVE)
  const instant = partition !== undefined && isAtWork(kernel, partition) ? nextInstant(kernel, partition) : undefined
  kernel.port.writeCsr(STIMECMP, instant !== undefined && instant < window ? instant : window)
}

function enterAddressSpace(kernel: Kernel, partition: number): void {
  kernel.port.writeCsr(SATP, satpOf(element(kernel.layout.tables, partition).root))
  kernel.port.fenceVma()
}

/** `undefined`: the idle loop of the stub, in S mode with interrupts on. */
function resume(kernel: Kernel, thread: ThreadId | undefined): void {
  const context = thread === undefined ? kernel.layout.idleContext : threadContext(kernel, thread)
  const status = (kernel.port.readCsr(SSTATUS) ?? 0n) & ~SPP
  kernel.port.writeCsr(SSTATUS, status | SPIE | (thread === undefined ? SPP : 0n))
  kernel.port.writeCsr(SSCRATCH, BigInt(kernel.memory.kernelAddress(context)))
}

function padTo(kernel: Kernel, time: number): void {
  const { port, configuration } = kernel
  // Boot that ends within the reserve before a frame waits for the frame after it.
  requireIntact(time - port.now() <= configuration.majorFrame + SWITCH_RESERVE, 'a window that begins frames from now')
  requireIntact(port.waitUntil(cycles(time)), 'a window that has begun already')
}
