/**
 * What a test means by a tag, a property, a name or a mark in a source: a requirement, something that should be one and is not
 * (orphaned), or nothing of the kind. The rule is the same for every source and is printed with the result.
 */
import type { TestItem, TestReference } from '../../items/test-item.js'
import type { Policy } from './policy.js'
import type { Mismatch, RequirementIndex } from './requirement-index.js'

/** Position of the requirement, or why it leads to none; null: it is no reference to a requirement. */
export type Reference = number | Mismatch | Orphan | null

/** Names a requirement that does not exist. `meant`: an id that differs in capitals alone. */
export interface Orphan {
  readonly kind: 'orphaned'
  readonly id: string
  readonly meant: string | undefined
}

/** Longer text is no id; it would only cost time. */
const longest = 400
/** At most this many shapes are printed. */
const shownShapes = 6

const wrapped = /^([^()]+)\(\s*["']?([^"'()]+?)["']?\s*\)$/
const commonCriteriaId = /^[A-Z]{3}_[A-Z]{3}(_[A-Z]{3})?(\.\d+)+(\/\S+)?$/

export class TestReferences {
  /** What each reference of the run means, in the order of tests and of references in a test. */
  readonly resolved: readonly Reference[]
  /** What is not the id of an item as it stands. */
  private readonly known = new Map<string, Reference>()
  /** Words before `:` that stood before an id somewhere in the run. */
  private readonly prefixes: Set<string>
  private readonly shapes = new Set<string>()
  private commonCriteria = false

  /** All at once: a prefix that leads to a requirement in one test makes the others with it references too. */
  constructor(
    private readonly index: RequirementIndex,
    private readonly policy: Policy,
    tests: readonly TestItem[],
  ) {
    this.prefixes = new Set(policy.references.prefixes)
    const resolved: Reference[] = []
    const open: { readonly at: number; readonly reference: TestReference }[] = []
    for (const { references } of tests)
      for (const reference of references) {
        const found = this.direct(reference) ?? this.search(reference)
        if (found === null) open.push({ at: resolved.length, reference })
        resolved.push(found)
      }
    if (open.length > 0 && policy.references.infer) this.inferShapes()
    for (const { at, reference } of open) resolved[at] = this.judgeOpen(reference)
    this.resolved = resolved
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

  /** Nearly every reference: the id itself. Patterns of the policy come first, since they say what a text means. */
  private direct({ text }: TestReference): Reference {
    return this.policy.references.patterns.length > 0 || text.length > longest ? null : this.index.find(bare(text))
  }

  /** The same text means the same everywhere. */
  private search({ text }: TestReference): Reference {
    const known = this.known.get(text)
    if (known !== undefined) return known
    const found = text.length > longest ? null : this.searchText(text)
    this.known.set(text, found)
    return found
  }

  private searchText(text: string): Reference {
    const plain = bare(text)
    for (const { expression } of this.policy.references.patterns) {
      const match = expression.exec(text)
      const id = match?.groups?.['id'] ?? match?.[1]
      if (match === null || id === undefined) continue
      const revision = match.groups?.['revision'] ?? null
      return (revision === null ? this.index.find(id) : this.index.match(id, revision)) ?? this.orphan(id)
    }
    const direct = this.index.find(plain)
    if (direct !== null) return direct
    for (const [word, id] of split(plain)) {
      const found = this.index.find(id)
      if (found === null) continue
      this.prefixes.add(word.toLowerCase())
      return found
    }
    return null
  }

  private judgeOpen({ text, via }: TestReference): Reference {
    if (text.length > longest) return null
    const plain = bare(text)
    // A reader hands over a property or a source mark only where the format, or the user's map, says that it names a requirement.
    if (via === 'property' || via === 'source') return this.orphan(plain)
    for (const [word, id] of split(plain)) if (this.prefixes.has(word.toLowerCase())) return this.orphan(id)
    if (!this.policy.references.infer) return null
    for (const id of [plain, ...split(plain).map(([, rest]) => rest)])
      if (this.looksLikeAnId(id) || this.looksLikeAnId(withoutRevision(id))) return this.orphan(id)
    return null
  }

  private orphan(id: string): Orphan {
    return { kind: 'orphaned', id, meant: this.index.misspelt(id) }
  }

  private looksLikeAnId(text: string): boolean {
    return this.shapes.has(shapeOf(text)) || (this.commonCriteria && commonCriteriaId.test(text)) || this.index.misspelt(text) !== undefined
  }

  private inferShapes(): void {
    for (const id of this.index.names()) {
      const shape = shapeOf(id)
      if (shape.includes('#')) this.shapes.add(shape)
      this.commonCriteria ||= commonCriteriaId.test(id)
    }
  }
}

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
