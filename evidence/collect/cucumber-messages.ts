/** Cucumber message files (NDJSON) to the results of one run: read line by line, merged over shards. */
import { open, type FileHandle } from 'node:fs/promises'
import { EvidenceError } from '../model/errors.js'
import { JsonCursor } from './json/json-cursor.js'
import { readBlocks } from './json/line-blocks.js'
import { mergeStreams, type CollectedRun } from './fold/merge-streams.js'
import { MessageFold, type FoldedStream, type FoldRules } from './fold/message-fold.js'
import type { ComparisonRule } from './fold/scenario-verdict.js'

export interface MessageFile {
  /** Name for messages, relative. */
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
}

/** @throws EvidenceError for a file that is cut, malformed, or contradicts another. */
export async function collectMessages(files: readonly MessageFile[], rule: ComparisonRule): Promise<CollectedRun> {
  const streams: FoldedStream[] = []
  for (const { name, bytes } of files) streams.push(await foldStream(name, bytes, { comparisons: rule, end: 'required' }))
  return mergeStreams(streams)
}

export async function foldStream(file: string, bytes: AsyncIterable<Uint8Array>, rules: FoldRules): Promise<FoldedStream> {
  const fold = new MessageFold(file, rules)
  const cursor = new JsonCursor(file)
  await readBlocks(file, bytes, ({ bytes, line, ended }) => {
    if (!ended && rules.end === 'reported' && !isJson(bytes)) {
      fold.cut(line)
      return line + 1
    }
    let next = line
    for (let at = 0; at < bytes.length; next += 1) {
      cursor.start(bytes, at, next)
      if (!cursor.isBlankLine()) fold.read(cursor)
      at = cursor.finishLine() + 1
    }
    return next
  })
  return fold.finish()
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'))
    return true
  } catch {
    return false
  }
}

/** Opens a message file of the disk. */
export function messageFile(name: string, path: string): MessageFile {
  return { name, bytes: readable(name, path) }
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
    if (cause instanceof EvidenceError) throw cause
    throw new EvidenceError('unreadable-file', { file: name }, 'cannot be read', 'name the message file of a run', { cause })
  } finally {
    await handle?.close()
  }
}
