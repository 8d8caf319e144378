/**
 * The counts of a requirement set, as `import --json` prints them. What a format lacks is null: Common Criteria sources have components
 * and elements and no plain requirements, the others the reverse. Ids of findings in the order of the source, each once.
 */
import type { RequirementSet, SourceFinding } from './requirement-set.js'

export interface SetSummary {
  readonly format: string
  readonly components: number | null
  readonly elements: number | null
  readonly requirements: number | null
  readonly threats: number | null
  readonly assumptions: number | null
  readonly policies: number | null
  readonly objectives: number | null
  readonly mappings: number | null
  readonly links: number
  readonly dangling: readonly string[]
  readonly duplicates: readonly string[]
  readonly unused: readonly string[]
}

const COMPONENTS = ['component', 'assurance-component']
const ELEMENTS = ['element', 'assurance-element']
const OBJECTIVES = ['objective', 'environment-objective']

export function summariseSet({ format, items, mappings, findings }: RequirementSet): SetSummary {
  const kinds = new Map<string, number>()
  for (const { kind } of items) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  const criteria = format === 'niap-xml' || [...COMPONENTS, ...ELEMENTS].some((kind) => kinds.has(kind))
  const count = (...of: readonly string[]) => (criteria ? of.reduce((sum, kind) => sum + (kinds.get(kind) ?? 0), 0) : null)
  const ids = (kind: SourceFinding['kind']) => [...new Set(findings.filter((finding) => finding.kind === kind).map(({ id }) => id))]
  return {
    format,
    components: count(...COMPONENTS),
    elements: count(...ELEMENTS),
    requirements: criteria ? null : items.length,
    threats: count('threat'),
    assumptions: count('assumption'),
    policies: count('policy'),
    objectives: count(...OBJECTIVES),
    mappings: criteria || mappings.length > 0 ? mappings.length : null,
    links: items.reduce((sum, { links }) => sum + links.length, 0),
    dangling: ids('dangling'),
    duplicates: ids('duplicate'),
    unused: ids('unused'),
  }
}
