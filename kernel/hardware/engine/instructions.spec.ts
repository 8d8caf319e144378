/** What instructions do, on both engines: expectations from the manual's rules, worked out by hand. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../common/units.js'
import { bytesOf, encode, type Fields } from '../isa/encode.js'
import { Machine, type EngineKind } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'

const MIN64 = 1n << 63n
const ONES = (1n << 64n) - 1n
const RD = 3
const A = 1
const B = 2

/** Runs words at RAM's start, as many instructions as there are words, with x1 and x2 set. */
function after(engine: EngineKind, words: readonly number[], a = 0n, b = 0n): Machine {
  const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine, resetVector: RAM_BASE })
  machine.memory.write(RAM_BASE, bytesOf(words))
  machine.hart(0).setX(A, a)
  machine.hart(0).setX(B, b)
  machine.run({ maxInstructions: words.length, breakAt: ({ cause }) => cause !== undefined })
  return machine
}

const registers = { rd: RD, rs1: A, rs2: B }

for (const engine of ['reference', 'interpreter'] as const) {
  describe(`Register operations, ${engine}`, () => {
    const rows: readonly (readonly [string, Fields, bigint, bigint, bigint])[] = [
      ['add', registers, ONES, 1n, 0n],
      ['sub', registers, 0n, 1n, ONES],
      ['sll', registers, 1n, 64n + 63n, MIN64], // the low 6 bits of the amount count
      ['srl', registers, MIN64, 63n, 1n],
      ['sra', registers, MIN64, 63n, ONES],
      ['slt', registers, ONES, 0n, 1n],
      ['sltu', registers, ONES, 0n, 0n],
      ['sltiu', { rd: RD, rs1: A, immediate: -1 }, 5n, 0n, 1n], // compares with the sign-extended immediate, unsigned
      ['addiw', { rd: RD, rs1: A, immediate: 1 }, 0x7fff_ffffn, 0n, 0xffff_ffff_8000_0000n],
      ['addw', registers, 0xffff_ffffn, 1n, 0n],
      ['subw', registers, 0n, 1n, ONES],
      ['sllw', registers, 1n, 63n, 0xffff_ffff_8000_0000n], // the low 5 bits
      ['srlw', registers, 0xffff_ffff_8000_0000n, 4n, 0x0800_0000n],
      ['sraw', registers, 0x8000_0000n, 4n, 0xffff_ffff_f800_0000n],
      ['sraiw', { rd: RD, rs1: A, immediate: 31 }, 0x8000_0000n, 0n, ONES],
      ['srai', { rd: RD, rs1: A, immediate: 63 }, MIN64, 0n, ONES],
      ['lui', { rd: RD, immediate: -(2 ** 31) }, 0n, 0n, 0xffff_ffff_8000_0000n],
      ['auipc', { rd: RD, immediate: 0x1000 }, 0n, 0n, BigInt(RAM_BASE) + 0x1000n],
      ['mul', registers, ONES, ONES, 1n],
      ['mulh', registers, MIN64, MIN64, 1n << 62n],
      ['mulh', registers, ONES, 1n, ONES],
      ['mulhu', registers, ONES, ONES, ONES - 1n],
      ['mulhsu', registers, ONES, ONES, ONES], // -1 * (2^64 - 1)
      ['mulw', registers, 0x8000_0000n, 2n, 0n],
      ['div', registers, 7n, ONES - 1n, ONES - 2n], // 7 / -2 = -3, towards zero
      ['rem', registers, ONES - 6n, 2n, ONES], // -7 % 2 = -1: the dividend's sign
      ['div', registers, 7n, 0n, ONES],
      ['divu', registers, 7n, 0n, ONES],
      ['rem', registers, 7n, 0n, 7n],
      ['remu', registers, 7n, 0n, 7n],
      ['div', registers, MIN64, ONES, MIN64],
      ['rem', registers, MIN64, ONES, 0n],
      ['divw', registers, 0x8000_0000n, ONES, 0xffff_ffff_8000_0000n],
      ['remw', registers, 0x8000_0000n, ONES, 0n],
      ['divw', registers, 7n, 1n << 32n, ONES], // the low word of the divisor is zero
      ['divuw', registers, 0x8000_0000n, 1n, 0xffff_ffff_8000_0000n],
      ['remuw', registers, 0xffff_ffff_ffff_ffffn, 0n, ONES],
    ]
    for (const [name, fields, a, b, expected] of rows)
      test(`${name} of 0x${a.toString(16)} and 0x${b.toString(16)} is 0x${expected.toString(16)}`, () => {
        assert.equal(
          after(engine, [encode(name, fields)], a, b)
            .hart(0)
            .x(RD),
          expected,
        )
      })

    test('a write to x0 is lost', () => {
      const machine = after(engine, [encode('addi', { rd: 0, rs1: 0, immediate: 5 }), encode('add', { rd: RD, rs1: 0, rs2: 0 })])
      assert.equal(machine.hart(0).x(0), 0n)
      assert.equal(machine.hart(0).x(RD), 0n)
    })
  })

  describe(`Jumps and branches, ${engine}`, () => {
    const pcAfter = (name: string, fields: Fields, a = 0n, b = 0n): bigint =>
      after(engine, [encode(name, fields)], a, b).hart(0).pc - BigInt(RAM_BASE)

    const branches: readonly (readonly [string, bigint, bigint, boolean])[] = [
      ['beq', 1n, 1n, true],
      ['beq', 1n, 2n, false],
      ['bne', 1n, 2n, true],
      ['blt', ONES, 0n, true],
      ['bltu', ONES, 0n, false],
      ['bge', 0n, ONES, true],
      ['bgeu', 0n, ONES, false],
      ['bge', 3n, 3n, true],
    ]
    for (const [name, a, b, taken] of branches)
      test(`${name} of 0x${a.toString(16)} and 0x${b.toString(16)} is ${taken ? '' : 'not '}taken`, () => {
        assert.equal(pcAfter(name, { rs1: A, rs2: B, immediate: 64 }, a, b), taken ? 64n : 4n)
      })

    test('jalr clears bit 0 of its target, and links even when rd is its base', () => {
      const machine = after(engine, [encode('jalr', { rd: A, rs1: A, immediate: 1 })], BigInt(RAM_BASE + 0x100))
      assert.equal(machine.hart(0).pc, BigInt(RAM_BASE + 0x100))
      assert.equal(machine.hart(0).x(A), BigInt(RAM_BASE + 4))
    })

    test('a jump to a target that is no multiple of 4 is taken', () => {
      const machine = after(engine, [encode('jal', { rd: RD, immediate: 6 })])
      assert.equal(machine.hart(0).pc, BigInt(RAM_BASE + 6))
      assert.equal(machine.hart(0).x(RD), BigInt(RAM_BASE + 4))
    })
  })

  describe(`Loads, stores and atomics, ${engine}`, () => {
    const DATA = BigInt(RAM_BASE + 0x1000)
    /** x1 points to the data; x2 is the operand. */
    const withData = (data: bigint, words: readonly number[], operand = 0n): Machine => {
      const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine, resetVector: RAM_BASE })
      machine.memory.write(RAM_BASE, bytesOf(words))
      machine.memory.write64(Number(DATA), data)
      machine.hart(0).setX(A, DATA)
      machine.hart(0).setX(B, operand)
      machine.run({ maxInstructions: words.length, breakAt: ({ cause }) => cause !== undefined })
      return machine
    }

    const loads: readonly (readonly [string, number, bigint])[] = [
      ['lb', 7, 0xffff_ffff_ffff_ff80n],
      ['lbu', 7, 0x80n],
      ['lh', 6, 0xffff_ffff_ffff_8091n],
      ['lhu', 6, 0x8091n],
      ['lw', 4, 0xffff_ffff_8091_a2b3n],
      ['lwu', 4, 0x8091_a2b3n],
      ['ld', 0, 0x8091_a2b3_c4d5_e6f7n],
    ]
    for (const [name, offset, expected] of loads)
      test(`${name} reads little-endian and extends`, () => {
        const machine = withData(0x8091_a2b3_c4d5_e6f7n, [encode(name, { rd: RD, rs1: A, immediate: offset })])
        assert.equal(machine.hart(0).x(RD), expected)
      })

    const stores: readonly (readonly [string, bigint])[] = [
      ['sb', 0x88n],
      ['sh', 0x7788n],
      ['sw', 0x5566_7788n],
      ['sd', 0x1122_3344_5566_7788n],
    ]
    for (const [name, expected] of stores)
      test(`${name} writes its width and no more`, () => {
        const machine = withData(0n, [encode(name, { rs1: A, rs2: B, immediate: 0 })], 0x1122_3344_5566_7788n)
        assert.equal(machine.memory.read64(Number(DATA)), expected)
      })

    const updates: readonly (readonly [string, bigint, bigint, bigint, bigint])[] = [
      ['amoswap.w', 0xffff_ffff_8000_0000n, 5n, 0xffff_ffff_8000_0000n, 0xffff_ffff_0000_0005n],
      ['amoadd.d', 3n, ONES, 3n, 2n],
      ['amoadd.w', 0xffff_ffffn, 1n, ONES, 0n],
      ['amomin.w', 0x8000_0000n, 1n, 0xffff_ffff_8000_0000n, 0x8000_0000n],
      ['amominu.w', 0x8000_0000n, 1n, 0xffff_ffff_8000_0000n, 1n],
      ['amomax.d', MIN64, 1n, MIN64, 1n],
      ['amomaxu.d', MIN64, 1n, MIN64, MIN64],
      ['amoxor.d', 6n, 3n, 6n, 5n],
      ['amoand.d', 6n, 3n, 6n, 2n],
      ['amoor.d', 6n, 3n, 6n, 7n],
    ]
    for (const [name, data, operand, old, next] of updates)
      test(`${name} returns the old value, sign-extended, and stores the new one`, () => {
        const machine = withData(data, [encode(name, registers)], operand)
        assert.equal(machine.hart(0).x(RD), old)
        assert.equal(machine.memory.read64(Number(DATA)), next)
      })

    test('SC without a reservation fails and stores nothing', () => {
      const machine = withData(9n, [encode('sc.d', registers)], 5n)
      assert.equal(machine.hart(0).x(RD), 1n)
      assert.equal(machine.memory.read64(Number(DATA)), 9n)
    })

    test('SC after LR of the same doubleword succeeds once', () => {
      const pair = [encode('lr.d', { rd: 4, rs1: A }), encode('sc.d', registers), encode('sc.d', { rd: 5, rs1: A, rs2: B })]
      const machine = withData(9n, pair, 5n)
      assert.deepEqual([machine.hart(0).x(4), machine.hart(0).x(RD), machine.hart(0).x(5)], [9n, 0n, 1n])
      assert.equal(machine.memory.read64(Number(DATA)), 5n)
    })

    test('SC to another address than the reserved one fails', () => {
      const words = [encode('lr.d', { rd: 4, rs1: A }), encode('addi', { rd: A, rs1: A, immediate: 8 }), encode('sc.d', registers)]
      assert.equal(withData(9n, words, 5n).hart(0).x(RD), 1n)
    })

    const misaligned: readonly (readonly [string, number, bigint])[] = [
      ['amoadd.w', 2, 6n],
      ['lr.w', 2, 4n],
      ['sc.d', 4, 6n],
    ]
    for (const [name, offset, cause] of misaligned)
      test(`a misaligned ${name} traps with cause ${cause} and the address, and does nothing`, () => {
        const words = [encode('addi', { rd: A, rs1: A, immediate: offset }), encode(name, registers)]
        const machine = withData(7n, words, ONES)
        assert.equal(machine.hart(0).csr(0x342), cause)
        assert.equal(machine.hart(0).csr(0x343), DATA + BigInt(offset))
        assert.equal(machine.hart(0).x(RD), 0n)
        assert.equal(machine.memory.read64(Number(DATA)), 7n)
      })

    test('code that a store has just changed runs as changed, without FENCE.I', () => {
      // The loop adds 1, then rewrites its own addi to add 16 (sw x2), and runs once more.
      const add = encode('addi', { rd: RD, rs1: RD, immediate: 1 })
      const changed = encode('addi', { rd: RD, rs1: RD, immediate: 16 })
      const machine = after(
        engine,
        [add, encode('sw', { rs1: A, rs2: B, immediate: 0 }), encode('jal', { rd: 0, immediate: -8 })],
        BigInt(RAM_BASE),
        BigInt(changed),
      )
      machine.run({ maxInstructions: 1 })
      assert.equal(machine.hart(0).x(RD), 17n)
    })
  })
}
