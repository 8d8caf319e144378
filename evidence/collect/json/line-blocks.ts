/**
 * A stream of bytes as blocks of whole lines. A line longer than the bound is refused before it is held in memory; bytes that are no
 * UTF-8 are refused instead of being replaced by U+FFFD. Every block ends with a line end, also when the stream does not. A chunk may
 * be overwritten once the next one is asked for: what is kept of it is copied.
 */
import { isUtf8 } from 'node:buffer'
import { EvidenceError } from '../../model/errors.js'

/** 64 MiB: a message with an attached picture fits, a stream without line ends does not. */
export const maxLineBytes = 64 * 1024 * 1024

const NEWLINE = 10
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

export interface LineBlock {
  readonly bytes: Buffer
  /** Where it begins in the stream, in bytes. */
  readonly offset: number
  /** Number of its first line, from 1. */
  readonly line: number
  /** False for the last block of a stream whose last line has no end of its own. */
  readonly ended: boolean
}

/**
 * `read` takes a block and answers the number of the line that follows it: it meets every line end anyway.
 * @throws EvidenceError `line-too-long`, `wrong-encoding`
 */
export async function readBlocks(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  read: (block: LineBlock) => number,
  bound = maxLineBytes,
): Promise<void> {
  let pending: Buffer[] = []
  let pendingBytes = 0
  let line = 1
  let offset = 0
  const hand = (bytes: Buffer, ended = true): void => {
    const body = line === 1 && bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes
    checkLines(file, line, body, bound)
    line = read({ bytes: body, offset: offset + bytes.length - body.length, line, ended })
    offset += bytes.length
  }
  for await (const chunk of chunks) {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const first = pendingBytes > 0 ? bytes.indexOf(NEWLINE) : -1
    if (first >= 0) {
      hand(Buffer.concat([...pending, bytes.subarray(0, first + 1)]))
      pending = []
      pendingBytes = 0
      bytes = bytes.subarray(first + 1)
    }
    const end = bytes.lastIndexOf(NEWLINE) + 1
    if (end > 0) hand(bytes.subarray(0, end))
    if (end === bytes.length) continue
    pending.push(Buffer.from(bytes.subarray(end)))
    pendingBytes += bytes.length - end
    if (pendingBytes > bound) throw tooLong(file, line, bound)
  }
  if (pendingBytes > 0) hand(Buffer.concat([...pending, Buffer.from([NEWLINE])]), false)
}

/** A block within the bound has no line beyond it. */
function checkLines(file: string, line: number, bytes: Buffer, bound: number): void {
  const valid = isUtf8(bytes)
  if (valid && bytes.length <= bound) return
  let at = line
  for (let start = 0; start < bytes.length; at += 1) {
    const end = bytes.indexOf(NEWLINE, start)
    if (end - start > bound) throw tooLong(file, at, bound)
    if (!valid && !isUtf8(bytes.subarray(start, end)))
      throw new EvidenceError('wrong-encoding', { file, line: at }, 'bytes that are not UTF-8', 'save the file as UTF-8')
    start = end + 1
  }
}

function tooLong(file: string, line: number, bound: number): EvidenceError {
  return new EvidenceError(
    'line-too-long',
    { file, line },
    `line of more than ${bound} bytes`,
    'give a file with one JSON message per line',
  )
}
