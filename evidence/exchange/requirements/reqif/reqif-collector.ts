/**
 * Collects the content of one ReqIF document from XML events, in one pass and in any order of its parts: tools put types, values and
 * definitions in different orders. Names are compared without their prefix; what the format does not define is passed over.
 */
import type { SourcePlace } from '../../../model/errors.js'
import type { XmlAttributes, XmlHandler } from '../../xml/read-xml.js'
import type {
  ReqifContent,
  ReqifDatatype,
  ReqifDefinition,
  ReqifElement,
  ReqifEnumValue,
  ReqifGroup,
  ReqifNode,
  ReqifRelation,
  ReqifSpecification,
  ReqifType,
  ReqifValue,
} from './reqif-content.js'
import { XhtmlCapture } from './xhtml-capture.js'

const TYPES = new Set(['SPEC-OBJECT-TYPE', 'SPECIFICATION-TYPE', 'SPEC-RELATION-TYPE', 'RELATION-GROUP-TYPE', 'SPEC-TYPE'])

/** Their content is kept as markup. */
const CAPTURED = new Set(['THE-VALUE', 'THE-ORIGINAL-VALUE', 'TOOL-EXTENSIONS'])

export class ReqifCollector implements XmlHandler {
  readonly content: ReqifContent
  /** Name of the root element; empty before it was read. */
  root = ''
  /** Text of the element that is open: a reference or a field of the header. */
  private words = ''
  private inHeader = false
  private capture: XhtmlCapture | undefined
  private captureDepth = 0
  private datatype: ReqifDatatype | undefined
  private enumValue: ReqifEnumValue | undefined
  private type: ReqifType | undefined
  private definition: ReqifDefinition | undefined
  private element: ReqifElement | undefined
  private relation: ReqifRelation | undefined
  private group: ReqifGroup | undefined
  private readonly nodes: ReqifNode[] = []
  private specification: ReqifSpecification | undefined
  private value: ReqifValue | undefined
  private side: 'source' | 'target' | undefined

  constructor(private readonly file: string) {
    this.content = {
      file,
      header: {},
      extensions: '',
      datatypes: [],
      types: [],
      objects: [],
      relations: [],
      specifications: [],
      groups: [],
    }
  }

  open(spelled: string, attributes: XmlAttributes, line: number): void {
    if (this.capture !== undefined) {
      this.captureDepth += 1
      this.capture.open(spelled, attributes)
      return
    }
    const name = local(spelled)
    if (this.root === '') this.root = name
    this.words = ''
    const place = { file: this.file, line }
    if (name.endsWith('-REF')) return
    if (name.startsWith('ATTRIBUTE-VALUE')) this.openValue(name, attributes, place)
    else if (name === 'THE-VALUE' || name === 'THE-ORIGINAL-VALUE') this.capture = this.value === undefined ? undefined : new XhtmlCapture()
    else if (name === 'TOOL-EXTENSIONS') this.capture = new XhtmlCapture()
    else if (!this.openDefinition(name, attributes, place)) this.openElement(name, attributes, place)
  }

  text(text: string): void {
    if (this.capture === undefined) this.words += text
    else this.capture.text(text)
  }

  close(spelled: string): void {
    if (this.capture !== undefined && this.captureDepth > 0) {
      this.captureDepth -= 1
      this.capture.close(spelled)
      return
    }
    const name = local(spelled)
    if (name.endsWith('-REF')) this.closeReference(name, this.words.trim())
    else if (CAPTURED.has(name)) this.closeCapture(name)
    else if (name.startsWith('ATTRIBUTE-VALUE')) this.closeValue()
    else this.closePart(name)
    this.words = ''
  }

  private openValue(name: string, attributes: XmlAttributes, place: SourcePlace): void {
    const kind = name.slice('ATTRIBUTE-VALUE-'.length)
    this.value = { kind, definition: '', text: attributes['THE-VALUE'] ?? '', xhtml: '', original: '', choices: [], place }
  }

  private openDefinition(name: string, attributes: XmlAttributes, place: SourcePlace): boolean {
    const part = { id: attributes['IDENTIFIER'] ?? '', attributes, place }
    if (name.startsWith('DATATYPE-DEFINITION-')) {
      this.datatype = { ...part, kind: name.slice('DATATYPE-DEFINITION-'.length), values: [] }
      this.content.datatypes.push(this.datatype)
    } else if (name === 'ENUM-VALUE') {
      this.enumValue = { ...part, embedded: {} }
      this.datatype?.values.push(this.enumValue)
    } else if (name === 'EMBEDDED-VALUE') {
      if (this.enumValue !== undefined) this.enumValue.embedded = attributes
    } else if (TYPES.has(name)) {
      this.type = { ...part, element: name, definitions: [] }
      this.content.types.push(this.type)
    } else if (name.startsWith('ATTRIBUTE-DEFINITION-')) {
      this.definition = { ...part, kind: name.slice('ATTRIBUTE-DEFINITION-'.length), datatype: '', fallback: null }
      this.type?.definitions.push(this.definition)
    } else return false
    return true
  }

  private openElement(name: string, attributes: XmlAttributes, place: SourcePlace): void {
    const part = { id: attributes['IDENTIFIER'] ?? '', attributes, place }
    const element = (): ReqifElement => ({ ...part, type: '', alternativeId: '', values: [] })
    switch (name) {
      case 'SPEC-OBJECT':
        this.content.objects.push((this.element = element()))
        break
      case 'SPEC-RELATION':
        this.relation = { ...element(), source: '', target: '' }
        this.element = this.relation
        this.content.relations.push(this.relation)
        break
      case 'RELATION-GROUP':
        this.group = { ...element(), relations: [] }
        this.element = this.group
        this.content.groups.push(this.group)
        break
      case 'SPECIFICATION':
        this.specification = { ...element(), children: [] }
        this.element = this.specification
        this.content.specifications.push(this.specification)
        break
      case 'SPEC-HIERARCHY':
        this.openNode({ ...part, object: '', children: [] })
        break
      case 'SOURCE':
      case 'TARGET':
        this.side = name === 'SOURCE' ? 'source' : 'target'
        break
      case 'ALTERNATIVE-ID':
        if (this.element !== undefined && this.nodes.length === 0) this.element.alternativeId = part.id
        break
      case 'REQ-IF-HEADER':
        this.inHeader = true
        Object.assign(this.content.header, attributes)
        break
    }
  }

  private openNode(node: ReqifNode): void {
    const siblings = this.nodes.at(-1)?.children ?? this.specification?.children
    siblings?.push(node)
    this.nodes.push(node)
  }

  private closeReference(name: string, id: string): void {
    if (name === 'ENUM-VALUE-REF') this.value?.choices.push(id)
    else if (name.startsWith('ATTRIBUTE-DEFINITION-')) {
      if (this.value !== undefined) this.value.definition = id
    } else if (name.startsWith('DATATYPE-DEFINITION-')) {
      if (this.definition !== undefined) this.definition.datatype = id
    } else if (name.endsWith('-TYPE-REF')) {
      if (this.element !== undefined) this.element.type = id
    } else if (name === 'SPEC-RELATION-REF') this.group?.relations.push(id)
    else if (name === 'SPEC-OBJECT-REF') this.closeObjectReference(id)
  }

  private closeObjectReference(id: string): void {
    const node = this.nodes.at(-1)
    if (node !== undefined) node.object = id
    else if (this.relation !== undefined && this.side !== undefined) this.relation[this.side] = id
  }

  private closeCapture(name: string): void {
    const result = this.capture?.result()
    this.capture = undefined
    if (name === 'TOOL-EXTENSIONS') this.content.extensions = result?.xhtml ?? ''
    if (this.value === undefined || result === undefined) return
    if (name === 'THE-ORIGINAL-VALUE') this.value.original = result.xhtml
    else Object.assign(this.value, result)
  }

  private closeValue(): void {
    const value = this.value
    this.value = undefined
    if (value === undefined) return
    if (this.definition !== undefined) this.definition.fallback = value
    else this.element?.values.push(value)
  }

  private closePart(name: string): void {
    if (name === 'SPEC-HIERARCHY') this.nodes.pop()
    else if (name === 'REQ-IF-HEADER') this.inHeader = false
    else if (this.inHeader) this.content.header[name] = this.words.trim()
    else if (name === 'SOURCE' || name === 'TARGET') this.side = undefined
    else if (name === 'ENUM-VALUE') this.enumValue = undefined
    else if (name.startsWith('DATATYPE-DEFINITION-')) this.datatype = undefined
    else if (name.startsWith('ATTRIBUTE-DEFINITION-')) this.definition = undefined
    else if (TYPES.has(name)) this.type = undefined
    else if (name === 'SPEC-OBJECT' || name === 'SPEC-RELATION' || name === 'SPECIFICATION' || name === 'RELATION-GROUP') {
      this.element = undefined
      this.relation = undefined
      this.specification = undefined
      this.group = undefined
    }
  }
}

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
