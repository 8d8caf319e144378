/** A refused ELF file. */
export type ElfErrorCode =
  'TRUNCATED' | 'NOT_ELF' | 'WRONG_CLASS' | 'WRONG_MACHINE' | 'WRONG_TYPE' | 'BAD_HEADER' | 'BAD_SEGMENT' | 'RELOCATIONS' | 'BAD_SYMBOLS'

export class ElfError extends Error {
  override readonly name = 'ElfError'

  /** The message is one line: `file: what; remedy`. */
  constructor(
    readonly code: ElfErrorCode,
    readonly file: string,
    what: string,
    remedy: string,
  ) {
    super(`${file}: ${what}; ${remedy}`)
  }
}
