/** Why a run of the scenarios gave no evidence. Refused: one line, exit 2, no pack. */
export type RunErrorCode = 'scenarios-did-not-run' | 'no-coverage' | 'coverage-tool-wrong' | 'not-a-pack' | 'not-writable' | 'busy'

export class RunError extends Error {
  override readonly name = 'RunError'

  constructor(
    readonly code: RunErrorCode,
    what: string,
    remedy: string,
  ) {
    super(`${what}; remedy: ${remedy}`)
  }
}
