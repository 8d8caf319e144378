/** A configuration that is refused: one line that names file, line, rule, what is wrong and what to do. Lines from 1. */

/** `unreadable`: no such file, too large or not UTF-8; `yaml`: not the YAML we accept; `schema`: not the format; `rule`: a validator fired. */
export type ConfigurationErrorCode = 'unreadable' | 'yaml' | 'schema' | 'rule'

/** One thing that is wrong. `rule` is the validator's name, or the name of the reader's rule. */
export interface Finding {
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly what: string
  readonly remedy: string
}

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  /** At least one; the message tells the first. */
  readonly findings: readonly Finding[]

  constructor(
    readonly code: ConfigurationErrorCode,
    first: Finding,
    others: readonly Finding[] = [],
    options?: ErrorOptions,
  ) {
    super(findingText(first), options)
    this.findings = [first, ...others]
  }
}

/** One line, whatever the input contains. */
export function findingText({ file, line, rule, what, remedy }: Finding): string {
  return printable(`${file}:${line}: ${rule}: ${what}; remedy: ${remedy}`)
}

const LONGEST_QUOTE = 60

/** Quotes a piece of the user's input without letting it break or flood the line. */
export function quote(text: string): string {
  const shown = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}...` : text
  return `"${printable(shown)}"`
}

/** Control, format and separator characters could forge a second line or hide text. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`)
}
