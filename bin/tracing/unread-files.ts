/**
 * Files below a folder of results that bear the name of a report and hold none: empty, cut at once, or noise. A runner that was stopped
 * leaves such files, and what they would have said is not in the answer; so each is a finding.
 */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { findReader, headOf } from '../../evidence/exchange/recognise.js'
import type { Reader } from '../../evidence/items/reader.js'
import type { SourceFinding } from '../../evidence/items/requirement-set.js'
import { filesBelow, printedName } from './input-files.js'

/** What the first bytes of a whole file of that name look like, of whatever format; other names say nothing of a report. */
const plausible: readonly (readonly [RegExp, RegExp])[] = [
  [/\.xml$/i, /^\s*<(?:[\s\S]*<)?[\p{L}_]/u],
  [/\.json$/i, /^\s*[[{]/],
  [/\.(?:ndjson|jsonl)$/i, /^\s*\{\s*"/],
]

/** @param root as of `inputFiles`. */
export function unreadFiles<Result>(operands: readonly string[], root: string, readers: readonly Reader<Result>[]): SourceFinding[] {
  return operands
    .map((operand) => resolve(operand))
    .filter((path) => statSync(path).isDirectory())
    .flatMap((folder) => filesBelow(folder).map((path) => ({ name: printedName(path, root, folder), path })))
    .filter((file) => {
      const look = plausible.find(([name]) => name.test(file.name))?.[1]
      return look !== undefined && findReader(readers, file) === null && !look.test(headOf(file))
    })
    .map(({ name }) => ({ kind: 'unreadable', id: name, text: 'holds no report: it is empty, cut or damaged', place: { file: name } }))
}
