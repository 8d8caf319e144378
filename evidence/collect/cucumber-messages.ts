/** Cucumber message files (NDJSON) to the results of one run: read line by line, merged over shards. */
import { JsonCursor } from './json/json-cursor.js'
import { readBlocks } from './json/line-blocks.js'
import { mergeStreams, type CollectedRun } from './fold/merge-streams.js'
import type { FoldedStream, FoldRules } from './fold/folded-stream.js'
import { MessageFold } from './fold/message-fold.js'
import type { MessageFile } from './messages/message-file.js'
import type { ComparisonRule } from './fold/scenario-verdict.js'

/** @throws EvidenceError for a file that is cut, malformed, or contradicts another. */
export async function collectMessages(files: readonly MessageFile[], rule: ComparisonRule): Promise<CollectedRun> {
  const streams: FoldedStream[] = []
  for (const file of files) streams.push(await foldStream(file, { comparisons: rule, end: 'required' }))
  return mergeStreams(streams)
}

export async function foldStream({ name, bytes, readAgain }: MessageFile, rules: FoldRules): Promise<FoldedStream> {
  const fold = new MessageFold(name, rules, readAgain)
  const cursor = new JsonCursor(name)
  await readBlocks(name, bytes, ({ bytes, offset, line, ended }) => {
    if (!ended && rules.end === 'reported' && !isJson(bytes)) {
      fold.cut(line)
      return line + 1
    }
    let next = line
    for (let at = 0; at < bytes.length; next += 1) {
      cursor.start(bytes, at, next, offset)
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
