/** Cucumber message files (NDJSON) to the results of one run: read line by line, merged over shards. */
import { createReadStream } from 'node:fs'
import { EvidenceError } from '../model/errors.js'
import { JsonCursor } from './json-cursor.js'
import { readBlocks } from './line-blocks.js'
import { mergeStreams, type CollectedRun } from './merge-streams.js'
import { MessageFold, type FoldedStream, type FoldRules } from './message-fold.js'
import type { ComparisonRule } from './scenario-verdict.js'

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

async function* readable(name: string, path: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: 1 << 20 })
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: name }, 'cannot be read', 'name the message file of a run', { cause })
  }
}
