import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { JsonCursor } from './json-cursor.js'
import { messageId, printId } from './message-id.js'

const digits = fc.stringMatching(/^[0-9]{0,12}$/)
const texts = fc.oneof(
  digits,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('0', '00', '07', '7', '-7', '7.0', '1e3', '999999999', '1000000000'),
)

test('ids are equal exactly when their texts are, however the text is spelled', () => {
  const escape = (text: string, i: number): string => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`
  const spelled = (text: string, escapes: boolean): string =>
    escapes ? `"${Array.from({ length: text.length }, (_, i) => escape(text, i)).join('')}"` : JSON.stringify(text)
  const read = (json: string, isNew: boolean): string | number => {
    const cursor = new JsonCursor('f')
    cursor.start(Buffer.from(`${json}\n`), 0, 1)
    const id = isNew ? cursor.newId() : cursor.id()
    cursor.finishLine()
    return id
  }
  fc.assert(
    fc.property(texts, texts, fc.boolean(), fc.boolean(), (one, other, escapes, isNew) => {
      assert.equal(read(spelled(one, escapes), isNew) === read(spelled(other, !escapes), !isNew), one === other)
      assert.equal(read(spelled(one, escapes), isNew), messageId(one))
      assert.equal(printId(messageId(one)), JSON.stringify(one))
    }),
    { seed: 15, numRuns: 2000 },
  )
})

test('an id that is no text is refused, a number too', () => {
  const cursor = new JsonCursor('f')
  cursor.start(Buffer.from('7\n'), 0, 1)
  assert.throws(() => cursor.id(), { code: 'schema-violation' })
})
