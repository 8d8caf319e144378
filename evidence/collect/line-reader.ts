/**
 * Lines of a stream of bytes, with their numbers. A line longer than the bound is refused before it is held in memory; bytes that are
 * no UTF-8 are refused instead of being replaced by U+FFFD. `\n` ends a line, a `\r` before it is dropped, an empty line is skipped.
 */
import { isUtf8 } from 'node:buffer'
import { EvidenceError } from '../model/errors.js'

/** 64 MiB: a message with an attached picture fits, a stream without line ends does not. */
export const maxLineBytes = 64 * 1024 * 1024

const NEWLINE = 10
const BYTE_ORDER_MARK = '\ufeff'

export interface NumberedLine {
  /** 1-based. */
  readonly line: number
  readonly text: string
}

/** @throws EvidenceError `line-too-long`, `wrong-encoding` */
export async function* readLines(file: string, chunks: AsyncIterable<Uint8Array>, bound = maxLineBytes): AsyncGenerator<NumberedLine> {
  let pending: Uint8Array[] = []
  let pendingBytes = 0
  let line = 1
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      checkBound(file, line, pendingBytes + end - start, bound)
      const text = decode(file, line, [...pending, chunk.subarray(start, end)])
      if (text !== '') yield { line, text }
      pending = []
      pendingBytes = 0
      line += 1
      start = end + 1
    }
    if (start < chunk.length) pending.push(chunk.subarray(start))
    pendingBytes += chunk.length - start
    checkBound(file, line, pendingBytes, bound)
  }
  const text = decode(file, line, pending)
  if (text !== '') yield { line, text }
}

function checkBound(file: string, line: number, bytes: number, bound: number): void {
  if (bytes > bound)
    throw new EvidenceError(
      'line-too-long',
      { file, line },
      `line of more than ${bound} bytes`,
      'give a file with one JSON message per line',
    )
}

function decode(file: string, line: number, parts: readonly Uint8Array[]): string {
  const [first] = parts
  if (first === undefined) return ''
  const bytes = parts.length === 1 ? Buffer.from(first.buffer, first.byteOffset, first.byteLength) : Buffer.concat(parts)
  if (!isUtf8(bytes)) throw new EvidenceError('wrong-encoding', { file, line }, 'bytes that are not UTF-8', 'save the file as UTF-8')
  const text = bytes.toString('utf8')
  const body = line === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  return body.endsWith('\r') ? body.slice(0, -1) : body
}
