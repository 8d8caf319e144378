/** Sources that nobody would write: each is accepted or refused with a line; none is a defect of the compiler. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { GUARDED_SYSTEM } from '../../../../test/kernel/guarded-system.js'
import { VALID_SYSTEM } from '../../../../test/kernel/valid-system.js'
import { ConfigurationError } from '../source/configuration-error.js'
import { decodeVector } from '../vector.js'
import { compileSystem } from './compile.js'

/** Names, numbers and words of both systems, and values at the edges of what the schema lets through. */
const WORDS = [...new Set(`${VALID_SYSTEM} ${GUARDED_SYSTEM}`.match(/[A-Za-z0-9_-]+/g))]
const EDGES = [
  '0',
  '1',
  '-1',
  '1.5',
  '4095',
  '4096',
  '65536',
  '4294967295',
  '4294967296',
  '9007199254740991',
  '1e300',
  '"0xffffffffffffffff"',
  'true',
  'null',
  '~',
  '[]',
  '{}',
  '"16 KiB"',
  '512 MiB',
  '999999999 MiB',
  'all',
  '__proto__',
  'constructor',
]

const edit = fc.record({ at: fc.nat(), by: fc.constantFrom(...WORDS, ...EDGES) })

/** Replaces some of the words and numbers of a text. */
function edited(text: string, edits: readonly { readonly at: number; readonly by: string }[]): string {
  const parts = text.split(/([A-Za-z0-9_-]+)/)
  const words = Math.floor(parts.length / 2)
  for (const { at, by } of edits) parts[2 * (at % words) + 1] = by
  return parts.join('')
}

function judged(text: string): string {
  try {
    const { configuration, vector } = compileSystem('system.yaml', text)
    const decoded = decodeVector(vector)
    assert.ok(decoded.ok && decoded.value.name === configuration.name, 'the kernel accepts what the compiler accepts')
    return 'accepted'
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    assert.match(error.message, /^system\.yaml:\d+: [a-z-]+: [^\n]+; remedy: [^\n]+$/)
    return error.code
  }
}

describe('A source with words exchanged', () => {
  for (const [name, text] of Object.entries({ VALID_SYSTEM, GUARDED_SYSTEM }))
    test(`is accepted, or refused in one line: ${name}`, () => {
      const seen = new Set<string>()
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => void seen.add(judged(edited(text, edits)))),
        { seed: 77, numRuns: 400 },
      )
      for (const outcome of ['schema', 'rule', 'yaml']) assert.ok(seen.has(outcome), outcome)
    })

  test('is refused in one line where one object is repeated without end', () => {
    const line = '  - { name: low, code: 4 KiB, data: 4 KiB }\n'
    assert.equal(judged(GUARDED_SYSTEM.replace(line, line.repeat(2000))), 'rule')
  })
})
