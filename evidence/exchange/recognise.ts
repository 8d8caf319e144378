/**
 * Picks the reader of a file by its first bytes, and by its name where several readers know those. A file that none knows, or that
 * several do, is refused: a guess could read a requirement as something else.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { EvidenceError } from '../model/errors.js'
import type { InputFile, Reader } from '../items/reader.js'

/** What a reader may judge by, bytes. */
const headBytes = 64 * 1024

export interface Recognised<Result> {
  readonly reader: Reader<Result>
  readonly files: readonly InputFile[]
}

/** Files of one format are one source; sources in the order of their first file. @throws EvidenceError `unknown-format`, `unreadable-file` */
export function recognise<Result>(readers: readonly Reader<Result>[], files: readonly InputFile[]): readonly Recognised<Result>[] {
  const found = new Map<Reader<Result>, InputFile[]>()
  for (const file of files) {
    const reader = readerOf(readers, file)
    const known = found.get(reader)
    if (known === undefined) found.set(reader, [file])
    else known.push(file)
  }
  return [...found].map(([reader, own]) => ({ reader, files: own }))
}

/** Null: no reader knows it. @throws EvidenceError where several do. */
export function findReader<Result>(readers: readonly Reader<Result>[], file: InputFile): Reader<Result> | null {
  const head = headOf(file)
  const name = file.name.toLowerCase()
  const all = readers.filter((reader) => reader.recognises(head, file.name))
  const byName = all.length < 2 ? all : all.filter(({ extensions }) => extensions.some((extension) => name.endsWith(extension)))
  const [first, second] = byName.length === 0 ? all : byName
  if (first === undefined) return null
  if (second === undefined) return first
  throw new EvidenceError(
    'unknown-format',
    { file: file.name },
    `could be ${all.map(({ format }) => format).join(' or ')}`,
    'give the file the extension of its format',
  )
}

function readerOf<Result>(readers: readonly Reader<Result>[], file: InputFile): Reader<Result> {
  const reader = findReader(readers, file)
  if (reader !== null) return reader
  const known = readers.map(({ format }) => format).join(', ')
  throw new EvidenceError('unknown-format', { file: file.name }, 'is of no format that can be read here', `name a file of ${known}`)
}

/** UTF-8, or UTF-16 where a byte-order mark says so; what a cut character leaves at the end is of no matter here. */
export function headOf({ name, path }: InputFile): string {
  const bytes = Buffer.alloc(headBytes)
  let size = 0
  try {
    const handle = openSync(path, 'r')
    try {
      for (let read = 1; read > 0 && size < headBytes; size += read) read = readSync(handle, bytes, size, headBytes - size, null)
    } finally {
      closeSync(handle)
    }
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: name }, 'cannot be read', 'correct the name, or the rights of the file', { cause })
  }
  const head = bytes.subarray(0, size)
  if (head[0] === 0xff && head[1] === 0xfe) return head.toString('utf16le', 2)
  if (head[0] === 0xfe && head[1] === 0xff)
    return Buffer.from(head.subarray(2, size - (size % 2)))
      .swap16()
      .toString('utf16le')
  return head.toString('utf8', head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0)
}
