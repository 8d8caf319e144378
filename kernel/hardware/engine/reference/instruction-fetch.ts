/**
 * Fetching and decoding. Instructions are fetched in parcels of 16 bits; one that lies in two pages has two places, and either may
 * fault. RISC-V Unprivileged, "Base Instruction-Length Encoding".
 */
import { INSTRUCTION_ACCESS_FAULT } from '../../hart/causes.js'
import type { Operands } from '../../isa/algebra.js'
import { decode, instructionLength, type DecodedInstruction } from '../../isa/decode.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { Mmu } from '../../mmu/mmu.js'
import type { Execution } from './execution.js'
import { unsigned } from './integer-operations.js'

export interface Decoded {
  readonly instruction: DecodedInstruction
  readonly operands: Operands<bigint, number>
}

const PAGE = 4096n
/** Of a 4-byte instruction here, the second half lies in the next page. */
const LAST_PARCEL = PAGE - 2n

/** How many different words stay decoded. */
const DECODED_WORDS = 1 << 16

export const liesInTwoPages = (pc: bigint, length: number): boolean => length !== 2 && (pc & (PAGE - 1n)) === LAST_PARCEL

export class InstructionFetch {
  private readonly known = new Map<number, Decoded>()

  constructor(
    private readonly execution: Execution,
    private readonly memory: MachineMemory,
    private readonly mmu: Mmu,
  ) {}

  /** Puts the instruction's bits into the execution; its place in machine memory, `undefined` when the fetch trapped. */
  fetch(pc: bigint): number | undefined {
    const { execution } = this
    const { view } = this.memory
    const known = this.mmu.lookup(execution.hart, pc, 2, 'fetch')
    const first = known ?? this.parcel(pc)
    if (first === undefined) return undefined
    execution.word = view.getUint16(first, true)
    if (instructionLength(execution.word) === 2) return first
    const whole = known !== undefined && (pc & (PAGE - 1n)) !== LAST_PARCEL
    const second = whole ? first + 2 : this.parcel(unsigned(pc + 2n))
    if (second === undefined) return undefined
    execution.word = (execution.word | (view.getUint16(second, true) << 16)) >>> 0
    return first
  }

  /** `undefined`: no instruction has these bits. */
  decode(word: number): Decoded | undefined {
    const known = this.known.get(word)
    if (known !== undefined) return known
    const instruction = decode(word)
    if (instruction === undefined) return undefined
    if (this.known.size >= DECODED_WORDS) this.known.clear()
    const { rd, rs1, rs2, rs3, number } = instruction
    const operands = { rd, rs1, rs2, rs3, number, immediate: unsigned(BigInt(instruction.immediate)) }
    const entry = { instruction, operands }
    this.known.set(word, entry)
    return entry
  }

  private parcel(address: bigint): number | undefined {
    const { execution, mmu } = this
    const { hart } = execution
    const known = mmu.lookup(hart, address, 2, 'fetch')
    if (known !== undefined) return known
    const translation = mmu.translate(hart, address, 2, 'fetch')
    if (translation.kind === 'memory') return translation.offset
    const { cause, guest } = translation.kind === 'fault' ? translation : { cause: INSTRUCTION_ACCESS_FAULT, guest: undefined }
    execution.fault(cause, address, hart.block.virtual, guest, 0n)
    return undefined
  }
}
