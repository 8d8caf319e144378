import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { extractField } from '../encoding/fields.js'
import { INSTRUCTIONS } from '../encoding/instruction-table.js'
import { assemble } from './assemble.js'
import { constantSequence } from './value-sequences.js'

const BASE = 0x8000_0000

function words(source: string): number[] {
  const result = assemble(source, { file: 's.s', base: BASE })
  assert.ok(result.ok, result.ok ? '' : result.error.text)
  const { bytes } = result.value
  return Array.from({ length: bytes.length >> 2 }, (_, index) => new DataView(bytes.buffer).getUint32(index * 4, true))
}

/** What a sequence leaves in its register, by the definitions of the five instructions in RISC-V Unprivileged, RV64I. */
function run(sequence: readonly number[], pc = BigInt(BASE)): bigint {
  const registers = Array<bigint>(32).fill(0n)
  sequence.forEach((word, index) => {
    const { mnemonic } = INSTRUCTIONS.find(({ match, mask }) => (word & mask) >>> 0 === match) ?? { mnemonic: 'none' }
    const source = registers[extractField('rs1', word)] ?? 0n
    const low = BigInt(extractField('immediateI', word))
    const high = BigInt.asIntN(32, BigInt(extractField('immediateU', word)) << 12n)
    const results: Readonly<Record<string, bigint>> = {
      lui: high,
      auipc: pc + BigInt(index * 4) + high,
      addi: source + low,
      addiw: BigInt.asIntN(32, source + low),
      slli: source << BigInt(extractField('shamt6', word)),
    }
    const result = results[mnemonic]
    assert.notEqual(result, undefined, `a sequence has no ${mnemonic}`)
    registers[extractField('rd', word)] = BigInt.asIntN(64, result ?? 0n)
    registers[0] = 0n
  })
  return registers[10] ?? 0n
}

describe('li', () => {
  test('loads any 64-bit value in at most eight instructions', () => {
    fc.assert(
      fc.property(fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), edge()), (value) => {
        const sequence = constantSequence(10, value)
        assert.ok(sequence.length <= 8)
        assert.equal(run(sequence), value)
      }),
      { seed: 20_260_101, numRuns: 2000 },
    )
  })

  /** Near powers of two, where sign extension and rounding of the low part meet. */
  function edge(): fc.Arbitrary<bigint> {
    return fc
      .tuple(fc.integer({ min: 0, max: 63 }), fc.bigInt(-4097n, 4097n))
      .map(([exponent, distance]) => BigInt.asIntN(64, (1n << BigInt(exponent)) + distance))
  }

  const LENGTHS: readonly (readonly [value: string, length: number])[] = [
    ['0', 1],
    ['-2048', 1],
    ['2047', 1],
    ['2048', 2],
    ['0x1000', 1],
    ['0x7fffffff', 2],
    ['-0x80000000', 1],
    ['0x80000000', 2],
    ['0xffffffffffffffff', 1],
    ['0x123456789abcdef0', 8],
  ]
  for (const [value, length] of LENGTHS)
    test(`li a0, ${value} takes ${length}`, () => {
      assert.equal(words(`li a0, ${value}`).length, length)
    })

  test('a value that depends on labels takes two, the same before and after its labels', () => {
    const [lui, addiw] = words('li a0, end - start\nstart: .zero 0x1804\nend:')
    assert.equal(run([lui ?? 0, addiw ?? 0]), 0x1804n)
  })

  test('a constant defined further down takes two', () => {
    const sequence = words('li a0, X\n.equ X, -5')
    assert.deepEqual([sequence.length, run(sequence)], [2, -5n])
  })
})

describe('la', () => {
  test('is always AUIPC and ADDI, and reaches labels on both sides', () => {
    for (const distance of [0, 2044, 2048, 2052, 0x7ffc, 0x12345678 % 0x100000]) {
      const [auipc, addi] = words(`la a0, x\n.zero ${distance}\nx:`)
      assert.equal(BigInt.asUintN(64, run([auipc ?? 0, addi ?? 0])), BigInt(BASE + 8 + distance), `distance ${distance}`)
      const back = words(`x: .zero ${distance}\nla a0, x`).slice(-2)
      assert.equal(BigInt.asUintN(64, run(back, BigInt(BASE + distance))), BigInt(BASE), `distance -${distance}`)
    }
  })

  test('lla is the same', () => {
    assert.deepEqual(words('lla a0, .'), words('la a0, .'))
  })
})

describe('far jumps and accesses to symbols', () => {
  const CASES: readonly (readonly [pseudo: string, base: string])[] = [
    ['call f', 'auipc ra, 2; jalr ra, -2040(ra)'],
    ['tail f', 'auipc t1, 2; jalr x0, -2040(t1)'],
    ['lw a0, f', 'auipc a0, 2; lw a0, -2040(a0)'],
    ['ld a0, f + 8', 'auipc a0, 2; ld a0, -2032(a0)'],
    ['sd a0, f, t0', 'auipc t0, 2; sd a0, -2040(t0)'],
    ['1: auipc a0, %pcrel_hi(f); addi a0, a0, %pcrel_lo(1b)', 'auipc a0, 2; addi a0, a0, -2040'],
  ]
  for (const [pseudo, base] of CASES)
    test(pseudo, () => {
      const rest = '\n.zero 6144\nf: .dword 0, 0' // f lies 8 + 6144 = 0x2000 - 2040 bytes on
      assert.deepEqual(words(pseudo + rest), words(base + rest))
    })

  test('%hi and %lo meet at the value although the low part is signed', () => {
    for (const value of ['0x12345fff', '0x12345800', '0x123457ff', '-1'])
      assert.equal(run(words(`lui a0, %hi(${value}); addi a0, a0, %lo(${value})`)), BigInt(value))
  })
})
