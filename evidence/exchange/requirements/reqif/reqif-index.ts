/** What the references of one ReqIF document lead to, and what leads to nothing. IDENTIFIER is unique within a document (ReqIF 1.2, "Identifiable"). */
import type { AttributeValue } from '../../../items/requirement-item.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import { setAttribute, type AttributeRecord } from '../set/attributes.js'
import type { ReqifContent, ReqifDefinition, ReqifElement, ReqifEnumValue, ReqifPart, ReqifType, ReqifValue } from './reqif-content.js'

export interface ReadValue {
  readonly name: string
  readonly value: AttributeValue
  /** The value as one text, for the fields of the model. */
  readonly text: string
}

export class ReqifIndex {
  readonly types = new Map<string, ReqifType>()
  readonly objects = new Map<string, ReqifElement>()
  private readonly definitions = new Map<string, ReqifDefinition>()
  private readonly choices = new Map<string, ReqifEnumValue>()
  private readonly multiValued = new Set<string>()

  constructor(
    content: ReqifContent,
    private readonly findings: SourceFinding[],
  ) {
    const seen = new Set<string>()
    const enter = <Part extends ReqifPart>(parts: readonly Part[], map: Map<string, Part>) => {
      for (const part of parts) {
        if (part.id !== '' && seen.has(part.id)) this.report('duplicate', part.id, `the IDENTIFIER ${part.id} is given twice`, part)
        seen.add(part.id)
        if (!map.has(part.id)) map.set(part.id, part)
      }
    }
    enter(content.types, this.types)
    enter(
      content.datatypes.flatMap(({ values }) => values),
      this.choices,
    )
    enter(
      content.types.flatMap(({ definitions }) => definitions),
      this.definitions,
    )
    enter(content.objects, this.objects)
    for (const { id, attributes } of this.definitions.values()) if (attributes['MULTI-VALUED'] === 'true') this.multiValued.add(id)
  }

  report(kind: SourceFinding['kind'], id: string, text: string, { place }: Pick<ReqifPart, 'place'>): void {
    this.findings.push({ kind, id, text, place })
  }

  /** Values of an element by attribute name, and the names of those that are defaults of its type. */
  valuesOf(element: ReqifElement): { readonly values: readonly ReadValue[]; readonly defaulted: readonly string[] } {
    const given = new Set(element.values.map(({ definition }) => definition))
    const open = (this.types.get(element.type)?.definitions ?? []).filter(({ id, fallback }) => fallback !== null && !given.has(id))
    const values = element.values.map((value) => this.read(value, this.definitions.get(value.definition), element))
    const defaults = open.map((definition) => this.read(definition.fallback ?? noValue, definition, element))
    return { values: [...values, ...defaults], defaulted: defaults.map(({ name }) => name) }
  }

  private read(value: ReqifValue, definition: ReqifDefinition | undefined, owner: ReqifElement): ReadValue {
    if (definition === undefined)
      this.report(
        'dangling',
        value.definition,
        `${owner.id} has a value of the attribute definition ${value.definition || '(none)'}, which nothing defines`,
        value,
      )
    const name = definition?.attributes['LONG-NAME'] ?? value.definition
    if (value.kind === 'ENUMERATION') return { name, ...this.readChoices(value, definition, owner) }
    if (value.xhtml === '' && value.original === '') return { name, value: value.text, text: value.text }
    const record: AttributeRecord = { text: value.text, xhtml: value.xhtml }
    if (value.original !== '') record['original'] = value.original
    return { name, value: record, text: value.text }
  }

  private readChoices(value: ReqifValue, definition: ReqifDefinition | undefined, owner: ReqifElement): Omit<ReadValue, 'name'> {
    const words = value.choices.map((id) => {
      const choice = this.choices.get(id)
      if (choice === undefined) this.report('dangling', id, `${owner.id} has the enumeration value ${id}, which nothing defines`, value)
      return choice?.attributes['LONG-NAME'] ?? choice?.embedded['OTHER-CONTENT'] ?? choice?.embedded['KEY'] ?? id
    })
    const many = words.length > 1 || (definition !== undefined && this.multiValued.has(definition.id))
    return { value: many ? words : (words[0] ?? ''), text: words.join(', ') }
  }
}

const noValue: ReqifValue = { kind: '', definition: '', text: '', xhtml: '', original: '', choices: [], place: { file: '' } }

/** Two attributes of one name are kept both; values of one attribute are in the order of the source. */
export function attributesOf(values: readonly ReadValue[]): AttributeRecord {
  const record: AttributeRecord = {}
  const counts = new Map<string, number>()
  for (const { name, value } of values) {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    setAttribute(record, count === 1 ? name : `${name} (${count})`, value)
  }
  return record
}
