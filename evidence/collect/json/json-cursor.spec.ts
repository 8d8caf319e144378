import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { JsonCursor } from './json-cursor.js'
import { ObjectForm } from './object-form.js'

function cursorAt(text: string): JsonCursor {
  const cursor = new JsonCursor('f')
  cursor.start(Buffer.from(`${text}\n`), 0, 7)
  return cursor
}

function accepts(text: string): boolean {
  try {
    const cursor = cursorAt(text)
    cursor.skip()
    cursor.finishLine()
    return true
  } catch {
    return false
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('what is passed over is checked as what is read', () => {
  const texts = [
    ['', false],
    ['{"a":1', false],
    ['{"a":1}}', false],
    ['{"a":1,}', false],
    ['[1,]', false],
    ['[1 2]', false],
    ['{"a" 1}', false],
    ['{a:1}', false],
    ['[01]', false],
    ['[1.]', false],
    ['[-]', false],
    ['[1e]', false],
    ['["\\x"]', false],
    ['["\\u12g4"]', false],
    ['["\t"]', false],
    ['[tru]', false],
    ['{"a":[}', false],
    ['[}', false],
    [' { "a" : [ 1 , -0.5e+3 , true , false , null , "\\u00e9\\n" ] } \r', true],
    ['0', true],
  ] as const
  for (const [text, good] of texts)
    test(`${JSON.stringify(text)} is ${good ? 'JSON' : 'refused'}`, () => {
      assert.equal(isJson(text), good)
      assert.equal(accepts(text), good)
    })

  test('a damaged text is accepted exactly when JSON.parse accepts it', () => {
    const damage = fc.array(fc.tuple(fc.nat(1000), fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '0', 'e', ' ', 't')), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), damage, (value, changes) => {
        let text = JSON.stringify(value)
        for (const [at, sign] of changes) {
          const i = at % (text.length + 1)
          text = text.slice(0, i) + sign + text.slice(i + 1)
        }
        assert.equal(accepts(text), isJson(text), text)
      }),
      { seed: 11, numRuns: 3000 },
    )
  })

  test('any value reads as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value)
        assert.deepEqual(cursorAt(text).value(), JSON.parse(text))
      }),
      { seed: 12, numRuns: 500 },
    )
  })

  test('absurd nesting is refused without a crash', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    assert.throws(() => cursorAt(deep).skip(), { code: 'malformed-json' })
  })
})

describe('members', () => {
  test('are met in any order, with names spelled in escapes, and null reads as absent', () => {
    const cursor = cursorAt('{"x":{"deep":[1,{"a":"no"}]},"\\u0061":"é\\n","b":null,"c":[null,"t"]}')
    const found: string[] = []
    assert.ok(cursor.enterObject())
    while (cursor.nextMember(new ObjectForm()))
      if (cursor.isMember('a')) found.push(cursor.text())
      else if (cursor.isMember('b')) found.push(cursor.textOr('none'))
      else cursor.skip()
    cursor.finishLine()
    assert.deepEqual(found, ['é\n', 'none'])
  })

  test('texts come back as they are, whether met before or not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom('PASSED', 'PASSEE', 'ab', 'ba'))),
        (texts) => {
          const cursor = cursorAt(JSON.stringify([...texts, ...texts]))
          assert.deepEqual(cursor.texts(), [...texts, ...texts])
        },
      ),
      { seed: 13, numRuns: 300 },
    )
  })

  const wrong: readonly (readonly [string, (cursor: JsonCursor) => unknown, RegExp])[] = [
    ['{"a":7}', (cursor) => cursor.text(), /^f:7: a is not a text/],
    ['{"a":"7"}', (cursor) => cursor.count(), /^f:7: a is not a non-negative integer/],
    ['{"a":-7}', (cursor) => cursor.count(), /a is not a non-negative integer/],
    ['{"a":7.5}', (cursor) => cursor.count(), /a is not a non-negative integer/],
    ['{"a":1}', (cursor) => cursor.boolean(), /a is not true or false/],
    ['{"a":[]}', (cursor) => cursor.enterObject(), /a is not an object/],
    ['{"a":{}}', (cursor) => cursor.enterList(), /a is not a list/],
    ['{"a":"x"}', (cursor) => cursor.oneOf(['y', 'z']), /a is not one of y, z/],
  ]
  for (const [text, read, message] of wrong)
    test(`${text} of another type is refused with its line`, () => {
      const cursor = cursorAt(text)
      cursor.enterObject()
      cursor.nextMember(new ObjectForm())
      assert.throws(() => read(cursor), { code: 'schema-violation', message })
    })
})
