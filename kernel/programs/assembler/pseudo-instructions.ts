/**
 * Expands the pseudo-instructions that stand for fixed instructions, by putting the operands as written into their templates.
 * Those whose code depends on a value (li, la, call ...) are in value-sequences.ts.
 */
import { invariant } from '../../common/errors.js'
import { PSEUDO_INSTRUCTIONS } from '../encoding/pseudo-instruction-table.js'
import type { Position } from './assembly-error.js'
import { TokenCursor } from './token-cursor.js'
import { Tokenizer, type Token } from './tokens.js'

interface Template {
  readonly name: Token
  readonly operands: readonly Token[]
}

const tokenizer = new Tokenizer('pseudo-instructions')

const TEMPLATES: ReadonlyMap<string, readonly Template[]> = new Map(
  PSEUDO_INSTRUCTIONS.map(({ mnemonic, operands, expansion }) => [key(mnemonic, operands), expansion.map(template)]),
)

function template(text: string): Template {
  const [name, ...operands] = tokenizer.tokens(text, 1)
  invariant(name !== undefined, 'a template names an instruction')
  return { name, operands }
}

function key(mnemonic: string, operands: number): string {
  return `${mnemonic}/${operands}`
}

/** The operand counts that a name has as a pseudo-instruction; empty when it is none. */
export function pseudoOperandCounts(mnemonic: string): readonly number[] {
  return PSEUDO_INSTRUCTIONS.filter((row) => row.mnemonic === mnemonic).map((row) => row.operands)
}

/** The instructions a pseudo-instruction stands for; undefined when there is none of this name with so many operands. */
export function expandPseudo(
  mnemonic: Token,
  operands: readonly TokenCursor[],
  end: Position,
): readonly { readonly mnemonic: Token; readonly cursor: TokenCursor }[] | undefined {
  const templates = TEMPLATES.get(key(mnemonic.text, operands.length))
  return templates?.map((template) => ({
    mnemonic: { ...template.name, position: mnemonic.position },
    cursor: new TokenCursor(
      template.operands.flatMap((token) => substitute(token, operands, mnemonic.position)),
      end,
    ),
  }))
}

function substitute(token: Token, operands: readonly TokenCursor[], position: Position): readonly Token[] {
  const operand = token.text.startsWith('$') ? operands[Number(token.text.slice(1)) - 1] : undefined
  return operand?.all() ?? [{ ...token, position }]
}
