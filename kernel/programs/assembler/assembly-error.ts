/** A refused assembly source. Lines and columns count from 1; a column counts UTF-16 code units. */

export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

export type AssemblyErrorCode =
  | 'SYNTAX'
  | 'UNKNOWN_INSTRUCTION'
  | 'UNKNOWN_DIRECTIVE'
  | 'UNKNOWN_REGISTER'
  | 'UNKNOWN_CSR'
  | 'UNKNOWN_SECTION'
  | 'OPERANDS'
  | 'RANGE'
  | 'MISALIGNED'
  | 'UNDEFINED_SYMBOL'
  | 'DUPLICATE_SYMBOL'
  | 'NOT_CONSTANT'
  | 'LIMIT'

export class AssemblyError extends Error {
  override readonly name = 'AssemblyError'
  readonly file: string
  readonly line: number
  readonly column: number

  /** @param others further errors of the same source, in the order of its lines; the first error is this one. */
  constructor(
    readonly code: AssemblyErrorCode,
    position: Position,
    message: string,
    readonly others: readonly AssemblyError[] = [],
  ) {
    super(message)
    this.file = position.file
    this.line = position.line
    this.column = position.column
  }

  /** One line: `file:line:column: message`. */
  get text(): string {
    return `${this.file}:${this.line}:${this.column}: ${this.message}`
  }

  withOthers(others: readonly AssemblyError[]): AssemblyError {
    return new AssemblyError(this.code, this, this.message, others)
  }
}
