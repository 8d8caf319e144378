/**
 * YAML as it is written: every scalar keeps its spelling (`1.960`, `true`, `null`), with the line of each entry of the top mapping.
 * Aliases, anchors that multiply, duplicate keys and more than one document are refused, and so is nesting that no file of ours has.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Node } from 'yaml'
import { EvidenceError } from '../../model/errors.js'

export interface WrittenYaml {
  readonly file: string
  /** Texts, lists and mappings. */
  readonly value: unknown
  /** Line of the key `name` of the top mapping, and of entry `index` of its list; 1 when there is none. */
  lineOf(name: string, index?: number): number
}

const deepest = 100

/** `firstLine`: line of the file on which `text` begins. @throws EvidenceError `malformed-yaml`, `too-deep` */
export function parseWrittenYaml(file: string, text: string, firstLine = 1): WrittenYaml {
  if (isTooDeep(text)) throw new EvidenceError('too-deep', { file }, `nested deeper than ${deepest}`, 'write it flatter')
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, uniqueKeys: true, strict: true, prettyErrors: false })
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
  })
  return { file, value: document.toJS(), lineOf: (name, index) => lineAt(offsetOf(document.contents, name, index)) }
}

/** Upper bound of the depth: open brackets, and indentation or list signs of one line. The parser recurses, so it must not see more. */
function isTooDeep(text: string): boolean {
  let brackets = 0
  let run = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 91 || code === 123) brackets += 1
    else if (code === 93 || code === 125) brackets -= brackets > 0 ? 1 : 0
    if (code === 10) run = 0
    else if ((code === 45 || code === 63) && isBlank(text, at - 1) && isBlank(text, at + 1)) run += 1
    if (brackets > deepest || run > deepest) return true
  }
  return deepIndentation(text)
}

function isBlank(text: string, at: number): boolean {
  const char = text.charAt(at)
  return char === '' || char === ' ' || char === '\n' || char === '\r' || char === '\t'
}

/** More different indentations open at once than a file of any reader has. */
function deepIndentation(text: string): boolean {
  const open: number[] = []
  for (const line of text.split('\n')) {
    const indent = line.search(/[^ ]/)
    if (indent < 0) continue
    while ((open.at(-1) ?? -1) >= indent) open.pop()
    open.push(indent)
    if (open.length > deepest) return true
  }
  return false
}

function offsetOf(root: Node | null, name: string, index: number | undefined): number {
  if (!isMap(root)) return 0
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === name)
  if (pair === undefined) return root.range?.[0] ?? 0
  const entry = index !== undefined && isSeq<Node>(pair.value) ? pair.value.items[index] : undefined
  return entry?.range?.[0] ?? (isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0)
}
