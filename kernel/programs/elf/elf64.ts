/**
 * Executable ELF64 files for RISC-V: what a loader needs, checked before anything is used. Addresses and sizes in bytes.
 * System V ABI, "ELF Header", "Program Header" and "Dynamic Section"; RISC-V ELF psABI, "ELF Object Files".
 */
import { err, ok, type Result } from '../../common/result.js'
import { ElfError } from './elf-error.js'
import { ElfReader } from './elf-reader.js'
import { readSymbols } from './elf-symbols.js'

export { ElfError }

export interface ElfSegment {
  /** Physical load address (p_paddr). */
  readonly physical: bigint
  /** Virtual address (p_vaddr). */
  readonly virtual: bigint
  /** What the file holds; the rest up to `memorySize` is zero. */
  readonly bytes: Uint8Array
  readonly memorySize: bigint
  readonly flags: { readonly read: boolean; readonly write: boolean; readonly execute: boolean }
}

export interface ElfImage {
  readonly entry: bigint
  /** Loadable segments in the order of the file; none is empty, none overlaps another. */
  readonly segments: readonly ElfSegment[]
  readonly symbols: ReadonlyMap<string, bigint>
}

const HEADER_SIZE = 64
const PROGRAM_HEADER_SIZE = 56
const MAGIC = 0x464c457f // 0x7f 'E' 'L' 'F'
const ELFCLASS64 = 2
const ELFDATA2LSB = 1
const EV_CURRENT = 1
const ET_EXEC = 2
const ET_DYN = 3
const EM_RISCV = 243
const PN_XNUM = 0xffff
const PT_LOAD = 1
const PT_DYNAMIC = 2
const PT_INTERP = 3
const PF_X = 1
const PF_W = 2
const PF_R = 4
const DYNAMIC_ENTRY_SIZE = 16
const DT_NULL = 0n
/** DT_PLTRELSZ, DT_RELASZ, DT_RELSZ, DT_RELRSZ: sizes in bytes of the relocations a loader would have to apply. */
const RELOCATION_SIZES: readonly bigint[] = [2n, 8n, 18n, 35n]
const ADDRESS_SPACE = 1n << 64n

export function parseElf64(bytes: Uint8Array, file: string): Result<ElfImage, ElfError> {
  try {
    return ok(readImage(new ElfReader(bytes, file)))
  } catch (error) {
    if (error instanceof ElfError) return err(error)
    throw error
  }
}

interface ProgramHeader {
  readonly type: number
  readonly flags: number
  readonly offset: bigint
  readonly virtual: bigint
  readonly physical: bigint
  readonly fileSize: bigint
  readonly memorySize: bigint
}

function readImage(elf: ElfReader): ElfImage {
  checkIdentification(elf)
  checkHeader(elf)
  const headers = readProgramHeaders(elf)
  for (const header of headers) checkNotDynamic(elf, header)
  const segments = headers.filter(({ type, memorySize }) => type === PT_LOAD && memorySize > 0n).map((header) => readSegment(elf, header))
  if (segments.length === 0) throw elf.refuse('BAD_SEGMENT', 'no loadable segment', 'link the file into an executable')
  checkOverlap(elf, segments, 'physical')
  checkOverlap(elf, segments, 'virtual')
  return { entry: elf.u64(24), segments, symbols: readSymbols(elf, elf.u64(40), elf.u16(58), elf.u16(60)) }
}

function checkIdentification(elf: ElfReader): void {
  const { length } = elf.bytes
  if (length < 4 || elf.u32(0) !== MAGIC) throw elf.refuse('NOT_ELF', 'not an ELF file', 'give an ELF64 executable for RISC-V')
  if (length < HEADER_SIZE) throw elf.refuse('TRUNCATED', `the file ends inside the ELF header, after ${length} bytes`, 'copy it again')
  if (elf.u8(4) !== ELFCLASS64) throw elf.refuse('WRONG_CLASS', 'not a 64-bit ELF file', 'compile for rv64')
  if (elf.u8(5) !== ELFDATA2LSB) throw elf.refuse('WRONG_CLASS', 'not a little-endian ELF file', 'compile for little-endian rv64')
}

function checkHeader(elf: ElfReader): void {
  const again = 'link the file again'
  const type = elf.u16(16)
  const machine = elf.u16(18)
  if (elf.u8(6) !== EV_CURRENT || elf.u32(20) !== EV_CURRENT) throw elf.refuse('BAD_HEADER', 'unknown ELF version', again)
  if (machine !== EM_RISCV) throw elf.refuse('WRONG_MACHINE', `made for ELF machine ${machine}, not RISC-V (243)`, 'compile for rv64')
  if (type !== ET_EXEC && type !== ET_DYN) throw elf.refuse('WRONG_TYPE', `ELF type ${type} is not an executable`, 'link it')
  if (elf.u16(52) !== HEADER_SIZE) throw elf.refuse('BAD_HEADER', `an ELF header of ${elf.u16(52)} bytes instead of ${HEADER_SIZE}`, again)
  const count = elf.u16(56)
  if (count === 0) throw elf.refuse('BAD_SEGMENT', 'no program header', 'link the file into an executable')
  if (count === PN_XNUM) throw elf.refuse('BAD_HEADER', `${PN_XNUM} program headers or more`, 'link it with fewer segments')
  if (elf.u16(54) !== PROGRAM_HEADER_SIZE)
    throw elf.refuse('BAD_HEADER', `program headers of ${elf.u16(54)} bytes instead of ${PROGRAM_HEADER_SIZE}`, again)
}

function readProgramHeaders(elf: ElfReader): readonly ProgramHeader[] {
  const count = elf.u16(56)
  const start = elf.range(elf.u64(32), BigInt(count * PROGRAM_HEADER_SIZE), 'the program header table')
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * PROGRAM_HEADER_SIZE
    return {
      type: elf.u32(at),
      flags: elf.u32(at + 4),
      offset: elf.u64(at + 8),
      virtual: elf.u64(at + 16),
      physical: elf.u64(at + 24),
      fileSize: elf.u64(at + 32),
      memorySize: elf.u64(at + 40),
    }
  })
}

/** The bare computer has no dynamic linker: a file that needs one would run with wrong addresses. */
function checkNotDynamic(elf: ElfReader, header: ProgramHeader): void {
  const remedy = 'link it with -static and without -pie'
  if (header.type === PT_INTERP) throw elf.refuse('RELOCATIONS', 'needs a dynamic linker', remedy)
  if (header.type !== PT_DYNAMIC) return
  const start = elf.range(header.offset, header.fileSize, 'the dynamic section')
  for (let at = start; at + DYNAMIC_ENTRY_SIZE <= start + Number(header.fileSize); at += DYNAMIC_ENTRY_SIZE) {
    const tag = elf.u64(at)
    if (tag === DT_NULL) return
    if (RELOCATION_SIZES.includes(tag) && elf.u64(at + 8) !== 0n) throw elf.refuse('RELOCATIONS', 'has dynamic relocations', remedy)
  }
}

const hex = (value: bigint): string => `0x${value.toString(16)}`

function readSegment(elf: ElfReader, header: ProgramHeader): ElfSegment {
  const { virtual, physical, fileSize, memorySize, flags } = header
  const name = `the segment at ${hex(physical)}`
  if (memorySize < fileSize) throw elf.refuse('BAD_SEGMENT', `${name} is larger in the file than in memory`, 'link the file again')
  if (virtual + memorySize > ADDRESS_SPACE || physical + memorySize > ADDRESS_SPACE)
    throw elf.refuse('BAD_SEGMENT', `${name} runs past the last address`, 'link the file to lower addresses')
  const start = elf.range(header.offset, fileSize, name)
  return {
    physical,
    virtual,
    bytes: elf.bytes.subarray(start, start + Number(fileSize)),
    memorySize,
    flags: { read: (flags & PF_R) !== 0, write: (flags & PF_W) !== 0, execute: (flags & PF_X) !== 0 },
  }
}

function checkOverlap(elf: ElfReader, segments: readonly ElfSegment[], space: 'physical' | 'virtual'): void {
  const sorted = [...segments].sort((a, b) => (a[space] < b[space] ? -1 : 1))
  sorted.forEach((segment, index) => {
    const next = sorted[index + 1]
    if (next !== undefined && segment[space] + segment.memorySize > next[space])
      throw elf.refuse('BAD_SEGMENT', `segments overlap at ${space} address ${hex(next[space])}`, 'link the file again')
  })
}
