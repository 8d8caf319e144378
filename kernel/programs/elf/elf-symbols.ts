/** Names and values of an ELF symbol table. System V ABI, "Sections", "String Table" and "Symbol Table". */
import type { ElfReader } from './elf-reader.js'

const SECTION_HEADER_SIZE = 64
const SYMBOL_SIZE = 24
const SHT_SYMTAB = 2
const SHT_STRTAB = 3
const SHN_UNDEF = 0
const STB_LOCAL = 0
const STT_SECTION = 3
const STT_FILE = 4
const LONGEST_NAME = 4096 // bytes; many entries may share one name, so its length is bounded

interface SectionHeader {
  readonly type: number
  readonly offset: bigint
  readonly size: bigint
  readonly link: number
  readonly entrySize: bigint
}

/**
 * A global symbol wins over a local one of the same name, the first over a later one. Empty when the file is stripped.
 * @throws ElfError when a header, the table or a name lies outside its place.
 */
export function readSymbols(elf: ElfReader, tableOffset: bigint, entrySize: number, count: number): ReadonlyMap<string, bigint> {
  if (tableOffset === 0n || count === 0) return new Map()
  if (entrySize !== SECTION_HEADER_SIZE)
    throw elf.refuse('BAD_HEADER', `section headers of ${entrySize} bytes instead of ${SECTION_HEADER_SIZE}`, 'link the file again')
  const start = elf.range(tableOffset, BigInt(count * SECTION_HEADER_SIZE), 'the section header table')
  const sections = Array.from({ length: count }, (_, index) => readSectionHeader(elf, start + index * SECTION_HEADER_SIZE))
  const table = sections.find(({ type }) => type === SHT_SYMTAB)
  return table === undefined ? new Map() : readTable(elf, table, sections[table.link])
}

function readSectionHeader(elf: ElfReader, at: number): SectionHeader {
  return { type: elf.u32(at + 4), offset: elf.u64(at + 24), size: elf.u64(at + 32), link: elf.u32(at + 40), entrySize: elf.u64(at + 56) }
}

function readTable(elf: ElfReader, table: SectionHeader, strings: SectionHeader | undefined): ReadonlyMap<string, bigint> {
  const remedy = 'link the file again or strip its symbols'
  if (table.entrySize !== BigInt(SYMBOL_SIZE) || table.size % BigInt(SYMBOL_SIZE) !== 0n)
    throw elf.refuse('BAD_SYMBOLS', `the symbol table does not consist of entries of ${SYMBOL_SIZE} bytes`, remedy)
  if (strings?.type !== SHT_STRTAB) throw elf.refuse('BAD_SYMBOLS', 'the symbol table has no string table', remedy)
  const start = elf.range(table.offset, table.size, 'the symbol table')
  const names = nameReader(elf, strings)
  const locals = new Map<string, bigint>()
  const globals = new Map<string, bigint>()
  for (let at = start; at < start + Number(table.size); at += SYMBOL_SIZE) {
    const info = elf.u8(at + 4)
    const type = info & 15
    if (elf.u16(at + 6) === SHN_UNDEF || type === STT_SECTION || type === STT_FILE) continue
    const name = names(elf.u32(at))
    const symbols = info >> 4 === STB_LOCAL ? locals : globals
    if (name !== '' && !isMappingSymbol(name) && !symbols.has(name)) symbols.set(name, elf.u64(at + 8))
  }
  return new Map([...locals, ...globals])
}

/** RISC-V ELF psABI, "Mapping Symbol": `$x` and `$d` mark code and data, they name nothing. */
function isMappingSymbol(name: string): boolean {
  return /^\$[xd]/.test(name)
}

function nameReader(elf: ElfReader, strings: SectionHeader): (offset: number) => string {
  const start = elf.range(strings.offset, strings.size, 'the string table')
  const table = elf.bytes.subarray(start, start + Number(strings.size))
  const decoder = new TextDecoder()
  return (offset) => {
    const length = table.subarray(offset, offset + LONGEST_NAME).indexOf(0)
    if (length < 0)
      throw elf.refuse('BAD_SYMBOLS', `the symbol name at ${offset} has no end within ${LONGEST_NAME} bytes`, 'link the file again')
    return decoder.decode(table.subarray(offset, offset + length))
  }
}
