/**
 * Refused evidence input. One line: `file:line: what; remedy`. The command prints it and exits 2; a pack is complete or absent.
 */
export type EvidenceErrorCode =
  | 'unreadable-file'
  | 'unwritable-file'
  | 'malformed-json'
  | 'malformed-yaml'
  | 'malformed-xml'
  | 'malformed-csv'
  | 'malformed-text'
  | 'malformed-map'
  | 'malformed-reader'
  | 'no-items'
  | 'malformed-archive'
  | 'forbidden-entity'
  | 'unknown-format'
  | 'too-deep'
  | 'too-large'
  | 'schema-violation'
  | 'duplicate-id'
  | 'dangling-reference'
  | 'line-too-long'
  | 'wrong-encoding'
  | 'truncated-stream'
  | 'unknown-reference'
  | 'malformed-attachment'
  | 'malformed-tag'
  | 'unknown-tag'
  | 'contradicting-verdicts'
  | 'differing-pickles'
  | 'nothing-executed'
  | 'no-requirement'
  | 'mixed-versions'
  | 'empty-coverage'
  | 'missing-coverage'
  | 'unexpected-file'
  | 'digest-mismatch'
  | 'forbidden-words'
  | 'unsafe-path'
  | 'unsuitable-key'
  | 'broken-history'

/** Where in the input: `line` is 1-based and absent where the format has no lines (a whole file is missing, say). */
export interface SourcePlace {
  readonly file: string
  readonly line?: number
}

export class EvidenceError extends Error {
  override readonly name = 'EvidenceError'

  constructor(
    readonly code: EvidenceErrorCode,
    readonly place: SourcePlace,
    readonly what: string,
    readonly remedy: string,
    options?: { readonly cause: unknown },
  ) {
    super(oneLine(`${printPlace(place)}: ${what}; ${remedy}`), options)
  }
}

export function printPlace({ file, line }: SourcePlace): string {
  return line === undefined ? file : `${file}:${line}`
}

/** Input text reaches messages: control characters are shown as escapes, so that a message stays one line and cannot drive a terminal. */
export function oneLine(text: string): string {
  const shown = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return shown.length > 1000 ? `${shown.slice(0, 1000)}...` : shown
}
