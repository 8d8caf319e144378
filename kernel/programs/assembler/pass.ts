/**
 * One walk over the source: where the next byte goes and what names mean there. The first walk finds sizes and symbols, the second
 * writes the image. Both run the same code, so that they cannot disagree on a size.
 */
import type { AssemblyErrorCode, Position } from './assembly-error.js'
import { AssemblyError } from './assembly-error.js'
import type { Scope } from './expressions.js'
import { LARGEST_IMAGE, type Layout } from './layout.js'
import type { SymbolTable } from './symbol-table.js'
import { isConstant, type Value } from './value.js'

const MEBIBYTE = 1024 * 1024

export interface LineEntry {
  readonly address: number
  readonly line: number
}

export class Pass implements Scope {
  readonly lines: LineEntry[] = []
  /** Distance of each `%pcrel_hi` by the address of its instruction, for the `%pcrel_lo` that names it. */
  readonly distances = new Map<bigint, bigint>()

  constructor(
    readonly layout: Layout,
    readonly symbols: SymbolTable,
    /** True in the second walk: every value is known and is checked. */
    readonly final: boolean,
  ) {}

  here(): Value {
    return this.layout.here()
  }

  /** True when the bits of a value are those of the finished program. */
  isKnown(value: Value): boolean {
    return this.final || isConstant(value)
  }

  /** @throws AssemblyError in `.bss`, which holds zeros only, and beyond the largest image. */
  emit(bytes: Uint8Array, position: Position): void {
    if (this.layout.current === 'bss' && bytes.some((byte) => byte !== 0))
      throw new AssemblyError('RANGE', position, '.bss holds zeros only; put initialised data into .data')
    const at = this.layout.address
    this.reserve(bytes.length, position)
    this.layout.write(bytes, at)
  }

  /** `count` bytes, all equal; nothing is allocated before the size is accepted. */
  fill(count: number, byte: number, position: Position): void {
    const at = this.layout.address
    if (byte !== 0 && count > 0 && this.layout.current === 'bss')
      throw new AssemblyError('RANGE', position, '.bss holds zeros only; put initialised data into .data')
    this.reserve(count, position)
    if (this.final && byte !== 0) this.layout.write(new Uint8Array(count).fill(byte), at)
  }

  /** One 32-bit instruction, little-endian. */
  emitInstruction(word: number, position: Position): void {
    if (this.layout.address % 4n !== 0n)
      throw this.refuse('MISALIGNED', position, 'an instruction must stand at a multiple of 4 bytes; put .balign 4 before it')
    this.emit(Uint8Array.of(word & 255, (word >>> 8) & 255, (word >>> 16) & 255, word >>> 24), position)
  }

  private reserve(size: number, position: Position): void {
    if (!this.layout.reserve(size))
      throw this.refuse('LIMIT', position, `the image would be larger than ${LARGEST_IMAGE / MEBIBYTE} MiB; reserve less`)
  }

  refuse(code: AssemblyErrorCode, position: Position, message: string): AssemblyError {
    return new AssemblyError(code, position, message)
  }
}
