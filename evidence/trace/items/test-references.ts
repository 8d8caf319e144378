/**
 * What a test means by a tag, a property, a name or a mark in a source: a requirement, something that should be one and is not
 * (orphaned), or nothing of the kind. The rule is the same for every source and is printed with the result.
 */
import type { TestReference } from '../../items/test-item.js'
import type { Policy } from './policy.js'
import type { Match, RequirementIndex } from './requirement-index.js'

export type Reference =
  | { readonly kind: 'found'; readonly match: Match; readonly id: string }
  /** Names a requirement that does not exist. `meant`: an id that differs in capitals alone. */
  | { readonly kind: 'orphaned'; readonly id: string; readonly meant: string | undefined }
  | { readonly kind: 'other' }

const other: Reference = { kind: 'other' }
/** Longer text is no id; it would only cost time. */
const longest = 400
/** At most this many shapes are printed. */
const shownShapes = 6

const wrapped = /^([^()]+)\(\s*["']?([^"'()]+?)["']?\s*\)$/
const commonCriteriaId = /^[A-Z]{3}_[A-Z]{3}(_[A-Z]{3})?(\.\d+)+(\/\S+)?$/

export class TestReferences {
  private readonly known = new Map<string, Reference>()
  /** Words before `:` that stood before an id somewhere in the run. */
  private readonly prefixes: Set<string>
  private readonly shapes = new Set<string>()
  private commonCriteria = false

  /** @param all every reference of the run: a prefix that leads to a requirement once makes the others with it references too. */
  constructor(
    private readonly index: RequirementIndex,
    private readonly policy: Policy,
    all: Iterable<TestReference>,
  ) {
    this.prefixes = new Set(policy.references.prefixes)
    const open = this.resolveFound(all)
    if (open.length === 0) return
    if (policy.references.infer) this.inferShapes()
    for (const reference of open) if (!this.known.has(keyOf(reference))) this.known.set(keyOf(reference), this.judgeOpen(reference))
  }

  resolve(reference: TestReference): Reference {
    return this.known.get(keyOf(reference)) ?? other
  }

  /** The rule in words, for the reader of a report. */
  get rule(): string {
    const { patterns, infer } = this.policy.references
    const shapes = [...this.shapes].sort()
    const shown = shapes.slice(0, shownShapes).join(', ')
    const more = shapes.length > shownShapes ? ` and ${shapes.length - shownShapes} more` : ''
    return [
      ...(patterns.length === 0 ? [] : [`What matches ${patterns.map(({ source }) => `/${source}/`).join(' or ')} names a requirement.`]),
      'A tag, property, name or source mark names a requirement when it is its id, with or without @, a word and ":" or "=" before it, and "~" and a revision after it.',
      `One that names none is orphaned when its word is one of ${[...this.prefixes].sort().join(', ')}${infer ? ', or when it has the form of an id of the requirements (digits count as any digits)' : ''}; any other is no reference.`,
      ...(shapes.length === 0 ? [] : [`Forms: ${shown}${more}.`]),
    ].join(' ')
  }

  private resolveFound(all: Iterable<TestReference>): TestReference[] {
    const open: TestReference[] = []
    for (const reference of all) {
      const key = keyOf(reference)
      if (this.known.has(key)) continue
      const found = this.search(reference)
      if (found === undefined) open.push(reference)
      else this.known.set(key, found)
    }
    return open
  }

  private search({ text }: TestReference): Reference | undefined {
    if (text.length > longest) return other
    const plain = bare(text)
    for (const { expression } of this.policy.references.patterns) {
      const match = expression.exec(text)
      const id = match?.groups?.['id'] ?? match?.[1]
      if (match === null || id === undefined) continue
      const revision = match.groups?.['revision'] ?? null
      const found = revision === null ? this.index.find(id) : this.index.match(id, revision)
      return found === null ? { kind: 'orphaned', id, meant: this.index.misspelt(id) } : { kind: 'found', match: found, id }
    }
    const direct = this.index.find(plain)
    if (direct !== null) return { kind: 'found', match: direct, id: plain }
    for (const [word, id] of split(plain)) {
      const found = this.index.find(id)
      if (found === null) continue
      this.prefixes.add(word.toLowerCase())
      return { kind: 'found', match: found, id }
    }
    return undefined
  }

  private judgeOpen({ text, via }: TestReference): Reference {
    if (text.length > longest) return other
    const plain = bare(text)
    const orphaned = (id: string): Reference => ({ kind: 'orphaned', id, meant: this.index.misspelt(id) })
    // A reader hands over a property or a source mark only where the format, or the user's map, says that it names a requirement.
    if (via === 'property' || via === 'source') return orphaned(plain)
    for (const [word, id] of split(plain)) if (this.prefixes.has(word.toLowerCase())) return orphaned(id)
    if (!this.policy.references.infer) return other
    for (const id of [plain, ...split(plain).map(([, rest]) => rest)])
      if (this.looksLikeAnId(id) || this.looksLikeAnId(withoutRevision(id))) return orphaned(id)
    return other
  }

  private looksLikeAnId(text: string): boolean {
    return this.shapes.has(shapeOf(text)) || (this.commonCriteria && commonCriteriaId.test(text)) || this.index.misspelt(text) !== undefined
  }

  private inferShapes(): void {
    for (const id of this.index.ids) {
      const shape = shapeOf(id)
      if (shape.includes('#')) this.shapes.add(shape)
      this.commonCriteria ||= commonCriteriaId.test(id)
    }
  }
}

const keyOf = ({ text, via }: TestReference): string => (via === 'tag' ? text : `${via} ${text}`)

const bare = (text: string): string => (text.startsWith('@') ? text.slice(1) : text).trim()

const withoutRevision = (id: string): string => id.replace(/~[^~]*$/, '')

/** Digits as `#`, capitals as small letters: ids of one project differ in little else. */
function shapeOf(id: string): string {
  return id.toLowerCase().replace(/\d+/g, '#')
}

/** `REQ:id`, `verifies=id`, `requirement("id")`, as word and id. */
function split(text: string): readonly (readonly [string, string])[] {
  const parts: (readonly [string, string])[] = []
  const [, word, argument] = wrapped.exec(text) ?? []
  if (word !== undefined && argument !== undefined) parts.push([word.trim(), argument])
  for (const sign of [':', '=']) {
    const [first, last] = [text.indexOf(sign), text.lastIndexOf(sign)]
    if (first > 0) parts.push([text.slice(0, first), text.slice(first + 1)])
    if (last > first) parts.push([text.slice(0, last), text.slice(last + 1)])
  }
  return parts
}
