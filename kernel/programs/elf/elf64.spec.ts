import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { ElfErrorCode } from './elf-error.js'
import { parseElf64, type ElfImage } from './elf64.js'

/** Offsets of the fields in System V ABI, "ELF Header", "Program Header", "Section Header" and "Symbol Table". */
const EHDR = {
  type: 16,
  machine: 18,
  version: 20,
  entry: 24,
  phoff: 32,
  shoff: 40,
  ehsize: 52,
  phentsize: 54,
  phnum: 56,
  shentsize: 58,
  shnum: 60,
}
const PHDR = { type: 0, flags: 4, offset: 8, vaddr: 16, paddr: 24, filesz: 32, memsz: 40, size: 56 }
const SHDR = { type: 4, offset: 24, size: 32, link: 40, entsize: 56 }

const TEXT = 64 + 3 * PHDR.size // file offset of the first segment
const DATA = TEXT + 8
const DYNAMIC = DATA + 4
const SYMBOLS = DYNAMIC + 32
const STRINGS = SYMBOLS + 5 * 24
const NAMES = '\0_start\0tohost\0$x\0'
const SECTIONS = STRINGS + NAMES.length

/** Two segments (8 bytes of text, 4 bytes of data with 12 more of zeros), a dynamic section without relocations, three symbols. */
function sample(): DataView {
  const view = new DataView(new ArrayBuffer(SECTIONS + 3 * 64))
  const bytes = new Uint8Array(view.buffer)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  const u16 = (at: number, value: number): void => {
    view.setUint16(at, value, true)
  }
  const u32 = (at: number, value: number): void => {
    view.setUint32(at, value, true)
  }
  const u64 = (at: number, value: number): void => {
    view.setBigUint64(at, BigInt(value), true)
  }
  u16(EHDR.type, 2)
  u16(EHDR.machine, 243)
  u32(EHDR.version, 1)
  u64(EHDR.entry, 0x8000_0004)
  u64(EHDR.phoff, 64)
  u64(EHDR.shoff, SECTIONS)
  u16(EHDR.ehsize, 64)
  u16(EHDR.phentsize, PHDR.size)
  u16(EHDR.phnum, 3)
  u16(EHDR.shentsize, 64)
  u16(EHDR.shnum, 3)
  const segment = (index: number, type: number, flags: number, offset: number, address: number, filesz: number, memsz: number): void => {
    const at = 64 + index * PHDR.size
    u32(at + PHDR.type, type)
    u32(at + PHDR.flags, flags)
    u64(at + PHDR.offset, offset)
    u64(at + PHDR.vaddr, address)
    u64(at + PHDR.paddr, address)
    u64(at + PHDR.filesz, filesz)
    u64(at + PHDR.memsz, memsz)
  }
  segment(0, 1, 5, TEXT, 0x8000_0000, 8, 8)
  segment(1, 1, 6, DATA, 0x8000_1000, 4, 16)
  segment(2, 2, 4, DYNAMIC, 0, 32, 32)
  bytes.set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], TEXT)
  u64(DYNAMIC, 4) // DT_HASH, then DT_NULL
  const symbol = (index: number, name: number, info: number, value: number): void => {
    const at = SYMBOLS + index * 24
    u32(at, name)
    view.setUint8(at + 4, info)
    u16(at + 6, 1)
    u64(at + 8, value)
  }
  symbol(1, 1, 0x12, 0x8000_0004) // global function _start
  symbol(2, 1, 0x02, 0x9999) // local function of the same name
  symbol(3, 8, 0x11, 0x8000_1000) // global object tohost
  symbol(4, 15, 0x00, 0x8000_0000) // mapping symbol $x
  bytes.set(new TextEncoder().encode(NAMES), STRINGS)
  const section = (index: number, type: number, offset: number, size: number, link: number, entsize: number): void => {
    const at = SECTIONS + index * 64
    u32(at + SHDR.type, type)
    u64(at + SHDR.offset, offset)
    u64(at + SHDR.size, size)
    u32(at + SHDR.link, link)
    u64(at + SHDR.entsize, entsize)
  }
  section(1, 2, SYMBOLS, 5 * 24, 2, 24)
  section(2, 3, STRINGS, NAMES.length, 0, 0)
  return view
}

const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer)

function parsed(view: DataView): ElfImage {
  const result = parseElf64(bytesOf(view), 'p.elf')
  assert.ok(result.ok, result.ok ? '' : result.error.message)
  return result.value
}

const first = 64
const second = 64 + PHDR.size
const third = 64 + 2 * PHDR.size

type Change = (view: DataView) => void
const u8 =
  (at: number, value: number): Change =>
  (view) => {
    view.setUint8(at, value)
  }
const u16 =
  (at: number, value: number): Change =>
  (view) => {
    view.setUint16(at, value, true)
  }
const u32 =
  (at: number, value: number): Change =>
  (view) => {
    view.setUint32(at, value, true)
  }
const u64 =
  (at: number, value: bigint): Change =>
  (view) => {
    view.setBigUint64(at, value, true)
  }

const REFUSALS: readonly (readonly [what: string, change: Change, code: ElfErrorCode, message: string])[] = [
  ['other magic', u8(1, 0x46), 'NOT_ELF', 'not an ELF file; give an ELF64 executable for RISC-V'],
  ['32-bit', u8(4, 1), 'WRONG_CLASS', 'not a 64-bit ELF file; compile for rv64'],
  ['big-endian', u8(5, 2), 'WRONG_CLASS', 'not a little-endian ELF file; compile for little-endian rv64'],
  ['identification version', u8(6, 0), 'BAD_HEADER', 'unknown ELF version; link the file again'],
  ['version', u32(EHDR.version, 2), 'BAD_HEADER', 'unknown ELF version; link the file again'],
  ['x86-64', u16(EHDR.machine, 62), 'WRONG_MACHINE', 'made for ELF machine 62, not RISC-V (243); compile for rv64'],
  ['relocatable', u16(EHDR.type, 1), 'WRONG_TYPE', 'ELF type 1 is not an executable; link it'],
  ['header size', u16(EHDR.ehsize, 52), 'BAD_HEADER', 'an ELF header of 52 bytes instead of 64; link the file again'],
  ['program header size', u16(EHDR.phentsize, 32), 'BAD_HEADER', 'program headers of 32 bytes instead of 56; link the file again'],
  ['no program header', u16(EHDR.phnum, 0), 'BAD_SEGMENT', 'no program header; link the file into an executable'],
  ['extended count', u16(EHDR.phnum, 0xffff), 'BAD_HEADER', '65535 program headers or more; link it with fewer segments'],
  [
    'program headers outside',
    u64(EHDR.phoff, 2n ** 64n - 1n),
    'TRUNCATED',
    `the program header table lies outside the file of ${SECTIONS + 192} bytes; copy or link the file again`,
  ],
  [
    'segment outside',
    u64(first + PHDR.offset, 2n ** 64n - 8n),
    'TRUNCATED',
    `the segment at 0x80000000 lies outside the file of ${SECTIONS + 192} bytes; copy or link the file again`,
  ],
  [
    'memory size below file size',
    u64(first + PHDR.memsz, 7n),
    'BAD_SEGMENT',
    'the segment at 0x80000000 is larger in the file than in memory; link the file again',
  ],
  [
    'virtual wrap',
    u64(first + PHDR.vaddr, 2n ** 64n - 7n),
    'BAD_SEGMENT',
    'the segment at 0x80000000 runs past the last address; link the file to lower addresses',
  ],
  [
    'physical wrap',
    u64(first + PHDR.memsz, 2n ** 64n - 0x8000_0000n + 1n),
    'BAD_SEGMENT',
    'the segment at 0x80000000 runs past the last address; link the file to lower addresses',
  ],
  [
    'physical overlap',
    u64(second + PHDR.paddr, 0x8000_0007n),
    'BAD_SEGMENT',
    'segments overlap at physical address 0x80000007; link the file again',
  ],
  [
    'virtual overlap',
    u64(second + PHDR.vaddr, 0x7fff_fff8n),
    'BAD_SEGMENT',
    'segments overlap at virtual address 0x80000000; link the file again',
  ],
  ['interpreter', u32(third + PHDR.type, 3), 'RELOCATIONS', 'needs a dynamic linker; link it with -static and without -pie'],
  [
    'DT_RELASZ',
    (view) => {
      u64(DYNAMIC, 8n)(view)
      u64(DYNAMIC + 8, 24n)(view)
    },
    'RELOCATIONS',
    'has dynamic relocations; link it with -static and without -pie',
  ],
  ['section header size', u16(EHDR.shentsize, 40), 'BAD_HEADER', 'section headers of 40 bytes instead of 64; link the file again'],
  [
    'symbol size',
    u64(SECTIONS + 64 + SHDR.entsize, 16n),
    'BAD_SYMBOLS',
    'the symbol table does not consist of entries of 24 bytes; link the file again or strip its symbols',
  ],
  [
    'no string table',
    u32(SECTIONS + 64 + SHDR.link, 9),
    'BAD_SYMBOLS',
    'the symbol table has no string table; link the file again or strip its symbols',
  ],
  ['name outside', u32(SYMBOLS + 24, 1000), 'BAD_SYMBOLS', 'the symbol name at 1000 has no end within 4096 bytes; link the file again'],
]

describe('parseElf64 refuses in one line', () => {
  for (const [what, change, code, message] of REFUSALS)
    test(what, () => {
      const view = sample()
      change(view)
      const result = parseElf64(bytesOf(view), 'p.elf')
      assert.ok(!result.ok, 'the file was accepted')
      assert.deepEqual([result.error.code, result.error.message], [code, `p.elf: ${message}`])
    })

  test('a file without a loadable segment', () => {
    const view = sample()
    u32(first, 4)(view)
    u64(second + PHDR.memsz, 0n)(view)
    u64(second + PHDR.filesz, 0n)(view)
    const result = parseElf64(bytesOf(view), 'p.elf')
    assert.equal(result.ok ? '' : result.error.message, 'p.elf: no loadable segment; link the file into an executable')
  })

  test('a file that was cut anywhere', () => {
    const whole = bytesOf(sample())
    for (let length = 0; length < whole.length; length += 1)
      assert.equal(parseElf64(whole.subarray(0, length), 'p.elf').ok, false, `${length} bytes`)
  })
})

describe('parseElf64', () => {
  test('returns entry, segments and symbols', () => {
    const { entry, segments, symbols } = parsed(sample())
    assert.equal(entry, 0x8000_0004n)
    assert.deepEqual(segments, [
      {
        physical: 0x8000_0000n,
        virtual: 0x8000_0000n,
        bytes: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
        memorySize: 8n,
        flags: { read: true, write: false, execute: true },
      },
      {
        physical: 0x8000_1000n,
        virtual: 0x8000_1000n,
        bytes: Uint8Array.of(9, 10, 11, 12),
        memorySize: 16n,
        flags: { read: true, write: true, execute: false },
      },
    ])
    assert.deepEqual(
      [...symbols],
      [
        ['_start', 0x8000_0004n],
        ['tohost', 0x8000_1000n],
      ],
    )
  })

  test('a segment may end at the last address of the address space', () => {
    const view = sample()
    u64(first + PHDR.vaddr, 2n ** 64n - 8n)(view)
    assert.equal(parsed(view).segments[0]?.virtual, 2n ** 64n - 8n)
  })

  test('a position-independent file without relocations is accepted', () => {
    const view = sample()
    u16(EHDR.type, 3)(view)
    assert.equal(parsed(view).segments.length, 2)
  })

  test('a stripped file has no symbols', () => {
    const view = sample()
    u64(EHDR.shoff, 0n)(view)
    assert.equal(parsed(view).symbols.size, 0)
  })

  test('a view into a larger buffer is read from where it begins', () => {
    const file = bytesOf(sample())
    const larger = new Uint8Array(file.length + 3)
    larger.set(file, 3)
    assert.deepEqual(parseElf64(larger.subarray(3), 'p.elf'), parseElf64(file, 'p.elf'))
  })

  test('no byte string makes it throw, and what it accepts lies inside the file and the address space', () => {
    const edges = fc.constantFrom(0, 1, 2, 3, 0x7f, 0x80, 0xff)
    const mutations = fc.array(fc.tuple(fc.nat(SECTIONS + 191), fc.oneof(edges, fc.nat(255))), { minLength: 1, maxLength: 12 })
    const property = fc.property(mutations, (changes) => {
      const view = sample()
      for (const [at, value] of changes) view.setUint8(at, value)
      const result = parseElf64(bytesOf(view), 'p.elf')
      if (!result.ok) {
        assert.match(result.error.message, /^p\.elf: [^\n]+; [^\n]+$/)
        return
      }
      for (const { physical, bytes, memorySize } of result.value.segments) {
        assert.ok(BigInt(bytes.length) <= memorySize)
        assert.ok(physical + memorySize <= 2n ** 64n)
      }
    })
    fc.assert(property, { seed: 243, numRuns: 20_000 })
  })

  test('random bytes are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.equal(parseElf64(bytes, 'p.elf').ok, false)
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})
