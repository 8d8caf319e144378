import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { JsonCursor } from './json-cursor.js'
import { ObjectForm } from './object-form.js'

/** Names and numbers of every object of a list, read with one form for all of them. */
function membersOf(text: string, form: ObjectForm): [string, number][][] {
  const cursor = new JsonCursor('f')
  cursor.start(Buffer.from(`${text}\n`), 0, 1)
  const objects: [string, number][][] = []
  assert.ok(cursor.enterList())
  while (cursor.nextItem()) {
    const members: [string, number][] = []
    assert.ok(cursor.enterObject())
    while (cursor.nextMember(form)) members.push([cursor.member, cursor.count()])
    objects.push(members)
  }
  cursor.finishLine()
  return objects
}

describe('members are what the text says, whatever the form expects', () => {
  test('objects of any names in any order, after any others', () => {
    const name = fc.oneof(
      fc.constantFrom('id', 'idx', 'i', '', 'name', '__proto__', 'é', 'a"b', '\\'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    const objects = fc.array(fc.array(fc.tuple(name, fc.nat(99)), { maxLength: 5 }), { maxLength: 12 })
    fc.assert(
      fc.property(objects, fc.constantFrom('', ' '), (expected, space) => {
        const printed = expected.map(
          (members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}${space}:${value}`).join(`${space},`)}}`,
        )
        assert.deepEqual(membersOf(`[${printed.join(',')}]`, new ObjectForm()), expected)
      }),
      { seed: 14, numRuns: 2000 },
    )
  })

  test('more names than a form holds', () => {
    const members = Array.from({ length: 100 }, (_, i): [string, number] => [`name${i}`, i])
    const object = `{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}`
    assert.deepEqual(membersOf(`[${object},${object}]`, new ObjectForm()), [members, members])
  })

  for (const text of [
    '[{"a":1,"b":2},{"a":1"b":2}]',
    '[{"a":1,"b":2},{"a":1,,"b":2}]',
    '[{"a":1,"b":2},{,"a":1}]',
    '[{"a":1,"b":2},{"a":1,}]',
    '[{"a":1},{"a"}]',
  ])
    test(`${text} is refused: what was expected stands there, and not as JSON has it`, () =>
      assert.throws(() => membersOf(text, new ObjectForm()), { code: 'malformed-json' }))
})
