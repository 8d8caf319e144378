/** A partition program that cannot be built into the system; the message is one line. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError'
  readonly code = 'program-refused'
}
