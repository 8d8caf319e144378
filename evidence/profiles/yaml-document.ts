/**
 * A YAML 1.2 file with the line of every node, so that a refusal names the place. Anchors and aliases are refused: they let a small
 * file become a large one, and a reader of one entry could not tell what it says.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Node, type YAMLMap } from 'yaml'
import { EvidenceError } from '../model/errors.js'
import { refuseDeepYaml } from './yaml-depth.js'

export type YamlPath = readonly (string | number)[]

export interface YamlDocument {
  readonly file: string
  readonly value: unknown
  /** 1-based line of the node at `path`, of the key itself for a mapping entry; of the nearest enclosing node when there is none. */
  lineOf(path: YamlPath): number
}

/** @throws EvidenceError `too-deep`, `malformed-yaml` for syntax errors, duplicate keys, aliases and more than one document. */
export function parseYaml(file: string, text: string): YamlDocument {
  refuseDeepYaml(file, text)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, strict: true, prettyErrors: false, version: '1.2' })
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined)
    throw new EvidenceError('malformed-yaml', { file, line: lineAt(problem.pos[0]) }, problem.message, 'correct the YAML')
  visit(document, {
    Alias(_, alias) {
      throw new EvidenceError(
        'malformed-yaml',
        { file, line: lineAt(alias.range?.[0] ?? 0) },
        `alias *${alias.source}`,
        'write the value out',
      )
    },
    Map(_, map) {
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
  const root = document.contents
  return { file, value: document.toJS(), lineOf: (path) => lineAt(offsetOf(root, path)) }
}

/** The check of the parser compares each key with every other, which takes minutes for a mapping of many thousands. */
export function refuseTwiceNamed(map: YAMLMap, refuse: (key: string, offset: number) => never): void {
  const seen = new Set<string>()
  for (const { key } of map.items) {
    if (!isScalar(key)) continue
    const name = String(key.value)
    if (seen.has(name)) refuse(name, key.range?.[0] ?? 0)
    seen.add(name)
  }
}

function offsetOf(root: Node | null, path: YamlPath): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const step of path) {
    const child = childOf(node, step)
    if (child === undefined) break
    offset = child.offset ?? offset
    node = child.node
  }
  return offset
}

function childOf(node: unknown, step: string | number): { readonly node: unknown; readonly offset: number | undefined } | undefined {
  if (isSeq<Node>(node)) {
    const item = node.items[Number(step)]
    return item === undefined ? undefined : { node: item, offset: item.range?.[0] }
  }
  if (!isMap(node)) return undefined
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
  return pair === undefined ? undefined : { node: pair.value, offset: isScalar(pair.key) ? pair.key.range?.[0] : undefined }
}
