/** Cucumber message files (NDJSON) to the results of one run: read line by line, merged over shards. */
import { createReadStream } from 'node:fs'
import { EvidenceError } from '../model/errors.js'
import { JsonObject } from './json-shape.js'
import { readLines } from './line-reader.js'
import { mergeStreams, type CollectedRun } from './merge-streams.js'
import { MessageFold, type FoldedStream } from './message-fold.js'
import type { ComparisonRule } from './scenario-verdict.js'

export interface MessageFile {
  /** Name for messages, relative. */
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
}

/** @throws EvidenceError for a file that is cut, malformed, or contradicts another. */
export async function collectMessages(files: readonly MessageFile[], rule: ComparisonRule): Promise<CollectedRun> {
  const streams: FoldedStream[] = []
  for (const { name, bytes } of files) streams.push(await foldStream(name, bytes, rule))
  return mergeStreams(streams)
}

export async function foldStream(file: string, bytes: AsyncIterable<Uint8Array>, rule: ComparisonRule): Promise<FoldedStream> {
  const fold = new MessageFold(file, rule)
  for await (const { line, text } of readLines(file, bytes)) fold.add(JsonObject.parse(text, { file, line }, 'message'))
  return fold.finish()
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
