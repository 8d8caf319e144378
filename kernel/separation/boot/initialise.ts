/**
 * From the boot ROM's hand-over to the first window: negative tests, page tables, isolation check, records, secure state.
 * Any failure halts; no partition has run then. SKPP FPT_ESS_EXP.1, FMT_MSA_EXP.3.
 */
import { CODE } from '../../abi/partition-memory.js'
import { reportEvent } from '../audit/report-event.js'
import { controlOf, element, setPartitionMode, setSystemState, type Kernel } from '../kernel.js'
import { buildAddressSpaces } from '../memory/address-space.js'
import { DIRECT_MAP, KernelMemory } from '../memory/kernel-memory.js'
import { satpOf } from '../memory/page-table-entry.js'
import { KERNEL_STUB } from '../memory/physical-map.js'
import { takeCrash } from '../recovery/crash-record.js'
import type { HaltReason } from '../recovery/halt.js'
import { SWITCH_RESERVE } from '../scheduler/charges.js'
import { enterSlot } from '../scheduler/dispatch.js'
import { checkIsolation } from './isolation-check.js'
import { lockedMemoryRefusedFetch, lockedMemoryRefusesStores, userMemoryRefusesKernel } from './self-test.js'
import { BOOT_RESUME_CYCLES, IDLE_OFFSET, TRAP_ENTRY_OFFSET } from './trap-stub.js'

const SIE = 0x104
const STVEC = 0x105
const SATP = 0x180
const SUPERVISOR_TIMER_ENABLE = 1n << 5n

/** Runs in S mode before translation (`kernel` reaches memory by physical address). @returns why the module must halt. */
export function initialise(kernel: Kernel): HaltReason | undefined {
  const { port, memory, configuration, layout } = kernel
  if (!lockedMemoryRefusedFetch(port) || !lockedMemoryRefusesStores(port, configuration)) return 'boot-self-test'
  buildAddressSpaces(memory, configuration, layout)
  if (checkIsolation(memory, configuration, layout).length > 0) return 'boot-isolation'
  memory.setU64(layout.idleContext, BigInt(KERNEL_STUB.address + IDLE_OFFSET))
  port.writeCsr(STVEC, BigInt(KERNEL_STUB.address + TRAP_ENTRY_OFFSET))
  port.writeCsr(SIE, SUPERVISOR_TIMER_ENABLE)
  port.writeCsr(SATP, satpOf(element(layout.tables, 0).root))
  port.fenceVma()
  if (!userMemoryRefusesKernel(port, CODE)) return 'boot-self-test'
  enterFirstFrame({ ...kernel, memory: new KernelMemory(port, DIRECT_MAP) })
  return undefined
}

function enterFirstFrame(kernel: Kernel): void {
  const { configuration, port } = kernel
  reportEvent(kernel, { event: 'AUDIT_START' })
  const crash = takeCrash(kernel.memory, kernel.layout.crash)
  if (crash !== undefined) reportEvent(kernel, { event: 'LAST_HALT', detail: crash.reason, address: BigInt(crash.time) })
  reportEvent(kernel, { event: 'SECURE_STATE' })
  configuration.partitions.forEach((_, partition) => setPartitionMode(kernel, partition, 'cold'))
  setSystemState(kernel, 'running')
  const frame = Math.ceil((port.now() + SWITCH_RESERVE) / configuration.majorFrame)
  controlOf(kernel).set({ slot: 0, frame: 0, frameStart: frame * configuration.majorFrame })
  enterSlot(kernel, BOOT_RESUME_CYCLES)
}
