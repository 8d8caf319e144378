/**
 * The YAML that a configuration may be written in: one YAML 1.2 document, core schema, without anchors, aliases, tags, merge keys
 * and duplicate keys, because every value must stand where a reviewer reads it. Size and depth are bounded before anything is built.
 */
import { CST, LineCounter, Lexer, type Node, isAlias, isCollection, isMap, isNode, isScalar, isSeq, parseDocument, visit } from 'yaml'
import { ConfigurationError, type ConfigurationErrorCode, quote } from './configuration-error.js'

/** Keys and indexes from the root of the document. */
export type Path = readonly (string | number)[]

export interface YamlSource {
  readonly file: string
  readonly value: unknown
  /** Line, from 1, of the key or element at `path`, or of its nearest ancestor that stands in the text. */
  readonly lineOf: (path: Path) => number
}

/** Characters; a system of 1,024 partitions needs about a third of it. */
export const LARGEST_SOURCE = 1024 * 1024
const DEEPEST_NESTING = 16
const LARGEST_INDENTATION = 64

/** @throws ConfigurationError `unreadable` or `yaml` */
export function readYaml(file: string, text: string): YamlSource {
  const refuse: Refuse = (line, rule, what, remedy, code = 'yaml') => {
    throw new ConfigurationError(code, { file, line, rule, what, remedy })
  }
  if (text.length > LARGEST_SOURCE)
    refuse(1, 'yaml-size', `${text.length} characters, at most ${LARGEST_SOURCE}`, 'split the system', 'unreadable')
  const deep = tooDeep(text)
  if (deep !== undefined) refuse(deep, 'yaml-depth', `nested more than ${DEEPEST_NESTING} levels`, 'flatten the document')

  const lines = new LineCounter()
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)
  // Duplicate keys are found below, and errors worded here: the library does both in time that grows with the square of the size.
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    merge: false,
    logLevel: 'error',
  })
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem !== undefined) {
    const what = problem.message.split('\n')[0] ?? ''
    refuse(lineAt(problem.pos[0]), YAML_RULES[problem.code] ?? 'yaml-syntax', what, 'write one plain YAML 1.2 document')
  }
  const contents: Node | null = document.contents
  if (contents === null) return refuse(1, 'yaml-empty', 'the document is empty', 'describe a system: system, partitions, schedule')
  refuseUnplain(contents, lineAt, refuse)
  return { file, value: document.toJS({ maxAliasCount: 0 }), lineOf: (path) => lineAt(offsetOf(contents, path)) }
}

type Refuse = (line: number, rule: string, what: string, remedy: string, code?: ConfigurationErrorCode) => never

const YAML_RULES: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'yaml-documents',
  TAG_RESOLVE_FAILED: 'yaml-tag',
}

/** Anchors, aliases, tags, and keys that are no plain words or occur twice. */
function refuseUnplain(contents: Node, lineAt: (offset: number) => number, refuse: Refuse): void {
  visit(contents, {
    Node(_, node) {
      const line = lineAt(node.range?.[0] ?? 0)
      if (isAlias(node) || node.anchor !== undefined)
        refuse(line, 'yaml-alias', 'anchors and aliases are not accepted', 'write the value out')
      if ((isScalar(node) || isCollection(node)) && node.tag !== undefined)
        refuse(line, 'yaml-tag', 'tags are not accepted', 'remove the tag')
    },
    Map(_, map) {
      const seen = new Set<string>()
      for (const { key } of map.items) {
        const line = isNode(key) ? lineAt(key.range?.[0] ?? 0) : 1
        if (!isScalar(key) || typeof key.value !== 'string')
          return refuse(line, 'yaml-key', 'a key is not a string', 'use a plain word as key')
        if (seen.has(key.value)) refuse(line, 'yaml-duplicate-key', `${quote(key.value)} occurs twice`, 'keep one of them')
        seen.add(key.value)
      }
      return undefined
    },
  })
}

function offsetOf(root: Node, path: Path): number {
  let node: unknown = root
  let offset = root.range?.[0] ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
      if (pair === undefined) return offset
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      if (isScalar(node) || isCollection(node)) offset = node.range?.[0] ?? offset
    } else return offset
  }
  return offset
}

/** The line of the first value that lies too deep, found on the tokens alone: building such a document could exhaust the stack. */
function tooDeep(text: string): number | undefined {
  let line = 1
  let flow = 0
  let compact = 0
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token)
    if (type === 'flow-map-start' || type === 'flow-seq-start') flow++
    else if (type === 'flow-map-end' || type === 'flow-seq-end') flow--
    else if (type === 'seq-item-ind' || type === 'explicit-key-ind') compact++
    else if (type === 'newline') compact = 0
    else if (type === 'space' && compact === 0 && flow === 0 && token.length > LARGEST_INDENTATION) return line
    if (flow > DEEPEST_NESTING || compact > DEEPEST_NESTING) return line
    for (let at = token.indexOf('\n'); at >= 0; at = token.indexOf('\n', at + 1)) line++
  }
  return undefined
}
