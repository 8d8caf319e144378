/**
 * The crash record: why the module went down, in a page that keeps its content over a reset. It is believed only with its MAC, under the key
 * of the audit chain, and told once: the next start puts it into the audit trail. SKPP FPT_RCV_EXP.2, FAU_GEN.1.
 */
import { sha256 } from '../boot/measure.js'
import type { KernelMemory } from '../memory/kernel-memory.js'
import { AUDIT_KEY } from '../memory/physical-map.js'
import { record } from '../memory/record.js'

/** `reason`: index of HALT_REASONS. */
export const CrashRecord = record({ reason: 'u64', time: 'time' })
const MAC_BYTES = 32

export interface Crash {
  readonly reason: bigint
  /** In model cycles since the reset before. */
  readonly time: number
}

export function writeCrash(memory: KernelMemory, address: number, crash: Crash): void {
  CrashRecord.at(memory, address).set(crash)
  memory.setBytes(address + CrashRecord.bytes, macOf(memory, address))
}

/** And forgets it. `undefined`: the module went down in order, or what is there was not written by this kernel. */
export function takeCrash(memory: KernelMemory, address: number): Crash | undefined {
  const written = Buffer.compare(memory.bytes(address + CrashRecord.bytes, MAC_BYTES), macOf(memory, address)) === 0
  const crash = written ? { reason: memory.u64(address), time: CrashRecord.at(memory, address).get('time') } : undefined
  memory.setBytes(address, new Uint8Array(CrashRecord.bytes + MAC_BYTES))
  return crash
}

const macOf = (memory: KernelMemory, address: number): Uint8Array =>
  sha256(Buffer.concat([memory.bytes(AUDIT_KEY.address, AUDIT_KEY.bytes), memory.bytes(address, CrashRecord.bytes)]))
