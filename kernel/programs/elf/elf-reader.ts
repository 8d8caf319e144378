/** Little-endian fields of an ELF file at offsets in bytes. System V ABI, "Data Representation". */
import { ElfError, type ElfErrorCode } from './elf-error.js'

export class ElfReader {
  private readonly view: DataView

  constructor(
    readonly bytes: Uint8Array,
    readonly file: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  u8(offset: number): number {
    return this.view.getUint8(offset)
  }

  u16(offset: number): number {
    return this.view.getUint16(offset, true)
  }

  u32(offset: number): number {
    return this.view.getUint32(offset, true)
  }

  u64(offset: number): bigint {
    return this.view.getBigUint64(offset, true)
  }

  /**
   * The range as a number that can be read from.
   * @throws ElfError `TRUNCATED` when the range leaves the file.
   */
  range(offset: bigint, size: bigint, what: string): number {
    if (offset + size > BigInt(this.bytes.length))
      throw this.refuse('TRUNCATED', `${what} lies outside the file of ${this.bytes.length} bytes`, 'copy or link the file again')
    return Number(offset)
  }

  refuse(code: ElfErrorCode, what: string, remedy: string): ElfError {
    return new ElfError(code, this.file, what, remedy)
  }
}
