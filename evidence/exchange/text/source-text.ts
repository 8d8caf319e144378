/**
 * A whole input file as text. UTF-8 with or without a byte-order mark; anything else is refused with the line of the first wrong byte
 * instead of being replaced by U+FFFD. Sizes in bytes.
 */
import { isUtf8 } from 'node:buffer'
import { open, type FileHandle } from 'node:fs/promises'
import type { InputFile } from '../../items/reader.js'
import { EvidenceError } from '../../model/errors.js'

/** 256 MiB: a text of V8 holds 2^29 characters, and 100,000 requirements take a tenth of this. */
export const maxTextBytes = 256 * 1024 * 1024

const NEWLINE = 10

/** @throws EvidenceError `unreadable-file`, `too-large`, `wrong-encoding` */
export async function readSourceText({ name, path }: InputFile, limit = maxTextBytes): Promise<string> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'r')
    const stat = await handle.stat()
    if (!stat.isFile()) throw new EvidenceError('unreadable-file', { file: name }, 'no regular file', 'name a file')
    if (stat.size > limit)
      throw new EvidenceError('too-large', { file: name }, `${stat.size} bytes, more than ${limit}`, 'split it into several files')
    return decodeSourceText(name, await handle.readFile())
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause
    throw new EvidenceError('unreadable-file', { file: name }, 'cannot be read', 'check name and permissions', { cause })
  } finally {
    await handle?.close()
  }
}

/** @throws EvidenceError `wrong-encoding` also for a NUL byte: UTF-16 without a mark looks like text with NUL bytes in it. */
export function decodeSourceText(file: string, bytes: Buffer): string {
  const nul = bytes.indexOf(0)
  if (nul >= 0) throw wrongEncoding(file, lineAt(bytes, nul))
  if (!isUtf8(bytes)) throw wrongEncoding(file, lineOfWrongByte(bytes))
  const start = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  return bytes.toString('utf8', start)
}

function wrongEncoding(file: string, line: number): EvidenceError {
  return new EvidenceError('wrong-encoding', { file, line }, 'bytes that are not UTF-8 text', 'save the file as UTF-8')
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1
  for (let at = bytes.indexOf(NEWLINE); at >= 0 && at < offset; at = bytes.indexOf(NEWLINE, at + 1)) line += 1
  return line
}

function lineOfWrongByte(bytes: Buffer): number {
  let line = 1
  let start = 0
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line
    start = end + 1
    line += 1
  }
  return line
}
