/** Addresses: every view has one, and one that nobody made leads somewhere harmless. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { formatRoute, itemAddress, pages, parseRoute } from './route.js'

describe('Address of a view', () => {
  for (const hash of ['', '#', '#/', '#main', '#/nowhere', '#/constructor', '#%', '#/%E0%A4%A', '#/__proto__/x'])
    test(`${JSON.stringify(hash)} leads to the overview`, () => {
      assert.equal(parseRoute(hash).page, 'overview')
    })

  test('a text that is not encoded well is taken as it stands', () => {
    assert.equal(parseRoute('#/requirements/100%').item, '100%')
    assert.equal(parseRoute('#/requirements/R-1?q=5%').query.get('q'), '5%')
  })

  test('an id with a slash, a question mark or a sign of its own is one id', () => {
    assert.equal(itemAddress('requirements', 'FCS_COP.1/Hash'), '#/requirements/FCS_COP.1%2FHash')
    assert.equal(parseRoute('#/requirements/FCS_COP.1%2FHash').item, 'FCS_COP.1/Hash')
  })

  test('page, item, search and filters come back from the address', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 })
    fc.assert(
      fc.property(fc.constantFrom(...pages), fc.option(text), fc.dictionary(text, text, { noNullPrototype: true }), (page, item, query) => {
        const route = { page, item, query: new Map(Object.entries(query)) }
        assert.deepEqual(parseRoute(formatRoute(route)), route)
      }),
      { seed: 8, numRuns: 500 },
    )
  })

  test('a lone surrogate does not break the link', () => {
    assert.equal(itemAddress('tests', 'a\ud800b'), '#/tests/ab')
  })
})
