/**
 * A program as an executable ELF64 file for RISC-V: one segment that may be read, written and executed, and a symbol table.
 * System V ABI, "ELF Header", "Program Header", "Sections", "Symbol Table". Addresses and sizes in bytes.
 */
export interface ElfProgram {
  readonly base: bigint
  readonly bytes: Uint8Array
  readonly entry: bigint
  /** All become global and absolute. */
  readonly symbols: ReadonlyMap<string, bigint>
}

const HEADER_SIZE = 64
const PROGRAM_HEADER_SIZE = 56
const SECTION_HEADER_SIZE = 64
const SYMBOL_SIZE = 24
const SEGMENT = HEADER_SIZE + PROGRAM_HEADER_SIZE
const READ_WRITE_EXECUTE = 7
const ALIGNMENT = 8
const GLOBAL_NO_TYPE = 0x10
const SHN_ABS = 0xfff1
const SHT_SYMTAB = 2
const SHT_STRTAB = 3

const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT

/** Puts little-endian fields one after the other. */
class FieldWriter {
  private readonly view: DataView
  private at = 0

  constructor(private readonly file: Uint8Array) {
    this.view = new DataView(file.buffer)
  }

  from(offset: number): this {
    this.at = offset
    return this
  }

  bytes(values: ArrayLike<number>): this {
    this.file.set(values, this.at)
    this.at += values.length
    return this
  }

  half(...values: readonly number[]): this {
    for (const value of values) this.view.setUint16((this.at += 2) - 2, value, true)
    return this
  }

  word(...values: readonly number[]): this {
    for (const value of values) this.view.setUint32((this.at += 4) - 4, value, true)
    return this
  }

  double(...values: readonly (number | bigint)[]): this {
    for (const value of values) this.view.setBigUint64((this.at += 8) - 8, BigInt(value), true)
    return this
  }
}

export function writeElf64({ base, bytes, entry, symbols }: ElfProgram): Uint8Array {
  const strings = new TextEncoder().encode(`\0${[...symbols.keys()].map((name) => `${name}\0`).join('')}`)
  const table = aligned(SEGMENT + bytes.length)
  const tableSize = SYMBOL_SIZE * (symbols.size + 1)
  const sections = aligned(table + tableSize + strings.length)
  const file = new Uint8Array(sections + 3 * SECTION_HEADER_SIZE)
  const put = new FieldWriter(file)
  put.bytes([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]) // ELFCLASS64, ELFDATA2LSB, EV_CURRENT
  put.from(16).half(2, 243).word(1).double(entry, HEADER_SIZE, sections).word(0) // ET_EXEC, EM_RISCV
  put.half(HEADER_SIZE, PROGRAM_HEADER_SIZE, 1, SECTION_HEADER_SIZE, 3)
  put.from(HEADER_SIZE).word(1, READ_WRITE_EXECUTE).double(SEGMENT, base, base, bytes.length, bytes.length, ALIGNMENT) // PT_LOAD
  put.bytes(bytes)
  putSymbols(put.from(table + SYMBOL_SIZE), symbols)
  put.from(table + tableSize).bytes(strings)
  const header = (index: number, type: number): FieldWriter => put.from(sections + index * SECTION_HEADER_SIZE + 4).word(type)
  header(1, SHT_SYMTAB).double(0, 0, table, tableSize).word(2, 1).double(ALIGNMENT, SYMBOL_SIZE)
  header(2, SHT_STRTAB).double(0, 0, table + tableSize, strings.length)
  return file
}

function putSymbols(put: FieldWriter, symbols: ElfProgram['symbols']): void {
  let name = 1
  for (const [text, value] of symbols) {
    put.word(name).bytes([GLOBAL_NO_TYPE, 0]).half(SHN_ABS).double(value, 0)
    name += new TextEncoder().encode(text).length + 1
  }
}
