/** Which instructions have a translation: those whose text asks for nothing that only the slow path can do. */
import type { DecodedInstruction } from '../../isa/decode.js'
import { FunctionBody } from '../wasm/function-body.js'
import { I32 } from '../wasm/opcodes.js'
import { InstructionEmitter } from './instruction-emitter.js'
import type { PrivilegedSetting } from './privileged-emitter.js'
import { RegionRegisters } from './region-registers.js'

/** No privilege. */
const NO_SETTING = 2

/** By row, and what else the answer depends on. */
const known = new Map<number, boolean>()

/** Those whose meaning depends on the privilege. */
export const isPrivileged = ({ instruction: { extension, name } }: DecodedInstruction): boolean =>
  extension === 'Zicsr' || extension === 'privileged' || name === 'ecall'

export function isTranslatable(decoded: DecodedInstruction, setting: PrivilegedSetting | undefined): boolean {
  const key = isPrivileged(decoded)
    ? ((decoded.index + 1) * 4096 + decoded.number) * 4 + (setting?.privilege ?? NO_SETTING)
    : -decoded.index
  const answer = known.get(key) ?? tryToEmit(decoded, setting)
  known.set(key, answer)
  return answer
}

function tryToEmit(decoded: DecodedInstruction, setting: PrivilegedSetting | undefined): boolean {
  const body = new FunctionBody([I32, I32])
  const hart = body.parameter(0)
  const locals = { hart, loadTlb: hart, storeTlb: hart }
  const emitter = new InstructionEmitter(body, locals, new RegionRegisters(body), () => undefined, setting)
  emitter.emit(decoded, 0n)
  return !emitter.slow
}
