/**
 * One instruction word as text in GNU spelling, for reports and crash records: ABI register names, the pseudo-instruction where one
 * stands for the word, targets as addresses. What the instruction table does not know reads `.word`. Our assembler takes the text back.
 */
import { CSR_NAMES } from '../encoding/csrs.js'
import { extractField, type FieldName } from '../encoding/fields.js'
import { FORMATS, INSTRUCTIONS, type Instruction, type OperandSyntax } from '../encoding/instruction-table.js'
import { PSEUDO_INSTRUCTIONS, type PseudoInstruction } from '../encoding/pseudo-instruction-table.js'
import { ABI_NAMES, fenceText } from '../encoding/registers.js'

/** @param address where the word stands; targets of branches and jumps depend on it. */
export function disassemble(word: number, address: number): string {
  const row = INSTRUCTIONS.find(({ match, mask }) => (word & mask) >>> 0 === match)
  if (row === undefined) return `.word 0x${(word >>> 0).toString(16).padStart(8, '0')}`
  const operands = syntax(row).map((operand) => operandText(operand, word, address))
  return alias(row.mnemonic, operands) ?? line(row.mnemonic + ordering(row, word), operands)
}

function syntax(row: Instruction): readonly OperandSyntax[] {
  return FORMATS[row.format]
}

function line(mnemonic: string, operands: readonly string[]): string {
  return operands.length === 0 ? mnemonic : `${mnemonic} ${operands.join(',')}`
}

const hex = (value: number | bigint): string => `0x${value.toString(16)}`

const registerName = (word: number, field: 'rd' | 'rs1' | 'rs2'): string => ABI_NAMES[extractField(field, word)] ?? ''

/** GNU objdump prints shift amounts and upper immediates in hexadecimal, all others in decimal. */
const HEXADECIMAL: readonly FieldName[] = ['immediateU', 'shamt6', 'shamt5']

function operandText(operand: OperandSyntax, word: number, address: number): string {
  switch (operand.kind) {
    case 'register':
      return registerName(word, operand.field)
    case 'immediate': {
      const value = extractField(operand.field, word)
      return HEXADECIMAL.includes(operand.field) ? hex(value) : String(value)
    }
    case 'target':
      return hex(BigInt.asUintN(64, BigInt(address) + BigInt(extractField(operand.field, word))))
    case 'memory': {
      const offset = extractField(operand.field, word)
      const base = registerName(word, 'rs1')
      return operand.bare && offset === 0 ? base : `${offset}(${base})`
    }
    case 'address':
      return `(${registerName(word, 'rs1')})`
    case 'csr': {
      const number = extractField('csr', word)
      return CSR_NAMES.get(number) ?? hex(number)
    }
    case 'fence-set':
      return fenceText(extractField(operand.field, word))
  }
}

const ORDERING_SUFFIXES = ['', '.rl', '.aq', '.aqrl']

function ordering(row: Instruction, word: number): string {
  const atomic = syntax(row).some(({ kind }) => kind === 'address')
  return atomic ? (ORDERING_SUFFIXES[extractField('ordering', word)] ?? '') : ''
}

/** A pseudo-instruction of one instruction, as a pattern over the operands of that instruction. */
interface Alias {
  readonly mnemonic: string
  readonly of: string
  /** Texts that must be there; `$n` stands for the n-th operand of the pseudo-instruction. */
  readonly pattern: readonly string[]
  readonly literals: number
}

/** `li` is written out here: it stands for many things in the assembler, but for one instruction only for this. */
const LOAD_IMMEDIATE: PseudoInstruction = { mnemonic: 'li', operands: 2, expansion: ['addi $1, x0, $2'] }

/** The most particular first. A pseudo-instruction that only swaps operands says nothing about a word. */
const ALIASES: readonly Alias[] = [LOAD_IMMEDIATE, ...PSEUDO_INSTRUCTIONS]
  .filter(({ expansion }) => expansion.length === 1)
  .map(({ mnemonic, expansion: [text = ''] }) => {
    const [of = '', ...pattern] = text.replaceAll(/\bx0\b/g, 'zero').split(/[ ,]+/)
    return { mnemonic, of, pattern, literals: pattern.filter((part) => !part.startsWith('$')).length }
  })
  .filter(({ literals }) => literals > 0)
  .sort((a, b) => b.literals - a.literals)

function alias(mnemonic: string, operands: readonly string[]): string | undefined {
  const found = ALIASES.find(
    ({ of, pattern }) => of === mnemonic && pattern.every((part, index) => part.startsWith('$') || part === operands[index]),
  )
  if (found === undefined) return undefined
  const bound = operands
    .map((text, index) => [found.pattern[index] ?? '', text] as const)
    .filter(([part]) => part.startsWith('$'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return line(
    found.mnemonic,
    bound.map(([, text]) => text),
  )
}
