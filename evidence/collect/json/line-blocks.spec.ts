import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readBlocks } from './line-blocks.js'

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

interface NumberedLine {
  readonly line: number
  readonly text: string
}

/** Blocks cut into their lines; empty ones left out. */
async function linesOf(source: string | Uint8Array | AsyncIterable<Uint8Array>, size = 7, bound?: number): Promise<NumberedLine[]> {
  const lines: NumberedLine[] = []
  const chunks = typeof source === 'string' || source instanceof Uint8Array ? pieces(Buffer.from(source), size) : source
  await readBlocks(
    'f',
    chunks,
    ({ bytes, line }) => {
      const texts = bytes.toString('utf8').split('\n').slice(0, -1)
      lines.push(...texts.map((text, i) => ({ line: line + i, text: text.replace(/\r$/, '') })).filter(({ text }) => text !== ''))
      return line + texts.length
    },
    bound,
  )
  return lines
}

describe('lines of a byte stream', () => {
  test('a line over the bound is refused with its number, before its end is seen', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{}\n')
      for (;;) yield Buffer.alloc(1024, 97)
    }
    await assert.rejects(linesOf(endless(), 7, 4096), { code: 'line-too-long', message: /^f:2: / })
  })

  test('the bound itself is allowed, one byte more is not', async () => {
    assert.equal((await linesOf('abcd\n', 3, 4)).length, 1)
    await assert.rejects(linesOf('abcde\n', 3, 4), { code: 'line-too-long' })
    await assert.rejects(linesOf('abcde', 100, 4), { code: 'line-too-long' })
  })

  test('bytes that are no UTF-8 are refused, also when the character is cut by the end', async () => {
    await assert.rejects(linesOf(Buffer.from([0x7b, 0x7d, 10, 0xff])), { code: 'wrong-encoding', message: /^f:2: / })
    await assert.rejects(linesOf(Buffer.from('é').subarray(0, 1)), { code: 'wrong-encoding' })
  })

  test('UTF-16 of plain letters is valid UTF-8 with zero bytes, and no JSON', async () => {
    assert.match((await linesOf(Buffer.from('{}\n', 'utf16le')))[0]!.text, /\0/)
  })

  test('byte order mark, CRLF, blank lines and a missing last line end', async () => {
    assert.deepEqual(await linesOf('\ufeffa\r\n\r\n\nb'), [
      { line: 1, text: 'a' },
      { line: 4, text: 'b' },
    ])
  })

  test('a block says whether its last line had an end', async () => {
    const ends: boolean[] = []
    await readBlocks('f', pieces(Buffer.from('a\nb'), 9), ({ line, ended }) => (ends.push(ended), line + 1))
    assert.deepEqual(ends, [true, false])
  })

  test('however the bytes are cut, the lines are the same', async () => {
    const line = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replace(/[\n\r\ufeff]/g, ''))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), fc.integer({ min: 1, max: 50 }), async (lines, size) => {
        const expected = lines.flatMap((text, i) => (text === '' ? [] : [{ line: i + 1, text }]))
        assert.deepEqual(await linesOf(lines.map((text) => `${text}\n`).join(''), size), expected)
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})
