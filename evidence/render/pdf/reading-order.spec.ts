import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { directionOf, inReadingOrder, mirroredText, type Direction } from './reading-order.js'

/** Parts of a line as their texts; capitals stand for right-to-left letters, as in UAX #9. */
const order = (...texts: readonly string[]): readonly string[] =>
  inReadingOrder(
    texts.map((text) => ({ text, direction: directionLike(text) })),
    (part) => ({ ...part, text: mirroredText(part.text) }),
  ).map(({ text }) => text)

function directionLike(text: string): Direction {
  return /[A-Z]/.test(text) ? 'right-to-left' : /[a-z]/.test(text) ? 'left-to-right' : 'neutral'
}

describe('order of a line, UAX #9', () => {
  for (const [title, written, read] of [
    ['a line of left-to-right words stays', ['one', ' ', 'two', '.'], ['one', ' ', 'two', '.']],
    [
      'right-to-left words in a sentence stand in their own order',
      ['the', ' ', 'A', ' ', 'B', ' ', 'end'],
      ['the', ' ', 'B', ' ', 'A', ' ', 'end'],
    ],
    [
      'a mark between them goes along, one after them does not',
      ['see', ' ', 'A', ',', ' ', 'B', '.'],
      ['see', ' ', 'B', ' ', ',', 'A', '.'],
    ],
    ['a line of such words alone is right-to-left as a whole', ['A', ' ', 'B', '.'], ['.', 'B', ' ', 'A']],
    ['a number between them keeps its digits', ['A', ' ', '12.5', ' ', 'B'], ['B', ' ', '12.5', ' ', 'A']],
    ['brackets turn', ['A', ' ', '(', 'B', ')', ' ', 'C'], ['C', ' ', '(', 'B', ')', ' ', 'A']],
    [
      'two groups with a word between them stay apart',
      ['A', ' ', 'B', ' ', 'and', ' ', 'C', ' ', 'D'],
      ['B', ' ', 'A', ' ', 'and', ' ', 'D', ' ', 'C'],
    ],
  ] as const)
    test(title, () => assert.deepEqual(order(...written), read))

  test('no part is lost or made', () => {
    const part = fc.record({ text: fc.string(), direction: fc.constantFrom<Direction>('left-to-right', 'right-to-left', 'neutral') })
    const sorted = (texts: readonly string[]) => [...texts].sort()
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const read = inReadingOrder(parts, (own) => own)
        assert.deepEqual(sorted(read.map(({ text }) => text)), sorted(parts.map(({ text }) => text)))
      }),
      { seed: 9, numRuns: 300 },
    )
  })

  test('letters decide the direction of a part', () =>
    assert.deepEqual(['שלום', 'قسم', 'kernel', 'ядро', '漢', '12.5', '(', ''].map(directionOf), [
      ...['right-to-left', 'right-to-left', 'left-to-right', 'left-to-right', 'left-to-right', 'neutral', 'neutral', 'neutral'],
    ]))
})
