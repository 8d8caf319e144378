/**
 * Pseudo-instructions that stand for fixed instructions: one row each, `$1` to `$3` are the operands as written.
 * RISC-V Unprivileged, "RISC-V Assembly Programmer's Handbook"; RISC-V Assembly Programmer's Manual, "Pseudoinstructions".
 * The assembler reads a row from left to right, the disassembler from right to left.
 */

export interface PseudoInstruction {
  readonly mnemonic: string
  readonly operands: number
  readonly expansion: readonly string[]
}

type Row = readonly [mnemonic: string, operands: number, ...expansion: string[]]

const ROWS: readonly Row[] = [
  ['nop', 0, 'addi x0, x0, 0'],
  ['mv', 2, 'addi $1, $2, 0'],
  ['not', 2, 'xori $1, $2, -1'],
  ['neg', 2, 'sub $1, x0, $2'],
  ['negw', 2, 'subw $1, x0, $2'],
  ['sext.w', 2, 'addiw $1, $2, 0'],
  ['sext.b', 2, 'slli $1, $2, 56', 'srai $1, $1, 56'],
  ['sext.h', 2, 'slli $1, $2, 48', 'srai $1, $1, 48'],
  ['zext.b', 2, 'andi $1, $2, 255'],
  ['zext.h', 2, 'slli $1, $2, 48', 'srli $1, $1, 48'],
  ['zext.w', 2, 'slli $1, $2, 32', 'srli $1, $1, 32'],
  ['seqz', 2, 'sltiu $1, $2, 1'],
  ['snez', 2, 'sltu $1, x0, $2'],
  ['sltz', 2, 'slt $1, $2, x0'],
  ['sgtz', 2, 'slt $1, x0, $2'],
  ['sgt', 3, 'slt $1, $3, $2'],
  ['sgtu', 3, 'sltu $1, $3, $2'],

  ['beqz', 2, 'beq $1, x0, $2'],
  ['bnez', 2, 'bne $1, x0, $2'],
  ['blez', 2, 'bge x0, $1, $2'],
  ['bgez', 2, 'bge $1, x0, $2'],
  ['bltz', 2, 'blt $1, x0, $2'],
  ['bgtz', 2, 'blt x0, $1, $2'],
  ['bgt', 3, 'blt $2, $1, $3'],
  ['ble', 3, 'bge $2, $1, $3'],
  ['bgtu', 3, 'bltu $2, $1, $3'],
  ['bleu', 3, 'bgeu $2, $1, $3'],

  ['j', 1, 'jal x0, $1'],
  ['jal', 1, 'jal ra, $1'],
  ['jr', 1, 'jalr x0, $1'],
  ['jalr', 1, 'jalr ra, $1'],
  ['jalr', 3, 'jalr $1, $3($2)'],
  ['ret', 0, 'jalr x0, ra'],

  ['csrr', 2, 'csrrs $1, $2, x0'],
  ['csrw', 2, 'csrrw x0, $1, $2'],
  ['csrs', 2, 'csrrs x0, $1, $2'],
  ['csrc', 2, 'csrrc x0, $1, $2'],
  ['csrwi', 2, 'csrrwi x0, $1, $2'],
  ['csrsi', 2, 'csrrsi x0, $1, $2'],
  ['csrci', 2, 'csrrci x0, $1, $2'],
  ['rdinstret', 1, 'csrrs $1, instret, x0'],
  ['rdcycle', 1, 'csrrs $1, cycle, x0'],
  ['rdtime', 1, 'csrrs $1, time, x0'],
  ['unimp', 0, 'csrrw x0, cycle, x0'],

  ['fence', 0, 'fence iorw, iorw'],
  ['sfence.vma', 0, 'sfence.vma x0, x0'],
  ['sfence.vma', 1, 'sfence.vma $1, x0'],
]

export const PSEUDO_INSTRUCTIONS: readonly PseudoInstruction[] = ROWS.map(([mnemonic, operands, ...expansion]) => ({
  mnemonic,
  operands,
  expansion,
}))
