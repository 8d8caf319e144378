/** A program that this computer cannot start: one line that names file and remedy. */
export class BareMachineError extends Error {
  override readonly name = 'BareMachineError'

  constructor(
    readonly code:
      'malformed-elf' | 'malformed-image' | 'memory-size' | 'outside-memory' | 'entry-outside-memory' | 'overlap' | 'needs-firmware',
    message: string,
  ) {
    super(message)
  }
}
