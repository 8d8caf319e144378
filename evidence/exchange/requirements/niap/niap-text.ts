/**
 * The wording of a NIAP element as plain text: white space folded, paragraphs and list items on lines of their own, operations in the
 * notation of the Common Criteria (`[selection: ...]`, `[assignment: ...]`; CC 3.1 Part 1, "Operations").
 */
import { localName } from '../../xml/local-name.js'
import { type XmlElement } from '../../xml/xml-tree.js'
import { childNamed, childrenNamed, type NiapDocument } from './niap-document.js'
import { componentId, elementId } from './niap-ids.js'

/** Elements that carry data of their own and no wording. */
const SILENT = new Set([
  'depends',
  'selection-depends',
  'ref-id',
  'audit-event',
  'aactivity',
  'ext-comp-def-title',
  'no-link',
  'ctr-ref',
  'app-note',
])
/** Struck out: replaced by a refinement. */
const STRUCK = new Set(['s', 'strike', 'del'])
const BLOCKS = new Set([
  'p',
  'br',
  'div',
  'ul',
  'ol',
  'table',
  'tr',
  'testlist',
  'management-function',
  'description',
  'rationale',
  'TSS',
  'Guidance',
])

export class NiapText {
  private readonly labels = new Map<string, string>()

  constructor(private readonly document: NiapDocument) {}

  /** The wording inside an element. */
  of(element: XmlElement): string {
    return tidy(this.inside(element))
  }

  /** Of the parts of one content. */
  ofParts(parts: readonly (XmlElement | string)[]): string {
    return tidy(parts.map((part) => this.part(part)).join(''))
  }

  private inside(element: XmlElement): string {
    return element.content.map((part) => this.part(part)).join('')
  }

  private part(part: XmlElement | string): string {
    if (typeof part === 'string') return part.replace(/\s+/gu, ' ')
    const name = localName(part.name)
    if (SILENT.has(name) || STRUCK.has(name)) return name === 'no-link' ? this.inside(part) : ''
    return this.operation(name, part) ?? this.reference(name, part) ?? this.block(name, part)
  }

  private operation(name: string, element: XmlElement): string | undefined {
    if (name === 'selectables') return this.selection(element)
    if (name === 'assignable') return `[assignment: ${this.of(element)}]`
    return undefined
  }

  private selection(element: XmlElement): string {
    const table = childNamed(element, 'tabularize')
    const choices = childrenNamed(element, 'selectable').map((choice) => this.choice(choice))
    if (table !== undefined) return `${this.tableOfChoices(table)}\n${choices.map((choice) => `- ${choice}\n`).join('')}`
    return `[${selectionWord(element)}: ${choices.join(', ')}]`
  }

  /** The text of one choice; the columns of a table row are set apart by bars. */
  choice(selectable: XmlElement): string {
    const columns = childrenNamed(selectable, 'col')
    return columns.length === 0 ? this.of(selectable) : columns.map((column) => this.of(column)).join(' | ')
  }

  /** The wording is split over the head of a table whose rows are the choices: `selectcol` is a column that is selected from. */
  private tableOfChoices(table: XmlElement): string {
    const words = table.children.map((column) => {
      const name = localName(column.name)
      if (name === 'selectcol') return `[selection: ${this.of(column)}]`
      return name === 'reqtext' ? this.of(column) : ''
    })
    return ` ${words.filter((word) => word !== '').join(' ')}`
  }

  private reference(name: string, element: XmlElement): string | undefined {
    if (name === 'xref') return this.label(element.attributes['to'] ?? element.attributes['g'] ?? '')
    if ((name === 'abbr' || name === 'linkref' || name === 'cite') && element.content.length === 0)
      return element.attributes['linkend'] ?? element.attributes['title'] ?? ''
    return undefined
  }

  private block(name: string, element: XmlElement): string {
    const inside = this.inside(element)
    if (name === 'li' || name === 'test') return `\n- ${inside.trim()}\n`
    if (name === 'td' || name === 'th') return `${inside} | `
    if (name === 'management-function-set')
      return childrenNamed(element, 'management-function')
        .map((part) => this.managementFunction(part))
        .join('')
    if (name === 'figure' || name === 'img') return `[${element.attributes['title'] ?? element.attributes['alt'] ?? name}]`
    return BLOCKS.has(name) ? `\n${inside}\n` : inside
  }

  /** `M`, `O`, `X`, `N`: mandatory, optional, not permitted, not applicable for the manager it names. */
  private managementFunction(element: XmlElement): string {
    const text = childNamed(element, 'text')
    const roles = childrenNamed(element, 'M', 'O', 'X', 'N').map((role) => `${role.attributes['ref'] ?? '?'}: ${localName(role.name)}`)
    return `\n- ${text === undefined ? '' : this.of(text)}${roles.length === 0 ? '' : ` (${roles.join(', ')})`}\n`
  }

  /** What a cross reference shows; the id itself where the document does not say more. */
  private label(id: string): string {
    const known = this.labels.get(id)
    if (known !== undefined) return known
    const found = this.document.byId.get(id)?.[0]
    const label = found === undefined ? id : (labelOf(found.element, found.ancestors.at(-1)) ?? id)
    this.labels.set(id, label)
    return label
  }
}

function selectionWord({ attributes }: XmlElement): string {
  if (attributes['onlyone'] === 'yes' || attributes['choose-one-of'] === 'yes' || attributes['exclusive'] === 'true')
    return 'selection, choose one of'
  return attributes['atleastone'] === 'yes' ? 'selection, choose at least one of' : 'selection'
}

function labelOf(element: XmlElement, parent: XmlElement | undefined): string | undefined {
  const name = localName(element.name)
  if (name === 'f-component' || name === 'a-component') return componentId(element)
  if ((name === 'f-element' || name === 'a-element') && parent !== undefined) return elementId(parent, element)
  return element.attributes['title'] ?? element.attributes['name']
}

function tidy(text: string): string {
  return text
    .replace(/[ \t]+/gu, ' ')
    .replace(/ ?\n[ \n]*/gu, '\n')
    .replace(/ ([,.;:)\]])(?=\s|$|[,.;:)\]])/gu, '$1')
    .replace(/(\(|\[(?:selection|assignment): ) /gu, '$1')
    .trim()
}
