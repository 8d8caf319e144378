import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { KIB, MIB } from '../common/units.js'
import { RAM_BASE } from '../hardware/memory/physical-memory.js'
import { assemble } from '../programs/assembler/assemble.js'
import { bootElf, type BareMachineOptions, type BareMachineRun } from './bare-machine.js'

/** The smallest ELF64 file with one segment, at its own address, and a symbol table with `tohost` and `fromhost` if they are defined. */
function elfOf(source: string, base = RAM_BASE): Uint8Array {
  const assembled = assemble(source, { file: 'program.s', base })
  assert.ok(assembled.ok, assembled.ok ? '' : assembled.error.text)
  const { bytes, symbols } = assembled.value
  const named = ['tohost', 'fromhost'].flatMap((name) => (symbols.has(name) ? [[name, symbols.get(name)!] as const] : []))
  const strings = new TextEncoder().encode(`\0${named.map(([name]) => name).join('\0')}\0`)
  const at = { code: 120, symbols: align(120 + bytes.length), strings: 0, sections: 0 }
  at.strings = at.symbols + 24 * (named.length + 1)
  at.sections = align(at.strings + strings.length)
  const file = new Uint8Array(at.sections + 3 * 64)
  const view = new DataView(file.buffer)
  const put = (offset: number, width: 2 | 4 | 8, value: number | bigint): void => {
    if (width === 2) view.setUint16(offset, Number(value), true)
    else if (width === 4) view.setUint32(offset, Number(value), true)
    else view.setBigUint64(offset, BigInt(value), true)
  }
  const fields: readonly (readonly [number, 2 | 4 | 8, number | bigint])[] = [
    [16, 2, 2],
    [18, 2, 243],
    [20, 4, 1],
    [24, 8, base],
    [32, 8, 64],
    [40, 8, at.sections],
    [52, 2, 64],
    [54, 2, 56],
    [56, 2, 1],
    [58, 2, 64],
    [60, 2, 3],
    [64, 4, 1],
    [68, 4, 7],
    [72, 8, at.code],
    [80, 8, base],
    [88, 8, base],
    [96, 8, bytes.length],
    [104, 8, bytes.length],
    [112, 8, 1],
  ]
  for (const [offset, width, value] of fields) put(offset, width, value)
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  file.set(bytes, at.code)
  file.set(strings, at.strings)
  named.reduce((name, [text, value], index) => {
    const entry = at.symbols + 24 * (index + 1)
    put(entry, 4, name)
    put(entry + 4, 2, 0x0010)
    put(entry + 6, 2, 0xfff1)
    put(entry + 8, 8, value)
    return name + text.length + 1
  }, 1)
  section(put, at.sections + 64, { type: 2, offset: at.symbols, size: 24 * (named.length + 1), link: 2, entry: 24 })
  section(put, at.sections + 128, { type: 3, offset: at.strings, size: strings.length, link: 0, entry: 0 })
  return file
}

const align = (offset: number): number => Math.ceil(offset / 8) * 8

function section(
  put: (offset: number, width: 2 | 4 | 8, value: number) => void,
  header: number,
  { type, offset, size, link, entry }: { type: number; offset: number; size: number; link: number; entry: number },
): void {
  put(header + 4, 4, type)
  put(header + 24, 8, offset)
  put(header + 32, 8, size)
  put(header + 40, 4, link)
  put(header + 56, 8, entry)
}

function run(source: string, options: Partial<BareMachineOptions> = {}): BareMachineRun & { output: string } {
  const printed: number[] = []
  const output = (bytes: Uint8Array): void => void printed.push(...bytes)
  const result = bootElf({ elf: elfOf(source), file: 'program.elf', engine: 'interpreter', ramBytes: MIB, output, ...options })
  assert.ok(result.ok, result.ok ? '' : result.error.message)
  return { ...result.value, output: String.fromCharCode(...printed) }
}

const TOHOST = '.align 3\ntohost: .dword 0\nfromhost: .dword 0\n'
const exitWith = (code: number): string => `la t0, tohost\n li t1, ${code}\n sd t1, 0(t0)\n1: j 1b\n`

describe('Bare machine', () => {
  const refused: readonly (readonly [string, Uint8Array, string, RegExp])[] = [
    ['a file that is no ELF file', Uint8Array.of(1, 2, 3), 'malformed-elf', /^program\.elf: /],
    ['a segment below RAM', elfOf('nop', 0x1000), 'outside-memory', /^program\.elf: 4 bytes at physical 0x1000: no memory there/],
    ['a segment beyond RAM', elfOf('nop', RAM_BASE + MIB), 'outside-memory', /no memory there/],
  ]
  for (const [what, elf, code, message] of refused)
    test(`${what} is refused in one line`, () => {
      const result = bootElf({ elf, file: 'program.elf', engine: 'interpreter', ramBytes: MIB })
      assert.ok(!result.ok)
      assert.equal(result.error.code, code)
      assert.match(result.error.message, message)
      assert.equal(result.error.message.includes('\n'), false)
    })

  test('an impossible RAM size is refused in one line', () => {
    const result = bootElf({ elf: elfOf('nop'), file: 'program.elf', engine: 'interpreter', ramBytes: 64 * KIB + 1 })
    assert.ok(!result.ok)
    assert.equal(result.error.code, 'memory-size')
  })

  test('an entry point outside memory is refused', () => {
    const elf = elfOf('nop')
    new DataView(elf.buffer).setBigUint64(24, 0x4000_0000n, true)
    const result = bootElf({ elf, file: 'program.elf', engine: 'interpreter', ramBytes: MIB })
    assert.ok(!result.ok)
    assert.equal(result.error.code, 'entry-outside-memory')
  })

  for (const engine of ['reference', 'interpreter'] as const) {
    test(`tohost 1 is success, and 2n + 1 is failure n, ${engine}`, () => {
      assert.deepEqual(pick(run(exitWith(1) + TOHOST, { engine })), { exit: 0, reason: 'tohost' })
      assert.deepEqual(pick(run(exitWith(15) + TOHOST, { engine })), { exit: 7, reason: 'tohost' })
    })

    test(`an endless loop stops after exactly the given number of instructions, ${engine}`, () => {
      const outcome = run('1: j 1b', { engine, maxInstructions: 12345 })
      assert.deepEqual([outcome.exit, outcome.reason, outcome.instructions], [null, 'instruction-limit', 12345])
    })
  }

  test('a program that waits for nothing, or traps for ever, is idle', () => {
    assert.equal(run('wfi').reason, 'idle')
    assert.equal(run('ecall').reason, 'idle')
  })

  test('hosted calls are illegal instructions', () => {
    const outcome = run(
      `la t0, handler\n csrw mtvec, t0\n kcall 0\n handler: csrr t1, mcause\n slli t1, t1, 1\n ori t1, t1, 1\n la t0, tohost\n sd t1, 0(t0)\n1: j 1b\n${TOHOST}`,
    )
    assert.equal(outcome.exit, 2)
  })

  test('the test finisher’s code is the exit code', () => {
    assert.deepEqual(pick(run('li t0, 0x100000\n li t1, 0x93333\n sw t1, 0(t0)')), { exit: 9, reason: 'powered-off' })
  })

  test('HTIF console characters and write calls are printed, in order, and the program goes on', () => {
    const put = (character: string): string => `li t1, 0x0101000000000000 + '${character}'\n sd t1, 0(s0)\n 1: ld t2, 0(s0)\n bnez t2, 1b\n`
    const call = `la t1, call\n sd t1, 0(s0)\n la t3, fromhost\n 1: ld t2, 0(t3)\n beqz t2, 1b\n sd zero, 0(t3)\n ld s1, 0(t1)\n`
    const data = `.align 3\ncall: .dword 64, 1, text, 5, 0, 0, 0, 0\ntext: .ascii "world"\n`
    const outcome = run(`la s0, tohost\n ${put('h')} ${put('i')} sd zero, 8(s0)\n ${call} ${exitWith(1)} ${TOHOST} ${data}`)
    assert.deepEqual([outcome.output, outcome.exit], ['hiworld', 0])
  })

  test('what the UART sent is printed', () => {
    assert.equal(run(`li t0, 0x10000000\n li t1, 'A'\n sb t1, 0(t0)\n ${exitWith(1)}${TOHOST}`).output, 'A')
  })
})

function pick({ exit, reason }: BareMachineRun): { exit: number | null; reason: string } {
  return { exit, reason }
}

/** Test programs that a verification engineer brings: every ELF file in the folder must end with HTIF code 0. */
describe('Third-party suites', () => {
  const folder = join(process.env['BULKHEAD_DATA'] ?? '', 'riscv-tests')
  const modelled = /^rv64(ui|um|ua|mi|si)-[pv]-[\w-]+$/
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => modelled.test(name) && !name.endsWith('ma_data')) : []

  for (const engine of ['reference', 'interpreter'] as const)
    test(`riscv-tests rv64 p and v in BULKHEAD_DATA, ${files.length} programs, ${engine}`, (context) => {
      if (files.length === 0) context.diagnostic('not run: there is no folder riscv-tests in BULKHEAD_DATA')
      for (const file of files) {
        const result = bootElf({ elf: readFileSync(join(folder, file)), file, engine, ramBytes: 16 * MIB, maxInstructions: 2_000_000 })
        assert.equal(result.ok && result.value.exit, 0, file)
      }
    })
})
