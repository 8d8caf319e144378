/** A pickle with its lasting identity: what a scenario is, before and apart from any execution. Messages, Pickle. */
import { hash } from 'node:crypto'
import type { ScenarioKey } from '../../model/ids.js'
import type { ScenarioTag, StepResult } from '../../model/scenario-result.js'
import { readCells, readLine, type FeatureIndex } from './feature-index.js'
import type { FeatureShelf } from './feature-shelf.js'
import type { JsonCursor } from '../json/json-cursor.js'
import type { MessageId } from '../json/message-id.js'
import { ObjectForm } from '../json/object-form.js'
import type { StepShelf } from '../fold/step-shelf.js'

export interface KeyedPickle {
  readonly key: ScenarioKey
  readonly uri: string
  readonly feature: string
  readonly rule: string
  readonly name: string
  readonly example: readonly string[]
  readonly tags: readonly ScenarioTag[]
  /** Ids of its steps, for the test case that follows. */
  readonly stepIds: readonly MessageId[]
  /** Its steps, not yet executed; a sequence of the shelf. */
  readonly plans: readonly StepResult[]
  /** Order within the feature; takes no part in the key. */
  readonly line: number
  readonly rowLine: number
}

/** A pickle as its message states it. */
interface WrittenPickle {
  id: MessageId | undefined
  uri: string | undefined
  name: string | undefined
  nodes: readonly MessageId[]
  line: number
  tags: readonly { readonly name: string; readonly node: MessageId }[]
  steps: readonly WrittenStep[]
}

interface WrittenStep {
  readonly id: MessageId
  readonly text: string
  readonly node: MessageId
  readonly argument: PickleArgument
}

const pickleForm = new ObjectForm()
const stepForm = new ObjectForm()
const tagForm = new ObjectForm()
const argumentForm = new ObjectForm()
const docStringForm = new ObjectForm()
const tableForm = new ObjectForm()
const rowForm = new ObjectForm()

/** Gives pickles of one stream their keys; scenarios that are alike in everything are told apart by their order in the document. */
export class PickleReader {
  private readonly seen = new Set<ScenarioKey>()
  private readonly repeated = new Map<ScenarioKey, number>()

  constructor(
    private readonly features: FeatureShelf,
    private readonly shelf: StepShelf,
  ) {}

  /** At the value of `pickle`; answers its id in the stream, too. */
  read(cursor: JsonCursor): { readonly id: MessageId; readonly pickle: KeyedPickle } {
    const written: WrittenPickle = { id: undefined, uri: undefined, name: undefined, nodes: [], line: 0, tags: [], steps: [] }
    if (cursor.enterObject()) while (cursor.nextMember(pickleForm)) this.readMember(cursor, written)
    const { id = cursor.lacks('pickle.id'), uri = cursor.lacks('pickle.uri'), name = cursor.lacks('pickle.name') } = written
    return { id, pickle: this.keyed(written, uri.replaceAll('\\', '/'), name) }
  }

  private readMember(cursor: JsonCursor, written: WrittenPickle): void {
    if (cursor.isMember('id')) written.id = cursor.newId()
    else if (cursor.isMember('uri')) written.uri = cursor.text()
    else if (cursor.isMember('name')) written.name = cursor.text()
    else if (cursor.isMember('astNodeIds')) written.nodes = cursor.ids()
    else if (cursor.isMember('location')) written.line = readLine(cursor)
    else if (cursor.isMember('tags')) written.tags = readTags(cursor)
    else if (cursor.isMember('steps')) written.steps = readSteps(cursor)
    else cursor.skip()
  }

  private keyed({ nodes, line, tags, steps }: WrittenPickle, uri: string, name: string): KeyedPickle {
    const features = this.features.of(uri)
    const scenario = features.scenarios.get(nodes[0] ?? '')
    const row = features.rows.get(nodes[1] ?? '')
    const rule = scenario?.rule ?? ''
    return {
      key: this.keyOf(JSON.stringify([uri, rule, scenario?.name ?? name, row?.examples ?? '', row?.cells ?? []])),
      uri,
      feature: scenario?.feature ?? uri,
      rule,
      name,
      example: row?.cells ?? [],
      tags: tags.map(({ name, node }) => ({ name, line: features.tagLines.get(node) ?? 0 })),
      stepIds: steps.map(({ id }) => id),
      plans: this.shelf.sequence(steps.map((step) => this.planOf(step, features))),
      line: scenario?.line ?? line,
      rowLine: row?.line ?? 0,
    }
  }

  private keyOf(identity: string): ScenarioKey {
    const key = digestOf(identity)
    const { size } = this.seen
    this.seen.add(key)
    if (this.seen.size > size) return key
    const count = (this.repeated.get(key) ?? 1) + 1
    this.repeated.set(key, count)
    return digestOf(`${identity}#${count}`)
  }

  private planOf({ text, node, argument }: WrittenStep, features: FeatureIndex): StepResult {
    return this.shelf.plan(features.stepKeywords.get(node) ?? '', text, argument.docString, argument.table)
  }
}

function digestOf(identity: string): ScenarioKey {
  return hash('sha256', identity, 'hex').slice(0, 16) as ScenarioKey
}

function readSteps(cursor: JsonCursor): WrittenStep[] {
  const steps: WrittenStep[] = []
  if (!cursor.enterList()) return steps
  while (cursor.nextItem()) {
    let id: MessageId | undefined
    let text: string | undefined
    let node: MessageId = ''
    let argument = noArgument
    if (cursor.enterObject())
      while (cursor.nextMember(stepForm))
        if (cursor.isMember('id')) id = cursor.newId()
        else if (cursor.isMember('text')) text = cursor.text()
        else if (cursor.isMember('astNodeIds')) node = cursor.ids()[0] ?? ''
        else if (cursor.isMember('argument')) argument = readArgument(cursor)
        else cursor.skip()
    steps.push({ id: id ?? cursor.lacks('pickle.steps.id'), text: text ?? cursor.lacks('pickle.steps.text'), node, argument })
  }
  return steps
}

interface PickleArgument {
  docString: string
  table: readonly (readonly string[])[]
}

const noArgument: PickleArgument = { docString: '', table: [] }

function readTags(cursor: JsonCursor): WrittenPickle['tags'] {
  const tags: { name: string; node: MessageId }[] = []
  if (!cursor.enterList()) return tags
  while (cursor.nextItem()) {
    let name: string | undefined
    let node: MessageId = ''
    if (cursor.enterObject())
      while (cursor.nextMember(tagForm))
        if (cursor.isMember('name')) name = cursor.text()
        else if (cursor.isMember('astNodeId')) node = cursor.idOr('')
        else cursor.skip()
    tags.push({ name: name ?? cursor.lacks('pickle.tags.name'), node })
  }
  return tags
}

function readArgument(cursor: JsonCursor): PickleArgument {
  const argument: PickleArgument = { docString: '', table: [] }
  if (!cursor.enterObject()) return argument
  while (cursor.nextMember(argumentForm))
    if (cursor.isMember('docString')) argument.docString = readDocString(cursor)
    else if (cursor.isMember('dataTable')) argument.table = readTable(cursor)
    else cursor.skip()
  return argument
}

function readDocString(cursor: JsonCursor): string {
  let content = ''
  if (cursor.enterObject())
    while (cursor.nextMember(docStringForm))
      if (cursor.isMember('content')) content = cursor.text()
      else cursor.skip()
  return content
}

function readTable(cursor: JsonCursor): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = []
  if (!cursor.enterObject()) return rows
  while (cursor.nextMember(tableForm))
    if (!cursor.isMember('rows')) cursor.skip()
    else if (cursor.enterList())
      while (cursor.nextItem()) {
        let cells: readonly string[] = []
        if (cursor.enterObject())
          while (cursor.nextMember(rowForm))
            if (cursor.isMember('cells')) cells = readCells(cursor)
            else cursor.skip()
        rows.push(cells)
      }
  return rows
}
