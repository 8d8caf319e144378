import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { JsonOutline } from './json-outline.js'

const outlineOf = (text: string): JsonOutline => new JsonOutline('f', text)
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

describe('outline of a JSON text', () => {
  test('the entries of any place are those of JSON.parse, in their order, none for a scalar', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4, noUnicodeString: false }), fc.constantFrom(undefined, 2), (value, indent) => {
        const outline = outlineOf(JSON.stringify(value, null, indent))
        const check = (place: unknown, path: readonly string[]): void => {
          const names = outline.entries(path).map(({ name }) => name)
          const isList = Array.isArray(place)
          assert.deepEqual(
            names,
            isList ? place.map(() => '') : isRecord(place) ? Object.keys(place).filter((name) => name !== '__proto__') : [],
          )
          if (!isList && isRecord(place)) for (const [name, inner] of Object.entries(place)) check(inner, [...path, name])
        }
        // Integers among the names come first in an object, wherever they stand in the text.
        fc.pre(!/"(?:\d+|__proto__)":/.test(JSON.stringify(value)))
        check(value, [])
      }),
      { seed: 31, numRuns: 1000 },
    )
  })

  test('an entry stands on the line where it begins, its name included', () => {
    const text = '{\n"a":\n[1,\n\n{"x":[\n2]},"]\\"["\n],"b":{"c"\n:3,\n"d":[]}}'
    const lines = (...path: readonly string[]): unknown =>
      outlineOf(text)
        .entries(path)
        .map(({ name, line }) => `${name}:${line}`)
    assert.deepEqual(lines(), ['a:2', 'b:7'])
    assert.deepEqual(lines('a'), [':3', ':5', ':6'])
    assert.deepEqual(lines('b'), ['c:7', 'd:9'])
    assert.deepEqual(lines('b', 'c'), [])
    assert.deepEqual(lines('c'), [])
  })

  test('numbers that JavaScript would change are found, and no others', () => {
    const numbers = ['0', '-1', '999999999999999', '-0', '1.0', '1.50', '1e3', '1.5', '9007199254740993', '100000000000000000000', '0.1']
    const changed = numbers.filter((number) => String(Number(number)) !== number)
    const text = `{"1.0":[${numbers.join(' ,')}]}`
    const { unfaithful, members } = outlineOf(text)
    const found = unfaithful.flatMap((start, i) => (i % 2 === 0 ? [text.slice(start, unfaithful[i + 1])] : []))
    assert.deepEqual(found, changed)
    assert.equal(members, 1)
  })
})
