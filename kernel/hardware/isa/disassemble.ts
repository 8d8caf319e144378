/**
 * The bits of an instruction as assembly language, from the instruction table: no pseudo-instructions, targets as addresses. A 16-bit
 * instruction is printed as the one that it stands for. RISC-V Assembly Programmer's Manual; register names: RISC-V psABI.
 */
import { decode, type DecodedInstruction } from './decode.js'
import { F_NAMES, X_NAMES } from './register-names.js'

const ROUNDING_MODES = ['rne', 'rtz', 'rdn', 'rup', 'rmm', 'reserved5', 'reserved6', 'dyn']

/** `address`: where the instruction stands. Bits that are no instruction read `.half` or `.word`. */
export function disassemble(bits: number, address: bigint): string {
  const decoded = decode(bits)
  if (decoded === undefined) return (bits & 3) === 3 ? `.word ${hex(bits >>> 0)}` : `.half ${hex(bits & 0xffff)}`
  const { name, syntax } = decoded.instruction
  const [mnemonic = name] = name.split(' ') // what follows a space tells rows of one mnemonic apart
  const operands = syntax.replace(/[a-z]+\d?/gu, (operand) => operandText(operand, decoded, address))
  return `${mnemonic}${ordering(decoded)} ${operands}`.trimEnd()
}

/** aq and rl of an atomic instruction. */
function ordering({ word, instruction }: DecodedInstruction): string {
  return instruction.extension === 'A' ? (['', '.rl', '.aq', '.aqrl'][(word >>> 25) & 3] ?? '') : ''
}

/** The predecessor or successor set of a FENCE (RISC-V Unprivileged, "Memory Ordering Instructions"). */
const orderingSet = (bits: number): string => ['i', 'o', 'r', 'w'].filter((_, index) => (bits & (8 >> index)) !== 0).join('') || '0'

function fenceText(number: number): string {
  return `${orderingSet((number >>> 4) & 15)}, ${orderingSet(number & 15)}`
}

const hex = (value: number | bigint): string => `0x${value.toString(16)}`

function operandText(operand: string, decoded: DecodedInstruction, address: bigint): string {
  const { rd, rs1, rs2, rs3, immediate, number } = decoded
  switch (operand) {
    case 'rd':
      return X_NAMES[rd] ?? ''
    case 'rs1':
      return X_NAMES[rs1] ?? ''
    case 'rs2':
      return X_NAMES[rs2] ?? ''
    case 'fd':
      return F_NAMES[rd] ?? ''
    case 'fs1':
      return F_NAMES[rs1] ?? ''
    case 'fs2':
      return F_NAMES[rs2] ?? ''
    case 'fs3':
      return F_NAMES[rs3] ?? ''
    case 'imm':
      return String(immediate)
    case 'upper':
      return hex((immediate >>> 12) & 0xfffff)
    case 'target':
      return hex(BigInt.asUintN(64, address + BigInt(immediate)))
    case 'csr':
      return hex(number)
    case 'fence':
      return fenceText(number)
    case 'number':
      return String(number)
    case 'rm':
      return ROUNDING_MODES[immediate] ?? ''
    default:
      return operand
  }
}
