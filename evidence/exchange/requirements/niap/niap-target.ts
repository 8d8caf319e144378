/**
 * What a security target takes up from a profile, given with `--map`: `format: niap-xml`, and under `claims` the components beyond the
 * mandatory ones, under `selected` the ids of choices and features, under `decided` what is written into operations, by their ids. A
 * component that depends on a choice that was made is taken up with it (CC 3.1 Part 1, "Operations"; NIAP, selection-based requirements).
 */
import { EvidenceError } from '../../../model/errors.js'
import type { ItemOperation, RequirementItem } from '../../../items/requirement-item.js'
import type { NiapChoice } from './niap-operations.js'

export interface NiapTarget {
  readonly claims: readonly string[]
  readonly selected: readonly string[]
  /** Operation id to what stands there: the text of an assignment, the choices of a selection. */
  readonly decided: ReadonlyMap<string, readonly string[]>
}

const MEMBERS = ['format', 'claims', 'selected', 'decided']

/** Null: the map is one for another format. @throws EvidenceError `malformed-map` */
export function readTarget(map: Readonly<Record<string, unknown>>): NiapTarget | null {
  if (map['format'] !== 'niap-xml') return null
  for (const name of Object.keys(map))
    if (!MEMBERS.includes(name)) throw refuse(`unknown member ${JSON.stringify(name)}`, `use ${MEMBERS.join(', ')}`)
  const decided = map['decided'] ?? {}
  if (typeof decided !== 'object' || Array.isArray(decided))
    throw refuse('decided is no mapping', 'write the id of an operation, and what is decided')
  return {
    claims: textsOf(map['claims'] ?? [], 'claims'),
    selected: textsOf(map['selected'] ?? [], 'selected'),
    decided: new Map(Object.entries(decided).map(([id, value]) => [id, textsOf(Array.isArray(value) ? value : [value], id)])),
  }
}

function textsOf(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value)) throw refuse(`${name} is no list`, 'write a list of texts')
  return value.map((entry: unknown) => {
    if (typeof entry === 'string' || typeof entry === 'number') return String(entry)
    throw refuse(`${name} holds something that is no text`, 'write a list of texts')
  })
}

/**
 * The items with decisions in their operations. What is taken up is mandatory, with the published word under `published-inclusion`; what
 * is not keeps its inclusion, so that a policy can leave it out.
 * @throws EvidenceError `malformed-map` for what the profile does not have
 */
export function decidedItems(
  items: readonly RequirementItem[],
  choices: ReadonlyMap<string, NiapChoice>,
  target: NiapTarget,
): readonly RequirementItem[] {
  const decided = decisionsOf(items, choices, target)
  const taken = takenUp(items, choices, target)
  return items.map((item) => {
    if (item.kind !== 'component' && item.kind !== 'element') return item
    const claimed = taken.has(item.kind === 'component' ? item.id : (item.parent ?? ''))
    const attributes = { ...item.attributes, 'published-inclusion': item.inclusion, 'security-target': claimed ? 'claimed' : 'not claimed' }
    const operations = item.operations.map((operation) => ({ ...operation, decided: decided.get(operation.id) ?? operation.decided }))
    return { ...item, inclusion: claimed ? 'mandatory' : item.inclusion, operations, attributes }
  })
}

/** Choices by their ids and by their texts come together in one text, in the order in which the profile offers them. */
function decisionsOf(
  items: readonly RequirementItem[],
  choices: ReadonlyMap<string, NiapChoice>,
  { selected, decided }: NiapTarget,
): ReadonlyMap<string, string> {
  const wanted = new Map([...decided].map(([id, texts]): [string, string[]] => [id, [...texts]]))
  for (const id of selected) {
    const choice = choices.get(id)
    if (choice !== undefined) wanted.set(choice.operation, [...(wanted.get(choice.operation) ?? []), choice.text])
  }
  const operations = new Map(items.flatMap((item) => item.operations).map((operation) => [operation.id, operation]))
  return new Map([...wanted].map(([id, texts]) => [id, decisionText(id, operations.get(id), texts)]))
}

function decisionText(id: string, operation: ItemOperation | undefined, texts: readonly string[]): string {
  if (operation === undefined)
    throw refuse(`decided ${JSON.stringify(id)}: the profile has no such operation`, 'take the id from the imported file')
  if (operation.kind !== 'selection') return texts.join(', ')
  const strange = texts.find((text) => !operation.choices.includes(text))
  if (strange !== undefined)
    throw refuse(
      `${JSON.stringify(strange)} is no choice of ${id}`,
      `choose from ${operation.choices.map((choice) => JSON.stringify(choice)).join(', ')}`,
    )
  return operation.choices.filter((choice) => texts.includes(choice)).join(', ')
}

function takenUp(
  items: readonly RequirementItem[],
  choices: ReadonlyMap<string, NiapChoice>,
  { claims, selected }: NiapTarget,
): ReadonlySet<string> {
  const components = items.filter(({ kind }) => kind === 'component')
  const known = new Set(components.map(({ id }) => id))
  const dependencies = new Map(components.map((component) => [component.id, dependsOf(component)]))
  const meant = new Set([...choices.keys(), ...[...dependencies.values()].flat()])
  for (const claim of claims)
    if (!known.has(claim)) throw refuse(`claims ${JSON.stringify(claim)}: the profile has no such component`, 'spell it as published')
  for (const id of selected)
    if (!meant.has(id)) throw refuse(`selected ${JSON.stringify(id)}: nothing in the profile has this id`, 'take it from the imported file')
  const chosen = new Set(selected)
  const isTaken = ({ id, inclusion }: RequirementItem) =>
    inclusion === 'mandatory' || claims.includes(id) || (dependencies.get(id) ?? []).some((on) => chosen.has(on))
  return new Set(components.filter(isTaken).map(({ id }) => id))
}

function dependsOf({ attributes: { depends } }: RequirementItem): readonly string[] {
  return Array.isArray(depends) ? depends.filter((id) => typeof id === 'string') : []
}

function refuse(what: string, remedy: string): EvidenceError {
  return new EvidenceError('malformed-map', { file: '--map' }, what, remedy)
}
