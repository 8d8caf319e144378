/** Details of requirements in a chunk: one order of fields, written for the page and read by it. */
import type { AttributeValue, ItemActivity, ItemOperation, RequirementItem } from '../../../items/requirement-item.js'
import type { SourceMapping } from '../../../items/requirement-set.js'
import type { TracedMethod } from '../../../items/traced-method.js'
import type { Justification, TracedRequirement } from '../../../items/traced-set.js'
import type { SourcePlace } from '../../../model/errors.js'
import { PackReader, type Pack, type PackWriter } from './pack.js'

export interface LinkDetail {
  readonly role: string
  readonly target: string
  /** Empty: none named. */
  readonly revision: string
  readonly partly: boolean
  readonly place: SourcePlace
  /** Index of the target; -1: no such item. */
  readonly to: number
}

/** What the formats of sources leave open: kept as the source has it. */
export interface SourceExtras {
  readonly operations: readonly ItemOperation[]
  readonly activities: readonly ItemActivity[]
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

export interface RequirementDetail extends SourceExtras {
  /** 0: not stated. */
  readonly line: number
  readonly rationale: string
  readonly status: string
  readonly methods: readonly string[]
  /** Empty: none. */
  readonly ccVersion: string
  readonly parent: string
  readonly byTest: string
  readonly deep: string
  readonly above: readonly number[]
  readonly below: readonly number[]
  readonly tests: readonly number[]
  readonly missing: readonly string[]
  readonly justification: Justification | null
  readonly byOther: readonly TracedMethod[]
  readonly links: readonly LinkDetail[]
  readonly needs: readonly string[]
  readonly mappings: readonly SourceMapping[]
}

const NOTHING: SourceExtras = { operations: [], activities: [], attributes: {} }

export function writeRequirement(
  pack: PackWriter,
  traced: TracedRequirement,
  mappings: readonly SourceMapping[],
  find: (from: TracedRequirement, target: string, revision: string | null) => number,
): void {
  const { item } = traced
  const text = (value: string): void => pack.text(value)
  pack.line(item.place.line)
  pack.text(item.rationale)
  pack.text(item.status)
  pack.list(item.methods, text)
  pack.optional(item.ccVersion)
  pack.optional(item.parent)
  pack.text(traced.byTest)
  pack.text(traced.deep)
  pack.indices(traced.above)
  pack.indices(traced.below)
  pack.indices(traced.tests)
  pack.list(traced.missing, text)
  pack.text(traced.justification === null ? '' : JSON.stringify(traced.justification))
  pack.text(traced.methods.length === 0 ? '' : JSON.stringify(traced.methods))
  pack.list(item.links, ({ role, target, revision, extent, place }) => {
    pack.text(role)
    pack.text(target)
    pack.optional(revision)
    pack.number(extent === 'partial' ? 1 : 0)
    pack.text(place.file)
    pack.line(place.line)
    pack.number(find(traced, target, revision) + 1)
  })
  pack.list(item.needs, text)
  pack.list(mappings, ({ from, to, rationale, place }) => {
    for (const part of [from, to, rationale, place.file]) pack.text(part)
    pack.line(place.line)
  })
  pack.text(
    hasExtras(item) ? JSON.stringify({ operations: item.operations, activities: item.activities, attributes: item.attributes }) : '',
  )
}

function hasExtras({ operations, activities, attributes }: RequirementItem): boolean {
  return operations.length > 0 || activities.length > 0 || Object.keys(attributes).length > 0
}

export function readRequirements(chunk: Pack): readonly RequirementDetail[] {
  const pack = new PackReader(chunk)
  const text = (): string => pack.text()
  return Array.from({ length: pack.count }, () => ({
    line: pack.number(),
    rationale: pack.text(),
    status: pack.text(),
    methods: pack.list(text),
    ccVersion: pack.text(),
    parent: pack.text(),
    byTest: pack.text(),
    deep: pack.text(),
    above: pack.indices(),
    below: pack.indices(),
    tests: pack.indices(),
    missing: pack.list(text),
    justification: parsed<Justification | null>(pack.text(), null),
    byOther: parsed<readonly TracedMethod[]>(pack.text(), []),
    links: pack.list(() => ({
      role: pack.text(),
      target: pack.text(),
      revision: pack.text(),
      partly: pack.number() === 1,
      place: readPlace(pack),
      to: pack.number() - 1,
    })),
    needs: pack.list(text),
    mappings: pack.list(() => ({ from: pack.text(), to: pack.text(), rationale: pack.text(), place: readPlace(pack) })),
    ...parsed<SourceExtras>(pack.text(), NOTHING),
  }))
}

function readPlace(pack: PackReader): SourcePlace {
  const file = pack.text()
  const line = pack.number()
  return line === 0 ? { file } : { file, line }
}

/** The writer put the value in, a few lines above. */
function parsed<Value>(json: string, none: Value): Value {
  return json === '' ? none : (JSON.parse(json) as Value)
}
