/**
 * RV64IMA with Zicsr and Zifencei, the privileged instructions and the two hosted calls: one row per instruction.
 * RISC-V Unprivileged, "RV32/64G Instruction Set Listings"; RISC-V Privileged, "RISC-V Privileged Instruction Set Listings".
 */
import { fieldMask, type FieldName } from './fields.js'

/** One operand as it is written: `offset(base)` is one operand that fills two fields. */
export type OperandSyntax =
  | { readonly kind: 'register'; readonly field: 'rd' | 'rs1' | 'rs2' }
  | { readonly kind: 'immediate'; readonly field: FieldName }
  | { readonly kind: 'target'; readonly field: 'immediateB' | 'immediateJ' }
  /** `bare`: a register alone is accepted and means offset 0. */
  | { readonly kind: 'memory'; readonly field: 'immediateI' | 'immediateS'; readonly bare: boolean }
  | { readonly kind: 'address' }
  | { readonly kind: 'csr' }
  | { readonly kind: 'fence-set'; readonly field: 'predecessor' | 'successor' }

const RD = { kind: 'register', field: 'rd' } as const
const RS1 = { kind: 'register', field: 'rs1' } as const
const RS2 = { kind: 'register', field: 'rs2' } as const
const CSR = { kind: 'csr' } as const

/** Operands of each format, in the order GNU as reads them. */
export const FORMATS = {
  R: [RD, RS1, RS2],
  I: [RD, RS1, { kind: 'immediate', field: 'immediateI' }],
  shift6: [RD, RS1, { kind: 'immediate', field: 'shamt6' }],
  shift5: [RD, RS1, { kind: 'immediate', field: 'shamt5' }],
  load: [RD, { kind: 'memory', field: 'immediateI', bare: false }],
  jalr: [RD, { kind: 'memory', field: 'immediateI', bare: true }],
  S: [RS2, { kind: 'memory', field: 'immediateS', bare: false }],
  B: [RS1, RS2, { kind: 'target', field: 'immediateB' }],
  U: [RD, { kind: 'immediate', field: 'immediateU' }],
  J: [RD, { kind: 'target', field: 'immediateJ' }],
  csr: [RD, CSR, RS1],
  csri: [RD, CSR, { kind: 'immediate', field: 'uimm' }],
  lr: [RD, { kind: 'address' }],
  amo: [RD, RS2, { kind: 'address' }],
  fence: [
    { kind: 'fence-set', field: 'predecessor' },
    { kind: 'fence-set', field: 'successor' },
  ],
  'sfence.vma': [RS1, RS2],
  hosted: [{ kind: 'immediate', field: 'routine' }],
  fixed: [],
} as const satisfies Readonly<Record<string, readonly OperandSyntax[]>>

export type FormatName = keyof typeof FORMATS

export interface Instruction {
  readonly mnemonic: string
  readonly format: FormatName
  /** A word is this instruction when `(word & mask) === match`. */
  readonly match: number
  readonly mask: number
}

/** Bits 6..0 (or the whole word where the format is `fixed`), bits 14..12, bits 31..25. */
type Row = readonly [mnemonic: string, format: FormatName, opcode: number, funct3?: number, funct7?: number]

const ROWS: readonly Row[] = [
  // "RV32I Base Instruction Set"
  ['lui', 'U', 0x37],
  ['auipc', 'U', 0x17],
  ['jal', 'J', 0x6f],
  ['jalr', 'jalr', 0x67, 0],
  ['beq', 'B', 0x63, 0],
  ['bne', 'B', 0x63, 1],
  ['blt', 'B', 0x63, 4],
  ['bge', 'B', 0x63, 5],
  ['bltu', 'B', 0x63, 6],
  ['bgeu', 'B', 0x63, 7],
  ['lb', 'load', 0x03, 0],
  ['lh', 'load', 0x03, 1],
  ['lw', 'load', 0x03, 2],
  ['lbu', 'load', 0x03, 4],
  ['lhu', 'load', 0x03, 5],
  ['sb', 'S', 0x23, 0],
  ['sh', 'S', 0x23, 1],
  ['sw', 'S', 0x23, 2],
  ['addi', 'I', 0x13, 0],
  ['slti', 'I', 0x13, 2],
  ['sltiu', 'I', 0x13, 3],
  ['xori', 'I', 0x13, 4],
  ['ori', 'I', 0x13, 6],
  ['andi', 'I', 0x13, 7],
  ['add', 'R', 0x33, 0, 0x00],
  ['sub', 'R', 0x33, 0, 0x20],
  ['sll', 'R', 0x33, 1, 0x00],
  ['slt', 'R', 0x33, 2, 0x00],
  ['sltu', 'R', 0x33, 3, 0x00],
  ['xor', 'R', 0x33, 4, 0x00],
  ['srl', 'R', 0x33, 5, 0x00],
  ['sra', 'R', 0x33, 5, 0x20],
  ['or', 'R', 0x33, 6, 0x00],
  ['and', 'R', 0x33, 7, 0x00],
  ['fence.tso', 'fixed', 0x8330000f],
  ['pause', 'fixed', 0x0100000f],
  ['fence', 'fence', 0x0f, 0],
  ['ecall', 'fixed', 0x00000073],
  ['ebreak', 'fixed', 0x00100073],

  // "RV64I Base Instruction Set"; the shifts have six bits of shamt and six of funct
  ['lwu', 'load', 0x03, 6],
  ['ld', 'load', 0x03, 3],
  ['sd', 'S', 0x23, 3],
  ['slli', 'shift6', 0x13, 1, 0x00],
  ['srli', 'shift6', 0x13, 5, 0x00],
  ['srai', 'shift6', 0x13, 5, 0x20],
  ['addiw', 'I', 0x1b, 0],
  ['slliw', 'shift5', 0x1b, 1, 0x00],
  ['srliw', 'shift5', 0x1b, 5, 0x00],
  ['sraiw', 'shift5', 0x1b, 5, 0x20],
  ['addw', 'R', 0x3b, 0, 0x00],
  ['subw', 'R', 0x3b, 0, 0x20],
  ['sllw', 'R', 0x3b, 1, 0x00],
  ['srlw', 'R', 0x3b, 5, 0x00],
  ['sraw', 'R', 0x3b, 5, 0x20],

  // "RV32/RV64 Zifencei Standard Extension", "RV32/RV64 Zicsr Standard Extension"
  ['fence.i', 'fixed', 0x0000100f],
  ['csrrw', 'csr', 0x73, 1],
  ['csrrs', 'csr', 0x73, 2],
  ['csrrc', 'csr', 0x73, 3],
  ['csrrwi', 'csri', 0x73, 5],
  ['csrrsi', 'csri', 0x73, 6],
  ['csrrci', 'csri', 0x73, 7],

  // "RV32M Standard Extension", "RV64M Standard Extension"
  ['mul', 'R', 0x33, 0, 0x01],
  ['mulh', 'R', 0x33, 1, 0x01],
  ['mulhsu', 'R', 0x33, 2, 0x01],
  ['mulhu', 'R', 0x33, 3, 0x01],
  ['div', 'R', 0x33, 4, 0x01],
  ['divu', 'R', 0x33, 5, 0x01],
  ['rem', 'R', 0x33, 6, 0x01],
  ['remu', 'R', 0x33, 7, 0x01],
  ['mulw', 'R', 0x3b, 0, 0x01],
  ['divw', 'R', 0x3b, 4, 0x01],
  ['divuw', 'R', 0x3b, 5, 0x01],
  ['remw', 'R', 0x3b, 6, 0x01],
  ['remuw', 'R', 0x3b, 7, 0x01],

  // "RV32A Standard Extension", "RV64A Standard Extension"; funct7 holds funct5, aq and rl, here with aq = rl = 0
  ['lr.w', 'lr', 0x2f, 2, 0x02 << 2],
  ['sc.w', 'amo', 0x2f, 2, 0x03 << 2],
  ['amoswap.w', 'amo', 0x2f, 2, 0x01 << 2],
  ['amoadd.w', 'amo', 0x2f, 2, 0x00 << 2],
  ['amoxor.w', 'amo', 0x2f, 2, 0x04 << 2],
  ['amoand.w', 'amo', 0x2f, 2, 0x0c << 2],
  ['amoor.w', 'amo', 0x2f, 2, 0x08 << 2],
  ['amomin.w', 'amo', 0x2f, 2, 0x10 << 2],
  ['amomax.w', 'amo', 0x2f, 2, 0x14 << 2],
  ['amominu.w', 'amo', 0x2f, 2, 0x18 << 2],
  ['amomaxu.w', 'amo', 0x2f, 2, 0x1c << 2],
  ['lr.d', 'lr', 0x2f, 3, 0x02 << 2],
  ['sc.d', 'amo', 0x2f, 3, 0x03 << 2],
  ['amoswap.d', 'amo', 0x2f, 3, 0x01 << 2],
  ['amoadd.d', 'amo', 0x2f, 3, 0x00 << 2],
  ['amoxor.d', 'amo', 0x2f, 3, 0x04 << 2],
  ['amoand.d', 'amo', 0x2f, 3, 0x0c << 2],
  ['amoor.d', 'amo', 0x2f, 3, 0x08 << 2],
  ['amomin.d', 'amo', 0x2f, 3, 0x10 << 2],
  ['amomax.d', 'amo', 0x2f, 3, 0x14 << 2],
  ['amominu.d', 'amo', 0x2f, 3, 0x18 << 2],
  ['amomaxu.d', 'amo', 0x2f, 3, 0x1c << 2],

  // RISC-V Privileged: "Trap-Return Instructions", "Interrupt-Management Instructions", "Supervisor Memory-Management Instructions"
  ['sret', 'fixed', 0x10200073],
  ['mret', 'fixed', 0x30200073],
  ['wfi', 'fixed', 0x10500073],
  ['sfence.vma', 'sfence.vma', 0x73, 0, 0x09],

  // Hosted calls: custom-0, I format with rd = rs1 = x0; funct3 tells the privilege that may use them
  ['kcall', 'hosted', 0x0b, 0],
  ['ucall', 'hosted', 0x0b, 1],
]

/** Fields of one operand. */
export function operandFields(operand: OperandSyntax): readonly FieldName[] {
  switch (operand.kind) {
    case 'memory':
      return [operand.field, 'rs1']
    case 'address':
      return ['rs1', 'ordering']
    case 'csr':
      return ['csr']
    default:
      return [operand.field]
  }
}

/** All bits that no operand fills. */
function formatMask(format: FormatName): number {
  const operands: readonly OperandSyntax[] = FORMATS[format]
  return operands.flatMap(operandFields).reduce((mask, field) => (mask & ~fieldMask(field)) >>> 0, 0xffffffff)
}

export const INSTRUCTIONS: readonly Instruction[] = ROWS.map(([mnemonic, format, opcode, funct3 = 0, funct7 = 0]) => ({
  mnemonic,
  format,
  match: (opcode | (funct3 << 12) | (funct7 << 25)) >>> 0,
  mask: formatMask(format),
}))

export const INSTRUCTION_BY_MNEMONIC: ReadonlyMap<string, Instruction> = new Map(INSTRUCTIONS.map((row) => [row.mnemonic, row]))
