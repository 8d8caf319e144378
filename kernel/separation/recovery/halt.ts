/**
 * Halting the module: no partition runs again until a reset, and the reason stays in kernel memory. SKPP FPT_HLT_EXP.1, FPT_FLS.1.
 * The test finisher of the platform ("sifive,test") powers off or resets the machine.
 */
import { isFault, type HostedPort } from '../../common/hosted-port.js'
import { controlOf, setSystemState, type Kernel } from '../kernel.js'
import { writeCrash } from './crash-record.js'
import { appendRecord } from '../audit/audit-trail.js'
import { KernelIntegrityError, KernelMemory } from '../memory/kernel-memory.js'
import { FINISHER } from '../memory/physical-map.js'

export const HALT_REASONS = [
  'none',
  'requested',
  'audit-full',
  'alarm',
  'health',
  'integrity',
  'boot-measurement',
  'boot-self-test',
  'boot-isolation',
  'boot-rollback',
] as const
export type HaltReason = (typeof HALT_REASONS)[number]

const POWER_OFF = 0x5555
const FAIL = 0x3333
const RESET = 0x7777
const SATP = 0x180

export function halt(kernel: Kernel, reason: HaltReason): void {
  appendRecord(kernel, { event: 'HALT', detail: BigInt(HALT_REASONS.indexOf(reason)) })
  setSystemState(kernel, 'halted')
  controlOf(kernel).set({ haltReason: HALT_REASONS.indexOf(reason) })
  if (reason !== 'requested') noteCrash(kernel, reason)
  kernel.memory.setU32(FINISHER, reason === 'requested' ? POWER_OFF : failure(reason))
}

function noteCrash({ memory, layout, port }: Kernel, reason: HaltReason): void {
  writeCrash(memory, layout.crash, { reason: BigInt(HALT_REASONS.indexOf(reason)), time: port.now() })
}

/** `reason`: of an error; absent: somebody asked for it, and there is nothing to remember. */
export function resetModule(kernel: Kernel, reason?: HaltReason): void {
  if (reason !== undefined) noteCrash(kernel, reason)
  kernel.memory.setU32(FINISHER, RESET)
}

/** The last resort, without tables or records: translation off, then the finisher. A hart that cannot even do this runs on in the stub. */
export function failSecure(port: HostedPort, reason: HaltReason, crash: number | undefined): boolean {
  port.writeCsr(SATP, 0n)
  port.fenceVma()
  if (crash !== undefined) rememberIfPossible(port, reason, crash)
  return !isFault(port.store(FINISHER, 4, failure(reason)))
}

/** A kernel that has lost its memory may have lost this too; what counts is that it stops. */
function rememberIfPossible(port: HostedPort, reason: HaltReason, crash: number): void {
  try {
    writeCrash(new KernelMemory(port, 0), crash, { reason: BigInt(HALT_REASONS.indexOf(reason)), time: port.now() })
  } catch (error) {
    if (!(error instanceof KernelIntegrityError)) throw error
  }
}

/** The finisher's exit code tells the reason: its index. */
export const failure = (reason: HaltReason): number => (HALT_REASONS.indexOf(reason) << 16) | FAIL
