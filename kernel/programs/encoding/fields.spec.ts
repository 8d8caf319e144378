import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { extractField, fieldMask, FIELDS, insertField, type Field, type FieldName } from './fields.js'

const NAMES: readonly FieldName[] = Object.keys(FIELDS).filter((name): name is FieldName => name in FIELDS)

describe('operand fields, RISC-V Unprivileged "Immediate Encoding Variants"', () => {
  for (const name of NAMES)
    test(`${name}: what is inserted is extracted, whatever the other bits are`, () => {
      const { minimum, maximum, step }: Field = FIELDS[name]
      const values = fc.integer({ min: minimum / step, max: maximum / step }).map((value) => value * step)
      const property = fc.property(values, fc.integer({ min: 0, max: 0xffffffff }), (value, noise) => {
        const word = (insertField(name, value) | (noise & ~fieldMask(name))) >>> 0
        assert.equal(extractField(name, word), value)
      })
      fc.assert(property, {
        seed: 7,
        numRuns: 300,
        examples: [[minimum, 0xffffffff] as const, [maximum, 0] as const].map(([a, b]) => [a, b]),
      })
    })
})
