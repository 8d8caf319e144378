/** Data files: whatever a source says, the page receives that value and nothing else runs. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import fc from 'fast-check'
import { writeDataFile } from './data-file.js'

/** What is written for the value. */
function dataFile(name: string, value: unknown): string {
  let text = ''
  const refuse = (): never => assert.fail('a whole file')
  const open = (path: string) => ({
    add: (piece: string | Uint8Array) => void (text += piece instanceof Uint8Array ? refuse() : piece),
    end: () => assert.equal(path, `explorer/data/${name}.js`),
  })
  writeDataFile({ open, write: refuse }, name, value)
  return text
}

function received(file: string): { readonly name: string; readonly json: string } {
  const calls: { readonly name: string; readonly json: string }[] = []
  const context = createContext({ explorerData: (name: string, value: unknown) => calls.push({ name, json: JSON.stringify(value) }) })
  runInContext(file, context)
  assert.equal(calls.length, 1)
  return calls[0]!
}

describe('Data file', () => {
  test('no text of the data can end the script or start markup', () => {
    const file = dataFile('x', ['</script><script>attack()</script>', '<!--', ']]>', 'a\u2028b\u2029c'])
    assert.doesNotMatch(file, /[<\u2028\u2029]/)
  })

  test('any value arrives as it was given', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        assert.equal(received(dataFile('x', value)).json, JSON.stringify(value))
      }),
      { seed: 8, numRuns: 500 },
    )
  })

  test('a record with the key __proto__ stays data', () => {
    const file = dataFile('x', JSON.parse('{"__proto__":{"polluted":1}}'))
    assert.equal(runInContext(`${file};({}).polluted`, createContext({ explorerData: () => undefined })), undefined)
  })
})
