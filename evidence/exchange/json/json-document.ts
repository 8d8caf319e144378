/**
 * A JSON document of a stranger: parsed, with the line of each entry, each member once, bounded depth, and numbers as the source
 * spells them where a JavaScript number would change them (RFC 8259 leaves both to the reader).
 */
import { EvidenceError } from '../../model/errors.js'
import { JsonOutline, type JsonEntry } from './json-outline.js'
import { twiceNamed } from './twice-named.js'

export interface JsonDocument {
  readonly file: string
  readonly value: unknown
  /** Entries of the list or object at `path`, in the order of the text. */
  entries(path: readonly string[]): readonly JsonEntry[]
}

/** @throws EvidenceError `malformed-json`, `too-deep` */
export function parseJson(file: string, text: string): JsonDocument {
  const parsed = parse(file, text)
  const outline = new JsonOutline(file, text)
  const { members, unfaithful } = outline
  if (members !== countMembers(parsed)) {
    const { name, line } = twiceNamed(text)
    throw new EvidenceError(
      'malformed-json',
      { file, line },
      `member ${JSON.stringify(name)} stands twice in one object`,
      'keep one of the two',
    )
  }
  const value = unfaithful.length === 0 ? parsed : parse(file, quoted(text, unfaithful))
  return { file, value, entries: (path) => outline.entries(path) }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new EvidenceError('malformed-json', { file }, 'not JSON', 'give the file as the tool wrote it, uncut', { cause })
  }
}

function countMembers(value: unknown): number {
  const open: unknown[] = [value]
  let count = 0
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    const inner: unknown[] = Object.values(next)
    if (!Array.isArray(next)) count += inner.length
    for (const member of inner) if (typeof member === 'object' && member !== null) open.push(member)
  }
  return count
}

/** The text with the numbers at `spans` made strings. */
function quoted(text: string, spans: readonly number[]): string {
  const parts: string[] = []
  let from = 0
  for (let i = 0; i < spans.length; i += 2) {
    const start = spans[i] ?? 0
    const end = spans[i + 1] ?? 0
    parts.push(text.slice(from, start), '"', text.slice(start, end), '"')
    from = end
  }
  return parts.join('') + text.slice(from)
}
