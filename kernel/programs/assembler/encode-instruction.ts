/** Instructions of the table: from mnemonic and operands to the 32-bit word. */
import { insertField } from '../encoding/fields.js'
import { FORMATS, INSTRUCTION_BY_MNEMONIC, type Instruction, type OperandSyntax } from '../encoding/instruction-table.js'
import { parseOperand, registerAt, type FieldValue } from './operands.js'
import type { Pass } from './pass.js'
import type { TokenCursor } from './token-cursor.js'
import { quote, type Token } from './tokens.js'

/** RISC-V Unprivileged, "A Standard Extension": the suffixes of an atomic instruction. */
const ORDERINGS: ReadonlyMap<string, number> = new Map([
  ['aq', 2],
  ['rl', 1],
  ['aqrl', 3],
])

interface Found {
  readonly row: Instruction
  readonly ordering: number
}

function find(mnemonic: string): Found | undefined {
  const row = INSTRUCTION_BY_MNEMONIC.get(mnemonic)
  if (row !== undefined) return { row, ordering: 0 }
  const dot = mnemonic.lastIndexOf('.')
  const atomic = INSTRUCTION_BY_MNEMONIC.get(mnemonic.slice(0, dot))
  const ordering = ORDERINGS.get(mnemonic.slice(dot + 1))
  const has = atomic?.format === 'amo' || atomic?.format === 'lr'
  return has && ordering !== undefined ? { row: atomic, ordering } : undefined
}

/** GNU as reads `add a0, a1, 5` as `addi` and `csrw satp, 0` as `csrwi`: these have a form with an immediate last. */
const IMMEDIATE_FORMS: Readonly<Record<string, string>> = {
  ...{ add: 'addi', and: 'andi', or: 'ori', xor: 'xori', slt: 'slti', sltu: 'sltiu', sll: 'slli', srl: 'srli', sra: 'srai' },
  ...{ addw: 'addiw', sllw: 'slliw', srlw: 'srliw', sraw: 'sraiw', csrrw: 'csrrwi', csrrs: 'csrrsi', csrrc: 'csrrci' },
}

function withImmediateForm(found: Found, operands: readonly TokenCursor[], pass: Pass): Found {
  const form = IMMEDIATE_FORMS[found.row.mnemonic]
  const last = operands[2]
  return form !== undefined && last !== undefined && startsExpression(last, pass) ? (find(form) ?? found) : found
}

/** A name that is neither register nor symbol is taken for a misspelt register. */
function startsExpression(operand: TokenCursor, pass: Pass): boolean {
  const token = operand.peek()
  if (token?.kind !== 'name') return token !== undefined
  return registerAt(operand) === undefined && (token.text === '.' || pass.symbols.lookup(token.text) !== 'undefined')
}

/** @throws AssemblyError for an unknown mnemonic and for operands that do not fit it. */
export function encodeInstruction(mnemonic: Token, operands: readonly TokenCursor[], pass: Pass): number {
  const plain = find(mnemonic.text)
  if (plain === undefined) throw pass.refuse('UNKNOWN_INSTRUCTION', mnemonic.position, `unknown instruction ${quote(mnemonic.text)}`)
  const { row, ordering } = withImmediateForm(plain, operands, pass)
  const syntax: readonly OperandSyntax[] = FORMATS[row.format]
  if (operands.length !== syntax.length)
    throw pass.refuse(
      'OPERANDS',
      mnemonic.position,
      `${mnemonic.text} takes ${count(syntax.length)}: ${usage(row)}; found ${operands.length}`,
    )
  let word = encode(row, [['ordering', ordering]])
  operands.forEach((cursor, index) => {
    const operand = syntax[index]
    if (operand !== undefined) word = insertFields(word, parseOperand(cursor, operand, pass))
  })
  return word
}

/** The word of an instruction whose values are already in range. */
export function encode(row: Instruction, values: readonly FieldValue[]): number {
  return insertFields(row.match, values)
}

function insertFields(word: number, values: readonly FieldValue[]): number {
  return values.reduce((bits, [field, value]) => (bits | insertField(field, value)) >>> 0, word)
}

function count(operands: number): string {
  return operands === 1 ? '1 operand' : `${operands} operands`
}

const SPELLING = {
  register: '',
  immediate: 'immediate',
  target: 'label',
  memory: 'offset(rs1)',
  address: '(rs1)',
  csr: 'csr',
  'fence-set': 'iorw',
}

function usage(row: Instruction): string {
  const syntax: readonly OperandSyntax[] = FORMATS[row.format]
  return `${row.mnemonic} ${syntax.map((operand) => (operand.kind === 'register' ? operand.field : SPELLING[operand.kind])).join(', ')}`.trim()
}
