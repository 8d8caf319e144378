/**
 * A requirement set as JSON, schema `bulkhead.requirements/1` (evidence/items/schema/requirements.schema.json): one item, mapping or
 * finding a line, members in one order, so that equal sets give equal bytes and a difference of two files shows entries.
 */
import type { RequirementSet } from '../../../items/requirement-set.js'

export const requirementsSchema = 'bulkhead.requirements/1'

/** In pieces: a whole file of a large source is longer than a string can be. */
export function* printRequirementSet(set: RequirementSet): Generator<string> {
  const { format, version, title, files, attributes, items, mappings, findings } = set
  const head = { schema: requirementsSchema, format, version, title, files, attributes }
  yield `{\n${Object.entries(head)
    .map(([name, value]) => ` ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`)
    .join('')}`
  yield* printList('items', items, ',')
  yield* printList('mappings', mappings, ',')
  yield* printList('findings', findings, '')
  yield '}\n'
}

function* printList(name: string, entries: readonly unknown[], end: string): Generator<string> {
  yield ` ${JSON.stringify(name)}: [`
  let separator = '\n'
  for (const entry of entries) {
    yield `${separator}${JSON.stringify(entry)}`
    separator = ',\n'
  }
  yield entries.length === 0 ? `]${end}\n` : `\n ]${end}\n`
}
