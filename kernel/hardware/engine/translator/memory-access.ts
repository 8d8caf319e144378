/** Which memory a load or store accesses, as its encoding tells. RISC-V Unprivileged, "Load and Store Instructions". */
import type { DecodedInstruction } from '../../isa/decode.js'

export interface MemoryAccess {
  /** Number of the x register. */
  readonly base: number
  readonly displacement: number
  readonly access: 'load' | 'store'
  /** Of an f register: it is made only while floating point is on. */
  readonly float: boolean
}

const [LOAD, LOAD_FP] = [0x03, 0x07]
const [STORE, STORE_FP] = [0x23, 0x27]
const OPCODE = 0x7f

/** `undefined`: it is neither, or something else. */
export function accessOf({ instruction, rs1, immediate }: DecodedInstruction): MemoryAccess | undefined {
  const opcode = instruction.match & OPCODE
  const access = opcode === LOAD || opcode === LOAD_FP ? 'load' : opcode === STORE || opcode === STORE_FP ? 'store' : undefined
  return access === undefined ? undefined : { base: rs1, displacement: immediate, access, float: opcode === LOAD_FP || opcode === STORE_FP }
}
