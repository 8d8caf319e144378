/**
 * YAML as it is written: every scalar keeps its spelling (`1.960`, `true`, `null`), with the line of each entry of the top mapping.
 * Aliases, anchors that multiply, duplicate keys and more than one document are refused, and so is nesting that no file of ours has.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Node } from 'yaml'
import { EvidenceError } from '../../model/errors.js'
import { refuseDeepYaml } from '../../profiles/yaml-depth.js'
import { refuseTwiceNamed } from '../../profiles/yaml-document.js'

export interface WrittenYaml {
  readonly file: string
  /** Texts, lists and mappings. */
  readonly value: unknown
  /** Line of the key `name` of the top mapping, and of entry `index` of its list; 1 when there is none. */
  lineOf(name: string, index?: number): number
}

/** `firstLine`: line of the file on which `text` begins. @throws EvidenceError `malformed-yaml`, `too-deep` */
export function parseWrittenYaml(file: string, text: string, firstLine = 1): WrittenYaml {
  refuseDeepYaml(file, text)
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, uniqueKeys: false, strict: true, prettyErrors: false })
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line) + firstLine - 1
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined)
    throw new EvidenceError('malformed-yaml', { file, line: lineAt(problem.pos[0]) }, problem.message, 'correct the YAML')
  visit(document, {
    Alias: (_, alias) => {
      throw new EvidenceError(
        'malformed-yaml',
        { file, line: lineAt(alias.range?.[0] ?? 0) },
        `alias *${alias.source}`,
        'write the value out',
      )
    },
    Map: (_, map) => {
      refuseTwiceNamed(map, (key, offset) => {
        throw new EvidenceError(
          'malformed-yaml',
          { file, line: lineAt(offset) },
          `key ${JSON.stringify(key)} stands twice`,
          'keep one of the two',
        )
      })
    },
  })
  return { file, value: document.toJS(), lineOf: (name, index) => lineAt(offsetOf(document.contents, name, index)) }
}

function offsetOf(root: Node | null, name: string, index: number | undefined): number {
  if (!isMap(root)) return 0
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === name)
  if (pair === undefined) return root.range?.[0] ?? 0
  const entry = index !== undefined && isSeq<Node>(pair.value) ? pair.value.items[index] : undefined
  return entry?.range?.[0] ?? (isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0)
}
