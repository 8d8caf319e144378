/** Where a node departs from the grammar of its document: StrictDoc would refuse the file, we report it and keep the node. */
import type { SourceFinding } from '../../../items/requirement-set.js'
import { finding } from '../set/make-set.js'
import { fieldOf, type SdocElement, type SdocGrammar, type SdocNode } from './sdoc-document.js'

/** Values that every choice accepts: not decided yet. */
const undecided = ['TBD', 'TBC']

/** Nodes that need no element of their own. */
const builtIn = new Set(['SECTION', 'TEXT', 'FREETEXT'])

export function checkGrammar(file: string, node: SdocNode, id: string, grammar: SdocGrammar, findings: SourceFinding[]): void {
  const report = (text: string, line = node.line): void => {
    findings.push(finding('unreadable', id, `${text}; kept as it stands`, { file, line }))
  }
  const element = grammar.get(node.tag)
  if (element === undefined) {
    if (!builtIn.has(node.tag)) report(`the grammar has no element ${node.tag}`)
    return
  }
  checkFields(node, element, report)
  for (const { type, role, line } of node.relations)
    if (!element.relations.has(role === '' ? type : `${type}:${role}`))
      report(`the grammar of ${node.tag} has no relation ${type}${role === '' ? '' : ` with role ${role}`}`, line)
}

function checkFields(node: SdocNode, element: SdocElement, report: (text: string, line?: number) => void): void {
  for (const { name, value, line } of node.fields) {
    const field = element.fields.get(name)
    if (field === undefined) {
      if (name !== 'MID' && name !== 'LEVEL') report(`the grammar of ${node.tag} has no field ${name}`, line)
      continue
    }
    const values = field.several ? value.split(',').map((part) => part.trim()) : [value]
    const wrong =
      field.choices === undefined ? undefined : values.find((part) => field.choices?.includes(part) !== true && !undecided.includes(part))
    if (wrong !== undefined) report(`${name} ${JSON.stringify(wrong.slice(0, 80))} is none of ${field.choices?.join(', ') ?? ''}`, line)
  }
  for (const [name, { required }] of element.fields)
    if (required && fieldOf(node.fields, name) === '') report(`${name} is required and missing`)
}
