import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../common/units.js'
import { Machine } from '../hardware/machine.js'
import { dumpHart } from './hart-dump.js'

describe('Dump of a hart', () => {
  const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine: 'reference', resetVector: 0x8000_0000 })
  machine.hart(0).setX(10, 0x1234n)
  machine.hart(0).setCsr(0x340, 0xabcdn)
  const lines = dumpHart(machine.hart(0))

  test('begins with where the hart stands', () => assert.equal(lines[0], 'hart 0: pc 0000000080000000, M-mode, 0 instructions, 0 cycles'))

  test('has every register, and CSRs that are not zero', () => {
    const text = lines.join('\n')
    assert.ok(text.includes('a0 0000000000001234'))
    assert.ok(text.includes('mscratch 000000000000abcd'))
    assert.equal(/\bzero 0{16}\b/u.test(text), true)
    assert.equal(text.includes('scause'), false)
  })
})
