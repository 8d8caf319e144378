import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readLines, type NumberedLine } from './line-reader.js'

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function linesOf(text: string | Uint8Array, size = 7, bound?: number): Promise<NumberedLine[]> {
  const lines: NumberedLine[] = []
  for await (const line of readLines('f', pieces(Buffer.from(text), size), bound)) lines.push(line)
  return lines
}

describe('lines of a byte stream', () => {
  test('a line over the bound is refused with its number, before its end is seen', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{}\n')
      for (;;) yield Buffer.alloc(1024, 97)
    }
    const read = async (): Promise<void> => {
      for await (const { line } of readLines('f', endless(), 4096)) assert.equal(line, 1)
    }
    await assert.rejects(read, { code: 'line-too-long', message: /^f:2: / })
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
