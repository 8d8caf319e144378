/** What a Gherkin document says about the nodes its pickles refer to: names, keywords, example rows, lines. Messages, GherkinDocument. */
import type { JsonCursor } from '../json/json-cursor.js'
import type { MessageId } from '../json/message-id.js'
import { ObjectForm } from '../json/object-form.js'

export interface ScenarioNode {
  readonly feature: string
  /** Empty: outside a rule. */
  readonly rule: string
  /** As written, placeholders included. */
  readonly name: string
  readonly line: number
}

export interface RowNode {
  readonly examples: string
  /** `header=value` */
  readonly cells: readonly string[]
  readonly line: number
}

/** A node of the document whose name may stand after its children. */
interface Parent {
  feature: string
  rule: string
  readonly depth: number
}

/** Gherkin knows no rule within a rule; what is nested deeper is checked and not indexed. */
const deepestRule = 8

interface OpenScenario {
  readonly parent: Parent
  id: MessageId
  name: string
  line: number
}

interface WrittenRow {
  id: MessageId
  cells: readonly string[]
  line: number
}

const documentForm = new ObjectForm()
const parentForm = new ObjectForm()
const childForm = new ObjectForm()
const scenarioForm = new ObjectForm()
const examplesForm = new ObjectForm()
const stepForm = new ObjectForm()
const tagForm = new ObjectForm()
const rowForm = new ObjectForm()
const cellForm = new ObjectForm()
const locationForm = new ObjectForm()

/** Nodes of one document, by their ids. */
export class FeatureIndex {
  readonly scenarios = new Map<MessageId, ScenarioNode>()
  readonly rows = new Map<MessageId, RowNode>()
  readonly stepKeywords = new Map<MessageId, string>()
  readonly tagLines = new Map<MessageId, number>()
  private open: OpenScenario[] = []

  /** At the value of `gherkinDocument`; answers its uri. */
  read(cursor: JsonCursor): string {
    const parent: Parent = { feature: '', rule: '', depth: 0 }
    let uri = ''
    if (cursor.enterObject())
      while (cursor.nextMember(documentForm))
        if (cursor.isMember('feature')) this.readParent(cursor, parent, 'feature')
        else if (cursor.isMember('uri')) uri = cursor.textOr('')
        else cursor.skip()
    for (const { id, name, line, parent } of this.open) this.scenarios.set(id, { feature: parent.feature, rule: parent.rule, name, line })
    this.open = []
    return uri
  }

  private readParent(cursor: JsonCursor, parent: Parent, kind: 'feature' | 'rule'): void {
    if (!cursor.enterObject()) return
    while (cursor.nextMember(parentForm))
      if (cursor.isMember('name')) parent[kind] = cursor.textOr('')
      else if (cursor.isMember('tags')) this.readTags(cursor)
      else if (cursor.isMember('children')) this.readChildren(cursor, parent)
      else cursor.skip()
  }

  private readChildren(cursor: JsonCursor, parent: Parent): void {
    if (!cursor.enterList()) return
    while (cursor.nextItem()) {
      if (!cursor.enterObject()) continue
      while (cursor.nextMember(childForm))
        if (cursor.isMember('scenario') || cursor.isMember('background')) this.readScenario(cursor, parent)
        else if (parent.depth < deepestRule && cursor.isMember('rule')) this.readRule(cursor, parent)
        else cursor.skip()
    }
  }

  /** The name of the feature may come later than its rules. */
  private readRule(cursor: JsonCursor, parent: Parent): void {
    const rule: Parent = {
      get feature() {
        return parent.feature
      },
      rule: '',
      depth: parent.depth + 1,
    }
    this.readParent(cursor, rule, 'rule')
  }

  private readScenario(cursor: JsonCursor, parent: Parent): void {
    if (!cursor.enterObject()) return
    const scenario: OpenScenario = { parent, id: '', name: '', line: 0 }
    while (cursor.nextMember(scenarioForm))
      if (cursor.isMember('id')) scenario.id = cursor.id()
      else if (cursor.isMember('name')) scenario.name = cursor.textOr('')
      else if (cursor.isMember('location')) scenario.line = readLine(cursor)
      else if (cursor.isMember('tags')) this.readTags(cursor)
      else if (cursor.isMember('steps')) this.readSteps(cursor)
      else if (cursor.isMember('examples')) this.readExamples(cursor)
      else cursor.skip()
    this.open.push(scenario)
  }

  private readExamples(cursor: JsonCursor): void {
    if (!cursor.enterList()) return
    while (cursor.nextItem()) {
      let examples = ''
      let header: readonly string[] = []
      const rows: WrittenRow[] = []
      if (!cursor.enterObject()) continue
      while (cursor.nextMember(examplesForm))
        if (cursor.isMember('name')) examples = cursor.textOr('')
        else if (cursor.isMember('tags')) this.readTags(cursor)
        else if (cursor.isMember('tableHeader')) header = readRow(cursor).cells
        else if (cursor.isMember('tableBody')) readRows(cursor, rows)
        else cursor.skip()
      for (const { id, cells, line } of rows)
        this.rows.set(id, { examples, cells: cells.map((value, i) => `${header[i] ?? ''}=${value}`), line })
    }
  }

  private readSteps(cursor: JsonCursor): void {
    if (!cursor.enterList()) return
    while (cursor.nextItem()) {
      let id: MessageId = ''
      let keyword = ''
      if (!cursor.enterObject()) continue
      while (cursor.nextMember(stepForm))
        if (cursor.isMember('id')) id = cursor.id()
        else if (cursor.isMember('keyword')) keyword = cursor.textOr('').trim()
        else cursor.skip()
      this.stepKeywords.set(id, keyword)
    }
  }

  private readTags(cursor: JsonCursor): void {
    if (!cursor.enterList()) return
    while (cursor.nextItem()) {
      let id: MessageId = ''
      let line = 0
      if (!cursor.enterObject()) continue
      while (cursor.nextMember(tagForm))
        if (cursor.isMember('id')) id = cursor.idOr('')
        else if (cursor.isMember('location')) line = readLine(cursor)
        else cursor.skip()
      this.tagLines.set(id, line)
    }
  }
}

function readRows(cursor: JsonCursor, rows: WrittenRow[]): void {
  if (cursor.enterList()) while (cursor.nextItem()) rows.push(readRow(cursor))
}

function readRow(cursor: JsonCursor): WrittenRow {
  const row: WrittenRow = { id: '', cells: [], line: 0 }
  if (!cursor.enterObject()) return row
  while (cursor.nextMember(rowForm))
    if (cursor.isMember('id')) row.id = cursor.id()
    else if (cursor.isMember('cells')) row.cells = readCells(cursor)
    else if (cursor.isMember('location')) row.line = readLine(cursor)
    else cursor.skip()
  return row
}

/** `cells` of a table row, of a document or of a pickle. */
export function readCells(cursor: JsonCursor): string[] {
  const cells: string[] = []
  if (!cursor.enterList()) return cells
  while (cursor.nextItem()) {
    let value = ''
    if (cursor.enterObject())
      while (cursor.nextMember(cellForm))
        if (cursor.isMember('value')) value = cursor.textOr('')
        else cursor.skip()
    cells.push(value)
  }
  return cells
}

/** `location`; 0: it names no line. */
export function readLine(cursor: JsonCursor): number {
  let line = 0
  if (cursor.enterObject())
    while (cursor.nextMember(locationForm))
      if (cursor.isMember('line')) line = cursor.count()
      else cursor.skip()
  return line
}
