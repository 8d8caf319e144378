import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { missingSignsText, withMissingSigns } from './missing-signs.js'
import { createNumbering } from './numbering.js'
import type { DocumentPlan } from './document-plan.js'

const plan: DocumentPlan = {
  title: 't',
  subtitle: 's',
  system: 'x',
  dirty: false,
  parts: [{ id: 'one', number: '3', title: 'One', page: 'one' }],
  numbering: createNumbering([]),
  *chunks() {
    yield { part: { id: 'one', number: '3', title: 'One', page: 'one' }, template: 'one', front: false, context: {} }
  },
}

describe('characters that no font has', () => {
  test('where there is none, nothing is added and nothing is told', () => {
    assert.equal([...withMissingSigns(plan, () => new Map()).chunks()].length, 1)
    assert.equal(missingSignsText(new Map()), null)
  })

  test('those of the last chunk before are told as well: the part is made when all others have been printed', () => {
    const missing = new Map<string, number>()
    const chunks = withMissingSigns(plan, () => missing).chunks()
    const printed = []
    for (const chunk of chunks) {
      printed.push(chunk)
      if (chunk.template === 'one') missing.set('漢', 2).set('𠀀', 1)
    }
    const last = printed.at(-1)
    assert.ok(last !== undefined)
    assert.equal(last.part.number, '4')
    assert.deepEqual((last.context as { readonly rows: unknown }).rows, [
      { number: 'U+6F22', count: 2 },
      { number: 'U+20000', count: 1 },
    ])
    assert.match(missingSignsText(missing) ?? '', /^3 characters \(2 different\)/)
  })
})
