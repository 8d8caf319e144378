/** Tags that sources carry: those that are understood without a map, and those that a map defines. */
import type { LinkExtent } from '../../../items/requirement-item.js'
import { EvidenceError } from '../../../model/errors.js'
import { isJsonRecord, type JsonRecord } from '../../json/json-fields.js'
import { latePattern } from '../../text/late-pattern.js'
import { readReference, type ItemReference } from '../set/item-reference.js'
import { linearPattern } from './linear-pattern.js'

/** One tag on one line. */
export interface SourceTag {
  readonly kind: string
  readonly role: string
  readonly extent: LinkExtent
  /** Name and revision of the tagging item, where the tag gives them. */
  readonly own: ItemReference | undefined
  readonly targets: readonly ItemReference[]
  readonly needs: readonly string[]
}

export type TagPattern = (line: string, isTestFile: boolean) => readonly SourceTag[]

const NAME = '\\p{L}[\\p{L}\\p{N}_-]*(?:\\.[\\p{L}\\p{N}_-]+)*'

/** OpenFastTrace user guide, "Coverage Tags": `[impl->req~id~1]`, `[impl~name~2->req~id~1>>utest]`. */
const coverageTag = latePattern(
  `\\[\\s{0,9}(\\p{L}+)(?:~(${NAME})?~(\\d+))?\\s{0,9}->\\s{0,9}(\\p{L}+~${NAME}~\\d+)\\s{0,9}(?:>>([\\p{L}\\s,]{1,200}))?\\]`,
  'gu',
)

function coverageTags(line: string): SourceTag[] {
  if (!line.includes('->') || !line.includes('~')) return []
  return [...line.matchAll(coverageTag())].map(([, type = '', name, revision, target = '', needs = '']) => ({
    kind: type,
    role: 'covers',
    extent: 'full' as const,
    own: name === undefined ? undefined : { id: `${type}~${name}`, revision: revision ?? null },
    targets: [readReference(target)],
    needs: needs.split(',').flatMap((need) => (need.trim() === '' ? [] : [need.trim()])),
  }))
}

/** A slip in a tag, a missing revision say, must not pass for a line without one. */
export function holdsBrokenTag(line: string): boolean {
  if (!line.includes('->') || !line.includes('~')) return false
  const shown = line.slice(0, 4096)
  const alike = [...shown.matchAll(/\[\s{0,9}\p{L}+(?:~[^[\]>]{0,200})?->\s{0,9}\p{L}+~[^[\]]{0,200}\]/gu)].length
  return alike > coverageTags(shown).length
}

/** Call of a test framework: `REQUIREMENT("ID")`. */
function requirementCalls(line: string): SourceTag[] {
  if (!line.includes('REQUIREMENT(')) return []
  return [...line.matchAll(/\bREQUIREMENT\(\s{0,9}(?:"([^"]{1,300})"|'([^']{1,300})')/g)].map(([, double, single]) =>
    simpleTag('test', 'verifies', 'full', [double ?? single ?? '']),
  )
}

interface Keyword {
  /** Null: a test where the file is one, else an implementation. */
  readonly kind: string | null
  readonly role: string
  readonly extent: LinkExtent
}

const keywords: Readonly<Record<string, Keyword>> = {
  verifies: { kind: 'test', role: 'verifies', extent: 'full' },
  fully_verifies: { kind: 'test', role: 'verifies', extent: 'full' },
  partially_verifies: { kind: 'test', role: 'verifies', extent: 'partial' },
  implements: { kind: 'impl', role: 'implements', extent: 'full' },
  satisfies: { kind: 'impl', role: 'satisfies', extent: 'full' },
  covers: { kind: null, role: 'covers', extent: 'full' },
  relation: { kind: null, role: 'covers', extent: 'full' },
  'lobster-trace': { kind: null, role: 'traces', extent: 'full' },
}

/** `@verifies ID, ID`, `@implements(ID)`, `@relation(ID, scope=file)` of StrictDoc, `lobster-trace: ID`. */
function keywordTags(line: string, isTestFile: boolean): SourceTag[] {
  if (!line.includes('@') && !line.includes('lobster-trace')) return []
  const found = [...line.matchAll(/(?:@(\w{5,20})|\b(lobster-trace))[ :(]{1,4}([^)\n]{1,1000})/g)]
  return found.flatMap(([, at, lobster, rest = '']) => {
    const name = at ?? lobster ?? ''
    const keyword = Object.hasOwn(keywords, name) ? keywords[name] : undefined
    const ids = keyword === undefined ? [] : idsOf(rest)
    if (keyword === undefined || ids.length === 0) return []
    return [simpleTag(keyword.kind ?? (isTestFile ? 'test' : 'impl'), keyword.role, keyword.extent, ids)]
  })
}

/** Ids up to the first part that is none: `REQ-1, REQ-2 as the plan says` names two. */
function idsOf(rest: string): string[] {
  const ids: string[] = []
  for (const part of rest.split(',')) {
    const [word = '', more] = part.trim().split(/\s+/)
    const id = word.replace(/["'`*/.;:]+$/, '').replace(/^["'`]+/, '')
    if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.:/~-]*$/u.test(id)) break
    ids.push(id)
    if (more !== undefined) break
  }
  return ids
}

function simpleTag(kind: string, role: string, extent: LinkExtent, ids: readonly string[]): SourceTag {
  return { kind, role, extent, own: undefined, targets: ids.map(readReference), needs: [] }
}

export const knownTags: readonly TagPattern[] = [coverageTags, requirementCalls, keywordTags]

export function holdsKnownTag(text: string): boolean {
  const signs = text.includes('->') || text.includes('REQUIREMENT(') || text.includes('@') || text.includes('lobster-trace')
  return (
    signs &&
    text
      .split('\n')
      .some((line) => line.length < 4096 && (holdsBrokenTag(line) || knownTags.some((pattern) => pattern(line, false).length > 0)))
  )
}

/** Patterns of a map: `patterns: [{pattern, kind, role, extent}]`; the first group, or the one named `id`, is the id. @throws EvidenceError `malformed-map` */
export function readTagPatterns(map: JsonRecord): readonly TagPattern[] {
  const { patterns } = map
  if (!Array.isArray(patterns) || patterns.length === 0) throw refuse('patterns is no list', 'write patterns: [{pattern: ..., kind: test}]')
  return patterns.map((entry: unknown) => {
    if (!isJsonRecord(entry) || typeof entry['pattern'] !== 'string')
      throw refuse('an entry of patterns has no pattern', 'write {pattern: ..., kind: test}')
    const { pattern, kind = 'test', role = 'verifies', extent = 'full' } = entry
    if (typeof kind !== 'string' || typeof role !== 'string') throw refuse('kind or role of a pattern is no text', 'name it')
    if (extent !== 'full' && extent !== 'partial') throw refuse('extent of a pattern is neither full nor partial', 'write one of them')
    const expression = linearPattern(pattern)
    if (!/\((?!\?[:])/.test(pattern)) throw refuse(`pattern ${JSON.stringify(pattern)} has no group`, 'put the id in ( )')
    return (line: string) =>
      [...line.matchAll(expression)].flatMap((match) => {
        const id = match.groups?.['id'] ?? match[1]
        return id === undefined || id === '' ? [] : [simpleTag(kind, role, extent, [id])]
      })
  })
}

function refuse(what: string, remedy: string): EvidenceError {
  return new EvidenceError('malformed-map', { file: '--map' }, what, remedy)
}
