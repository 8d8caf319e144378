/** A message file of the disk: its bytes once from begin to end, and parts of it again where a stream comes back to them. */
import { closeSync, openSync, readSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { EvidenceError } from '../../model/errors.js'

/** Bytes from `start` that were read before; fewer when they are gone. */
export type ReadAgain = (start: number, length: number) => Buffer

export interface MessageFile {
  /** Name for messages, relative. */
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
  readonly readAgain: ReadAgain
}

export function messageFile(name: string, path: string): MessageFile {
  return { name, bytes: readable(name, path), readAgain: (start, length) => readPart(name, path, start, length) }
}

/** Bytes; small enough to stay near the processor while its lines are read. */
const CHUNK = 256 * 1024

/** Every chunk is a view of one buffer: it is read over when the next one is asked for. */
async function* readable(name: string, path: string): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'r')
    const buffer = new Uint8Array(CHUNK)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, null)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } catch (cause) {
    throw unreadable(name, cause)
  } finally {
    await handle?.close()
  }
}

function readPart(name: string, path: string, start: number, length: number): Buffer {
  try {
    const handle = openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(handle, bytes, 0, length, start))
    } finally {
      closeSync(handle)
    }
  } catch (cause) {
    throw unreadable(name, cause)
  }
}

function unreadable(name: string, cause: unknown): EvidenceError {
  if (cause instanceof EvidenceError) return cause
  return new EvidenceError('unreadable-file', { file: name }, 'cannot be read', 'name the message file of a run', { cause })
}
