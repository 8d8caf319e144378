/**
 * Programs that are wrong or strange, on every engine: what the specification says happens, or one line that names the file. A run that
 * does not end by itself ends at its limit with a reason.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RAM_BASE } from '../hardware/memory/physical-memory.js'
import { writeElf64 } from '../programs/elf/elf-writer.js'
import { assembleElf } from './assembled-elf.js'
import { bootElf, ENGINE_KINDS, type BareMachineRun, type EngineKind } from './bare-machine.js'

const LIMIT = 20_000
const FINISH = `
finish:                       # a0: code, 0 good
  li   t0, 0x100000
  li   t1, 0x5555
  beqz a0, 1f
  slli a0, a0, 16
  li   t1, 0x3333
  or   t1, t1, a0
1:sw   t1, 0(t0)
2:j    2b
`

function boot(elf: Uint8Array, engine: EngineKind, extensions: readonly 'Smdbltrp'[] = []): BareMachineRun {
  const run = bootElf({ elf, file: 'odd.elf', engine, ramBytes: 2 ** 21, maxInstructions: LIMIT, extensions })
  assert.ok(run.ok, run.ok ? '' : run.error.message)
  return run.value
}

function assembled(source: string): Uint8Array {
  const elf = assembleElf(source + FINISH, { file: 'odd.s' })
  assert.ok(elf.ok, elf.ok ? '' : elf.error)
  return elf.value
}

interface OddProgram {
  readonly what: string
  readonly source: string
  readonly extensions?: readonly 'Smdbltrp'[]
  readonly ends: Partial<Pick<BareMachineRun, 'exit' | 'reason'>>
}

/** Sv39 tables at 0x8010_0000: the first 2 MiB of RAM as pages of 4 KiB, of which the second page is not there. */
const SECOND_PAGE_UNMAPPED = `
  li   t0, 0x80100000
  li   t1, (0x80101000 >> 2) | 1
  sd   t1, 16(t0)
  li   t0, 0x80101000
  li   t1, (0x80102000 >> 2) | 1
  sd   t1, 0(t0)
  li   t0, 0x80102000
  li   t1, (0x80000000 >> 2) | 0xcf
  sd   t1, 0(t0)
  li   t0, -1
  csrw pmpaddr0, t0
  li   t0, 0x1f
  csrw pmpcfg0, t0
  li   t0, (8 << 60) | (0x80100000 >> 12)
  csrw satp, t0
  sfence.vma
`

const PROGRAMS: readonly OddProgram[] = [
  {
    what: 'a store loop that runs into its own code: the new instructions are executed, without FENCE.I or with it',
    source: `
      la   s0, target
      li   s1, 0x00100513        # addi a0, x0, 1
      li   s3, 1000
    1:li   a0, 0
      sw   s1, 0(s0)
      fence.i
    target:
      addi a0, x0, 2
      addi s3, s3, -1
      bnez s3, 1b
      addi a0, a0, -1`,
    ends: { exit: 0 },
  },
  {
    what: 'stores march through code until they reach the marching loop: what they leave there is executed, and it is illegal',
    source: `
      la   t0, caught
      csrw mtvec, t0
      la   t0, below
      j    below
      .align 4
    caught:
      csrr a0, mcause
      addi a0, a0, -2
      j    finish
      .align 8
    below:
      sd   x0, 0(t0)
      addi t0, t0, 8
      j    below`,
    ends: { exit: 0 },
  },
  {
    what: 'an instruction that straddles two pages, the second unmapped: instruction page fault, mtval the second page, mepc the instruction',
    source: `
      la   t0, caught
      csrw mtvec, t0
      ${SECOND_PAGE_UNMAPPED}
      li   t0, 0x80000ffe
      li   t1, 0x0513            # the first half of addi a0, a0, ...
      sh   t1, 0(t0)
      csrw mepc, t0
      li   t1, 0x800
      csrs mstatus, t1
      mret
      .align 2
    caught:
      csrr t1, mcause
      addi a0, t1, -12
      csrr t1, mepc
      sub  t1, t1, t0
      or   a0, a0, t1
      csrr t1, mtval
      li   t2, 0x80001000
      sub  t1, t1, t2
      or   a0, a0, t1`,
    ends: { exit: 0 },
  },
  {
    what: 'a trap whose handler cannot be fetched traps again for ever: the run ends at its limit',
    source: 'li t0, 0x40000000\n csrw mtvec, t0\n .word 0',
    ends: { exit: null },
  },
  {
    what: 'a trap inside a trap with Smdbltrp: the hart stops with a critical error',
    source: `
      la   t0, handler
      csrw mtvec, t0
      li   t0, 1
      slli t0, t0, 42            # MDT
      csrc mstatus, t0
      ecall
      .align 2
    handler:
      .word 0`,
    extensions: ['Smdbltrp'],
    ends: { exit: null, reason: 'critical-error' },
  },
  { what: 'a WFI that nothing ends: idle', source: 'wfi', ends: { exit: null, reason: 'idle' } },
  {
    what: 'a WFI that waits for an interrupt that is enabled in mie only, and pending: it goes on',
    source: 'csrsi mie, 2\n csrsi mip, 2\n wfi\n li a0, 0',
    ends: { exit: 0 },
  },
  { what: 'a jump out of memory, no handler: the run ends at its limit', source: 'li t0, 0x1000000000\n jr t0', ends: { exit: null } },
  { what: 'an endless loop: the limit', source: '1: j 1b', ends: { exit: null, reason: 'instruction-limit' } },
]

for (const engine of ENGINE_KINDS)
  describe(`Odd programs on ${engine}`, () => {
    for (const { what, source, extensions, ends } of PROGRAMS)
      test(what, () => {
        const { exit, reason } = boot(assembled(source), engine, extensions)
        assert.deepEqual({ exit, reason, ...ends }, { exit, reason })
      })

    test('stores into hot code by halves and by AMO are executed at once', () => {
      const program = `
        li   s3, 900
      again:
        la   s0, target
        li   s1, 0x0040006f      # j +4
        sw   s1, 0(s0)
        fence.i
        li   s2, 0x00150513      # addi a0, a0, 1
        andi t0, s3, 1
        beqz t0, 1f
        amoswap.w x0, s2, (s0)
        j    2f
      1:sh   s2, 0(s0)
        srli s2, s2, 16
        sh   s2, 2(s0)
      2:fence.i
        li   a0, 0
      target:
        nop
        addi a0, a0, -1
        bnez a0, finish
        addi s3, s3, -1
        bnez s3, again`
      assert.equal(boot(assembled(program), engine).exit, 0)
    })
  })

for (const engine of ENGINE_KINDS)
  test(`${engine}: a hot store that at last stores over itself is an illegal instruction when control comes to it again`, () => {
    const program = `
      la   t0, caught
      csrw mtvec, t0
      la   s2, self
      li   s1, 0
      li   s3, 4000
      li   s0, 0x80100000
    again:
      addi s3, s3, -1
      bnez s3, self
      mv   s0, s2
    self:
      sw   s1, 0(s0)
      bgez s3, again
      li   a0, 1
      j    finish
      .align 2
    caught:
      csrr a0, mepc
      sub  a0, a0, s2
      addi s3, s3, 1
      or   a0, a0, s3`
    assert.equal(boot(assembled(program), engine).exit, 0)
  })

describe('Files that no computer could start', () => {
  const program = { base: BigInt(RAM_BASE), bytes: new Uint8Array(16), entry: BigInt(RAM_BASE), symbols: new Map() }
  const whole = (): Uint8Array => writeElf64(program)
  const patched = (offset: number, ...bytes: readonly number[]): Uint8Array => {
    const file = whole()
    file.set(bytes, offset)
    return file
  }
  const files: readonly (readonly [string, Uint8Array])[] = [
    ['an empty file', new Uint8Array()],
    ['text', new TextEncoder().encode('#!/bin/sh\n')],
    ['the first half of an ELF header', whole().subarray(0, 32)],
    ['an ELF header alone', whole().subarray(0, 64)],
    ['a file that ends inside its segment', whole().subarray(0, 124)],
    ['a 32-bit file', patched(4, 1)],
    ['a big-endian file', patched(5, 2)],
    ['a file for another processor', patched(18, 62)],
    ['an object file', patched(16, 1)],
    ['a segment outside RAM', writeElf64({ ...program, base: 0x1000n })],
    ['an entry outside RAM: the reset vector is not mapped', writeElf64({ ...program, entry: 0x40n })],
    ['a segment at the end of the address space', writeElf64({ ...program, base: 2n ** 64n - 8n })],
    ['program headers past the end', patched(32, 0xff, 0xff, 0xff)],
    ['65,534 program headers', patched(56, 0xfe, 0xff)],
  ]
  for (const [what, elf] of files)
    test(`${what} is refused in one line that names the file`, () => {
      const run = bootElf({ elf, file: 'odd.elf', engine: 'interpreter', ramBytes: 2 ** 21 })
      assert.ok(!run.ok)
      assert.match(run.error.message, /^odd\.elf: .+/)
      assert.ok(!run.error.message.includes('\n'))
    })
})
