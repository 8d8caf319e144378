/**
 * A catalogue as items. Components contain elements; methods stand at the elements, since an element closes and a component does not.
 * Every mark that says what is confirmed (`status`, `classStatus`, `mappingStatus` ...) is kept as an attribute.
 */
import type { AttributeValue, RequirementItem } from '../../../items/requirement-item.js'
import type { SourceMapping } from '../../../items/requirement-set.js'
import type { AssuranceComponent, Catalogue, Component } from '../../../model/catalogue.js'
import type { SourcePlace } from '../../../model/errors.js'
import type { IdIndex, IdKind } from '../../../profiles/id-index.js'
import { attributeOf, setAttribute, type AttributeRecord } from '../set/attributes.js'
import { makeItem } from '../set/make-item.js'

export function catalogueItems(catalogue: Catalogue, ids: IdIndex, file: string): RequirementItem[] {
  const { ccVersion } = catalogue.profile
  const at = (kind: IdKind, id: string): SourcePlace => ids.placeOf(kind, id) ?? { file }
  return [
    ...catalogue.components.flatMap((component) => componentItems(component, ccVersion, at)),
    ...catalogue.assurance.map((component) => assuranceItem(component, ccVersion, at('assurance component', component.id))),
    ...catalogue.threats.map(({ id, paraphrase, ...rest }) => stated('threat', id, paraphrase, rest, at('threat', id))),
    ...catalogue.objectives.map(({ id, paraphrase, status, confidence, mappingStatus }) =>
      stated('objective', id, paraphrase, { status, confidence, mappingStatus }, at('objective', id)),
    ),
    ...catalogue.assumptions.map(({ id, paraphrase, ...rest }) => stated('assumption', id, paraphrase, rest, at('assumption', id))),
    ...catalogue.policies.map(({ id, paraphrase, ...rest }) => stated('policy', id, paraphrase, rest, at('policy', id))),
  ]
}

/** Objective to component. `inferred`: the mapping is ours, not that of the rationale of the profile. */
export function catalogueMappings({ objectives }: Catalogue, ids: IdIndex, file: string): SourceMapping[] {
  return objectives.flatMap(({ id, sfrs, sars, mappingStatus }) =>
    [...sfrs, ...sars].map((to) => ({ from: id, to, rationale: mappingStatus, place: ids.placeOf('objective', id) ?? { file } })),
  )
}

/** What stands beside the items: identification, notice, legend, sources, classes, what the profile is believed not to contain. */
export function catalogueAttributes(catalogue: Catalogue): Readonly<Record<string, AttributeValue>> {
  const { profile, notice, statusLegend, sources, classes, notInProfile } = catalogue
  return attributes({ profile, notice, statusLegend, sources, classes, notInProfile })
}

function componentItems(component: Component, ccVersion: string, at: (kind: IdKind, id: string) => SourcePlace): RequirementItem[] {
  const { id, title, elements, verification, status, ...rest } = component
  const marks = attributes(rest)
  const head = makeItem({ id, kind: 'component', title, status, ccVersion, attributes: marks, place: at('component', id) })
  return [
    head,
    ...elements.map((element) =>
      makeItem({
        id: element.id,
        kind: 'element',
        title,
        text: element.paraphrase,
        status,
        methods: verification,
        ccVersion,
        parent: id,
        attributes: marks,
        place: at('element', element.id),
      }),
    ),
  ]
}

function assuranceItem(component: AssuranceComponent, ccVersion: string, place: SourcePlace): RequirementItem {
  const { id, title, paraphrase: text, verification: methods, status, ...rest } = component
  return makeItem({ id, kind: 'assurance-component', title, text, status, methods, ccVersion, attributes: attributes(rest), place })
}

interface Marks {
  readonly status: string
  readonly confidence: string
  readonly mappingStatus?: string
}

function stated(kind: string, id: string, text: string, { status, ...rest }: Marks, place: SourcePlace): RequirementItem {
  return makeItem({ id, kind, text, status, attributes: attributes(rest), place })
}

function attributes(values: object): AttributeRecord {
  const kept: AttributeRecord = {}
  for (const [name, value] of Object.entries(values)) if (value !== null) setAttribute(kept, name, attributeOf(value))
  return kept
}
