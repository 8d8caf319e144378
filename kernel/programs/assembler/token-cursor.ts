/** A place in the tokens of one statement or operand. Parsers of expressions, operands and directives move it forward. */
import { AssemblyError, type AssemblyErrorCode, type Position } from './assembly-error.js'
import { quote, type Token } from './tokens.js'

export class TokenCursor {
  private index = 0

  /** @param end where an error is reported that finds no token left. */
  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: Position,
  ) {}

  get position(): Position {
    return this.peek()?.position ?? this.end
  }

  get atEnd(): boolean {
    return this.index >= this.tokens.length
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.index + ahead]
  }

  next(): Token | undefined {
    return this.tokens[this.index++]
  }

  /** Takes the next token when it is this punctuation. */
  take(text: string): boolean {
    const found = this.isNext(text)
    if (found) this.index += 1
    return found
  }

  isNext(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token?.kind === 'punctuation' && token.text === text
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.refuse('SYNTAX', `expected ${quote(text)}, found ${this.found()}`)
  }

  expectName(what: string): Token {
    const token = this.peek()
    if (token?.kind !== 'name') throw this.refuse('SYNTAX', `expected ${what}, found ${this.found()}`)
    this.index += 1
    return token
  }

  expectEnd(): void {
    if (!this.atEnd) throw this.refuse('SYNTAX', `unexpected ${this.found()}`)
  }

  found(): string {
    const token = this.peek()
    return token === undefined ? 'nothing' : quote(token.text)
  }

  refuse(code: AssemblyErrorCode, message: string, position = this.position): AssemblyError {
    return new AssemblyError(code, position, message)
  }

  /** The rest, cut at commas outside parentheses; each part is one operand. Moves to the end. */
  operands(): TokenCursor[] {
    if (this.atEnd) return []
    const parts: { tokens: Token[]; end: Position }[] = []
    let part: Token[] = []
    let depth = 0
    for (const token of this.tokens.slice(this.index)) {
      const mark = token.kind === 'punctuation' ? token.text : ''
      depth += mark === '(' ? 1 : mark === ')' ? -1 : 0
      if (mark === ',' && depth <= 0) {
        parts.push({ tokens: part, end: token.position })
        part = []
      } else part.push(token)
    }
    parts.push({ tokens: part, end: this.end })
    this.index = this.tokens.length
    return parts.map(({ tokens, end }) => new TokenCursor(tokens, end))
  }

  /** All tokens of this cursor, whatever was read already. */
  all(): readonly Token[] {
    return this.tokens
  }
}
