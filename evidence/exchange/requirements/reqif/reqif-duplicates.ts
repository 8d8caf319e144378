/** Ids that two objects have. A foreign id is unique in its module alone: several modules in one file may collide, and then say so. */
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import { printPlace } from '../../../model/errors.js'

export function duplicateIds(items: readonly RequirementItem[]): readonly SourceFinding[] {
  const first = new Map<string, RequirementItem>()
  const findings: SourceFinding[] = []
  for (const item of items) {
    const key = `${item.id}\u0000${item.revision ?? ''}`
    const before = first.get(key)
    if (before === undefined) first.set(key, item)
    else findings.push({ kind: 'duplicate', id: item.id, text: `${item.id} stands at ${printPlace(before.place)} too`, place: item.place })
  }
  return findings
}
