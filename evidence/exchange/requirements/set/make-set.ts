/**
 * A requirement set from what a reader found: adds the faults that every format can have. An id that two items have is a duplicate;
 * a link, a parent or a mapping whose id no item has is dangling. Which revision a link names is judged by trace, not here.
 */
import { positionsById } from '../../../items/id-positions.js'
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding, SourceMapping } from '../../../items/requirement-set.js'
import { EvidenceError, printPlace, type SourcePlace } from '../../../model/errors.js'
import { noAttributes } from './attributes.js'

export interface SetParts extends Pick<RequirementSet, 'format' | 'files' | 'items'> {
  readonly version?: string
  readonly title?: string
  readonly mappings?: readonly SourceMapping[]
  readonly findings?: readonly SourceFinding[]
  readonly attributes?: RequirementSet['attributes']
  /** `elsewhere`: links of this format lead to items of other sources by its nature, so none of them can be called dangling here. */
  readonly targets?: 'here' | 'elsewhere'
}

/** @throws EvidenceError `no-items`: an empty set would make an empty report look like a good one. */
export function makeSet(parts: SetParts): RequirementSet {
  const { format, files, items } = parts
  const findings = [...(parts.findings ?? [])]
  if (items.length === 0) throw noItems(files, findings)
  const ids = findDuplicates(items, findings)
  if (parts.targets !== 'elsewhere') findDangling(items, parts.mappings ?? [], ids, findings)
  return {
    format,
    version: parts.version ?? '',
    title: parts.title ?? '',
    files,
    items,
    mappings: parts.mappings ?? [],
    findings,
    attributes: parts.attributes ?? noAttributes,
  }
}

function noItems(files: readonly string[], findings: readonly SourceFinding[]): EvidenceError {
  const [first] = findings
  const why = first === undefined ? '' : ` (${printPlace(first.place)}: ${first.text})`
  return new EvidenceError(
    'no-items',
    { file: files[0] ?? '' },
    `no requirement was found${why}`,
    'check the file, or name its format or map',
  )
}

/** Answers the ids that items have. Each item that stands again is told, with the first of its id and revision. */
function findDuplicates(items: readonly RequirementItem[], findings: SourceFinding[]): Pick<ReadonlyMap<string, unknown>, 'has'> {
  const positions = positionsById(items)
  const again: [at: number, twin: RequirementItem][] = []
  for (const places of positions.values()) {
    if (typeof places === 'number') continue
    const firsts = new Map<string | null, RequirementItem>()
    for (const at of places) {
      const item = items[at]
      if (item === undefined) continue
      const twin = firsts.get(item.revision)
      if (twin === undefined) firsts.set(item.revision, item)
      else again.push([at, twin])
    }
  }
  for (const [at, twin] of again.sort(([one], [other]) => one - other))
    findings.push(finding('duplicate', twin.id, `${twin.id} stands at ${printPlace(twin.place)} too`, items[at]?.place ?? twin.place))
  return positions
}

function findDangling(
  items: readonly RequirementItem[],
  mappings: readonly SourceMapping[],
  ids: Pick<ReadonlyMap<string, unknown>, 'has'>,
  findings: SourceFinding[],
): void {
  for (const { id, parent, links, place } of items) {
    if (parent !== null && !ids.has(parent)) findings.push(finding('dangling', parent, `parent of ${id}: no item ${parent}`, place))
    for (const link of links)
      if (!ids.has(link.target) && link.role !== 'file')
        findings.push(finding('dangling', link.target, `${id}, ${link.role}: no item ${link.target}`, link.place))
  }
  for (const { from, to, place } of mappings) {
    if (!ids.has(from)) findings.push(finding('dangling', from, `mapping of ${from} to ${to}: no item ${from}`, place))
    if (!ids.has(to)) findings.push(finding('dangling', to, `mapping of ${from} to ${to}: no item ${to}`, place))
  }
}

export function finding(kind: SourceFinding['kind'], id: string, text: string, place: SourcePlace): SourceFinding {
  return { kind, id, text, place }
}
