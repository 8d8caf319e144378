/**
 * Files that were read as requirements and gave none, beside others that did: an export that went wrong looks like that, and its
 * requirements would be missing without a word. Only of formats whose every file is a list of its own; a document may hold prose alone.
 */
import type { RequirementSet } from '../../evidence/items/requirement-set.js'

const lists = new Set(['csv', 'json', 'lobster', 'reqif', 'sphinx-needs'])

export function withEmptyFiles(set: RequirementSet): RequirementSet {
  if (!lists.has(set.format) || set.files.length < 2) return set
  const holding = new Set(set.items.map(({ place }) => place.file))
  const told = new Set(set.findings.map(({ place }) => place.file))
  const holds = (file: string): boolean => holding.has(file) || told.has(file) || [...holding].some((each) => each.startsWith(`${file}/`))
  const empty = set.files.filter((file) => !holds(file))
  if (empty.length === 0) return set
  return {
    ...set,
    findings: [
      ...set.findings,
      ...empty.map((file) => ({ kind: 'unreadable' as const, id: file, text: 'holds no requirement', place: { file } })),
    ],
  }
}
