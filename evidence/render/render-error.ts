/**
 * Refused rendering. One line: what, where, remedy. The command prints it and exits 2; a report is complete or absent.
 */
export type RenderErrorCode =
  | 'missing-field'
  | 'malformed-template'
  | 'missing-template'
  | 'malformed-theme'
  | 'missing-font'
  | 'unsupported-markup'
  | 'empty-cell'
  | 'duplicate-anchor'
  | 'dangling-link'
  | 'unknown-state'
  | 'does-not-fit'

export class RenderError extends Error {
  override readonly name = 'RenderError'

  constructor(
    readonly code: RenderErrorCode,
    readonly place: string,
    readonly what: string,
    readonly remedy: string,
    options?: { readonly cause: unknown },
  ) {
    super(`${place}: ${what}; ${remedy}`.replace(/\s+/g, ' '), options)
  }
}
