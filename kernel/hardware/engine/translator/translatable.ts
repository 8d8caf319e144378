/** Which instructions have a translation: those whose text asks for nothing that only the slow path can do. */
import type { DecodedInstruction } from '../../isa/decode.js'
import { FunctionBody } from '../wasm/function-body.js'
import { I32 } from '../wasm/opcodes.js'
import { InstructionEmitter } from './instruction-emitter.js'
import type { PrivilegedSetting } from './privileged-emitter.js'
import { RegionRegisters } from './region-registers.js'

/** No privilege. */
const NO_SETTING = 2
const CSRS = 4096
const ROUNDING_MODES = 8

const known = new Map<number, boolean>()

/** Those whose meaning depends on the privilege. */
export const isPrivileged = ({ instruction: { extension, name } }: DecodedInstruction): boolean =>
  extension === 'Zicsr' || extension === 'privileged' || name === 'ecall'

export function isTranslatable(decoded: DecodedInstruction, setting: PrivilegedSetting | undefined): boolean {
  const key = keyOf(decoded, setting)
  const answer = known.get(key) ?? tryToEmit(decoded, setting)
  known.set(key, answer)
  return answer
}

/** The row, with CSR and privilege of those that depend on it, and with the rounding mode that stands in the others' immediate. */
function keyOf(decoded: DecodedInstruction, setting: PrivilegedSetting | undefined): number {
  const { index, number, immediate, instruction } = decoded
  if (isPrivileged(decoded)) return ((index + 1) * CSRS + number) * 4 + (setting?.privilege ?? NO_SETTING)
  const rounds = instruction.format === 'rounding' || instruction.format === 'R4'
  return -(index * ROUNDING_MODES + (rounds ? immediate : 0))
}

function tryToEmit(decoded: DecodedInstruction, setting: PrivilegedSetting | undefined): boolean {
  const body = new FunctionBody([I32, I32])
  const hart = body.parameter(0)
  const locals = { hart, loadTlb: hart, storeTlb: hart }
  const emitter = new InstructionEmitter(body, locals, new RegionRegisters(body), () => undefined, setting, false)
  emitter.emit(decoded, 0n)
  return !emitter.slow
}
