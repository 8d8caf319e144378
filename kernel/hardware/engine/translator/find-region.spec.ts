import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../../programs/assembler/assemble.js'
import { findRegion, MOST_INSTRUCTIONS, type CodeSource } from './find-region.js'
import { successorsOf, type Region } from './region.js'

const BASE = 0x8000_0000

/** Code whose pages lie at their address less BASE; `unknown` is a page that the fetch TLB does not have. */
function regionOf(source: string, { entry = BASE, unknown = -1 } = {}): Region | undefined {
  const assembled = assemble(source, { file: 'region', base: BASE, symbols: {} })
  assert.ok(assembled.ok, assembled.ok ? '' : assembled.error.text)
  const bytes = new DataView(new Uint8Array([...assembled.value.bytes, ...Array.from({ length: 8 }, () => 0)]).buffer)
  const code: CodeSource = {
    page: (address) => (Number(address) === unknown ? undefined : Number(address) - BASE),
    word: (place) => (place + 4 <= bytes.byteLength ? bytes.getUint32(place, true) : 0),
    collide: () => false,
    setting: undefined,
  }
  return findRegion(BigInt(entry), code)
}

const names = (region: Region | undefined): string[][] =>
  region?.blocks.map(({ instructions }) => instructions.map(({ decoded }) => decoded.instruction.name)) ?? []

describe('What is translated together', () => {
  test('nothing when the instruction at the entry has no translation', () => assert.equal(regionOf('wfi\n addi a0, a0, 1'), undefined))
  test('nothing when the bits there are no instruction', () => assert.equal(regionOf('.word 0'), undefined))
  test('nothing from a page that the fetch TLB does not know', () => assert.equal(regionOf('addi a0, a0, 1', { unknown: BASE }), undefined))

  test('a page that the fetch TLB does not know is outside, the code before it is not', () => {
    const region = regionOf(`.org 0xffc\n addi a0, a0, 1\n addi a0, a0, 2`, { entry: BASE + 0xffc, unknown: BASE + 0x1000 })
    assert.deepEqual(names(region), [['addi']])
    assert.deepEqual(region?.blocks[0]?.ending, { kind: 'goto', to: { outside: 4 } })
  })

  test('an instruction in two pages is outside: its halves may be mapped to anywhere', () => {
    const region = regionOf(`.org 0xffc\n .half 0x0505\n .word 0x00150513`, { entry: BASE + 0xffc })
    assert.deepEqual(names(region), [['addi']])
  })

  test('a loop is a block that succeeds itself', () => {
    const region = regionOf('1: addi a0, a0, -1\n bnez a0, 1b\n wfi')
    const [block] = region?.blocks ?? []
    assert.ok(block !== undefined)
    assert.deepEqual(successorsOf(block), [block])
  })

  test('a call is followed, and its return goes where the call came from', () => {
    const region = regionOf('jal ra, f\n addi a0, a0, 1\n wfi\n f: addi a0, a0, 2\n ret')
    assert.deepEqual(names(region), [['jal'], ['addi', 'jalr'], ['addi']])
    const ending = region?.blocks[1]?.ending
    assert.ok(ending?.kind === 'return')
    assert.equal(ending.expected, 4)
  })

  test('two calls get two copies of the callee: a return has one place to go', () => {
    const region = regionOf('jal ra, f\n jal ra, f\n wfi\n f: addi a0, a0, 2\n ret')
    assert.equal(names(region).filter((block) => block.join() === 'addi,jalr').length, 2)
  })

  test('a recursive call leaves the region', () => {
    const region = regionOf('jal ra, f\n wfi\n f: jal ra, f\n ret')
    const calls = region?.blocks.filter(({ instructions }) => instructions.at(-1)?.decoded.instruction.name === 'jal') ?? []
    assert.equal(calls.length, 2)
    assert.deepEqual(calls[1]?.ending, { kind: 'goto', to: { outside: 8 } })
  })

  test('a return from the function at the entry computes its target', () => {
    assert.deepEqual(regionOf('addi a0, a0, 1\n ret')?.blocks[0]?.ending, { kind: 'indirect' })
  })

  test(`at most ${MOST_INSTRUCTIONS} instructions, and no block of more than 64`, () => {
    const region = regionOf('addi a0, a0, 1\n'.repeat(MOST_INSTRUCTIONS + 100))
    const lengths = region?.blocks.map(({ instructions }) => instructions.length) ?? []
    assert.equal(
      lengths.reduce((sum, length) => sum + length, 0),
      MOST_INSTRUCTIONS,
    )
    assert.ok(Math.max(...lengths) <= 64)
  })
})
