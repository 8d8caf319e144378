/**
 * Which context the hart continues, and when it comes back. The last SWITCH_RESERVE cycles of a window belong to the kernel:
 * it switches there and pads to the absolute start of the next window, so the first instruction of a window retires in the
 * very cycle the configuration names, whatever ran before. SKPP FRU_PRU_EXP.1, FDP_IFF.3.
 */
import { cycles } from '../../common/units.js'
import { reportEvent, resetAlarms } from '../audit/report-event.js'
import { checkPartition } from '../boot/isolation-check.js'
import { wakeIfDue } from '../ipc/wait.js'
import { contextOf, element, partitionMode, partitionOf, partitionRecord, systemState, type Kernel } from '../kernel.js'
import { requireIntact } from '../memory/kernel-memory.js'
import { satpOf } from '../memory/page-table-entry.js'
import { startPartition } from '../partitions/lifecycle.js'
import { halt } from '../recovery/halt.js'
import { RESUME_CYCLES, restartCharge, SWITCH_RESERVE } from './charges.js'
import { advanceSlot, presentSlot } from './timeline.js'

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
  const running = partition !== undefined && runnable(kernel, partition) ? partition : undefined
  setTimer(kernel, partition, end)
  resume(kernel, running)
}

function switchSlot(kernel: Kernel): void {
  if (advanceSlot(kernel)) resetAlarms(kernel)
  enterSlot(kernel)
}

/** The start of the slot that the control record names. `resumeCycles`: from the end of this routine to the first instruction. */
export function enterSlot(kernel: Kernel, resumeCycles = RESUME_CYCLES): void {
  const { partition, start, end } = presentSlot(kernel)
  let first = start
  if (partition !== undefined && mayRunNow(kernel, partition)) {
    partitionRecord(kernel, partition).set({ yielded: 0 })
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
  const running = partition !== undefined && runnable(kernel, partition) ? partition : undefined
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

function runnable(kernel: Kernel, partition: number): boolean {
  if (!mayRunNow(kernel, partition) || partitionMode(kernel, partition) !== 'normal') return false
  wakeIfDue(kernel, partition)
  const record = partitionRecord(kernel, partition)
  return record.get('waiting') === 0 && record.get('yielded') === 0
}

/** The next interrupt: the end of the window less the reserve, or the deadline the partition waits for inside it. */
function setTimer(kernel: Kernel, partition: number | undefined, end: number): void {
  let next = BigInt(end - SWITCH_RESERVE)
  if (partition !== undefined && partitionRecord(kernel, partition).get('waiting') === 1) {
    const deadline = partitionRecord(kernel, partition).get('waitDeadline')
    if (deadline < next) next = deadline
  }
  kernel.port.writeCsr(STIMECMP, next)
}

function enterAddressSpace(kernel: Kernel, partition: number): void {
  kernel.port.writeCsr(SATP, satpOf(element(kernel.layout.tables, partition).root))
  kernel.port.fenceVma()
}

/** `undefined`: the idle loop of the stub, in S mode with interrupts on. */
function resume(kernel: Kernel, partition: number | undefined): void {
  const context = partition === undefined ? kernel.layout.idleContext : contextOf(kernel, partition)
  const status = (kernel.port.readCsr(SSTATUS) ?? 0n) & ~SPP
  kernel.port.writeCsr(SSTATUS, status | SPIE | (partition === undefined ? SPP : 0n))
  kernel.port.writeCsr(SSCRATCH, BigInt(kernel.memory.kernelAddress(context)))
}

function padTo(kernel: Kernel, time: number): void {
  const { port, configuration } = kernel
  // Boot that ends within the reserve before a frame waits for the frame after it.
  requireIntact(time - port.now() <= configuration.majorFrame + SWITCH_RESERVE, 'a window that begins frames from now')
  requireIntact(port.waitUntil(cycles(time)), 'a window that has begun already')
}
