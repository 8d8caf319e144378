/** Which instructions have a translation: those whose text asks for nothing that only the slow path can do. */
import type { DecodedInstruction } from '../../isa/decode.js'
import { FunctionBody } from '../wasm/function-body.js'
import { I32 } from '../wasm/opcodes.js'
import { InstructionEmitter } from './instruction-emitter.js'
import { RegionRegisters } from './region-registers.js'

/** By row of the instruction table. */
const known = new Map<number, boolean>()

export function isTranslatable(decoded: DecodedInstruction): boolean {
  const answer = known.get(decoded.index) ?? tryToEmit(decoded)
  known.set(decoded.index, answer)
  return answer
}

function tryToEmit(decoded: DecodedInstruction): boolean {
  const body = new FunctionBody([I32, I32])
  const hart = body.parameter(0)
  const emitter = new InstructionEmitter(body, { hart, loadTlb: hart, storeTlb: hart }, new RegionRegisters(body), () => undefined)
  emitter.emit(decoded, 0n)
  return !emitter.slow
}
