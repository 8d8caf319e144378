/**
 * Tags in sources and tests: each is an item of its kind (`impl`, `test`, or the artifact type of OpenFastTrace) that links to what it
 * names. Its id is its place, unless the tag gives a name. The requirements stand in other sources, so no link is called dangling here.
 */
import type { InputFile, ReaderOptions } from '../../../items/reader.js'
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../../items/requirement-set.js'
import { LineCursor } from '../../text/line-cursor.js'
import { readSourceText } from '../../text/source-text.js'
import { makeItem, makeLink } from '../set/make-item.js'
import { finding, makeSet } from '../set/make-set.js'
import { mapFor } from '../set/reader-map.js'
import { holdsBrokenTag, knownTags, readTagPatterns, type SourceTag, type TagPattern } from './tag-pattern.js'

/** Characters of a line that are looked at; only generated or packed sources have longer ones. */
const longest = 4096

/** @throws EvidenceError `malformed-map`, `no-items` and those of a text file */
export async function readSourceTags(files: readonly InputFile[], options: ReaderOptions): Promise<RequirementSet> {
  const map = mapFor('source-tags', options)
  const patterns = map === null ? knownTags : readTagPatterns(map)
  const items: RequirementItem[] = []
  const findings: SourceFinding[] = []
  for (const file of files) readFile(file.name, await readSourceText(file), patterns, items, findings)
  return makeSet({ format: 'source-tags', files: files.map(({ name }) => name), items, findings, targets: 'elsewhere' })
}

function readFile(file: string, text: string, patterns: readonly TagPattern[], items: RequirementItem[], findings: SourceFinding[]): void {
  const isTestFile = /(^|[/_.-])(tests?|specs?|ut)([/_.-]|$)|Test|Spec/.test(file)
  const cursor = new LineCursor(text)
  let long = 0
  while (cursor.next()) {
    const { line, number } = cursor
    if (line.length > longest) long += 1
    if (holdsBrokenTag(line))
      findings.push(
        finding('unreadable', file, 'looks like a coverage tag and is none; [type->type~name~revision]', { file, line: number }),
      )
    const shown = line.length > longest ? line.slice(0, longest) : line
    let count = 0
    for (const pattern of patterns)
      for (const tag of pattern(shown, isTestFile)) {
        count += 1
        items.push(readTag(tag, file, number, count, shown.trim().slice(0, 200)))
      }
  }
  if (long > 0)
    findings.push(finding('unreadable', file, `${long} lines longer than ${longest} characters, looked at up to there`, { file }))
}

function readTag(tag: SourceTag, file: string, line: number, count: number, title: string): RequirementItem {
  const place = { file, line }
  return makeItem({
    id: tag.own?.id ?? `${file}:${line}${count === 1 ? '' : `:${count}`}`,
    revision: tag.own?.revision ?? null,
    kind: tag.kind,
    title,
    links: tag.targets.map(({ id, revision }) => makeLink(tag.role, id, place, revision, tag.extent)),
    needs: tag.needs,
    place,
  })
}
