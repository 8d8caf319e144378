/** Grammar of a StrictDoc document: which elements there are, their fields and relations. StrictDoc user guide, "Document grammar". */
import { EvidenceError } from '../../../model/errors.js'
import type { SdocElement, SdocGrammar, SdocGrammarField } from './sdoc-document.js'

interface Draft {
  readonly fields: Map<string, SdocGrammarField>
  readonly relations: Set<string>
}

/** `first`: line of the file on which `lines` begin. @throws EvidenceError `malformed-text` */
export function parseGrammar(file: string, lines: readonly string[], first: number): SdocGrammar {
  const elements = new Map<string, SdocElement>()
  let element: Draft | undefined
  let part = ''
  let last = ''
  lines.forEach((text, i) => {
    const [, indent = '', dash, name = '', value = ''] = /^( *)(- )?([A-Z_]+):(?: (.*))?$/.exec(text.trimEnd()) ?? []
    if (name === '')
      throw new EvidenceError('malformed-text', { file, line: first + i }, 'a line that is no part of a grammar', 'correct it')
    if (indent === '' && dash !== undefined && name === 'TAG') {
      element = { fields: new Map(), relations: new Set() }
      elements.set(value.trim(), element)
    } else if (value === '') part = name
    else if (element !== undefined) last = member(element, part, name, value.trim(), last)
  })
  return elements
}

/** Adds one line to the element; gives the name of the field or relation it belongs to. */
function member(element: Draft, part: string, name: string, value: string, last: string): string {
  if (part === 'FIELDS') return fieldMember(element, name, value, last)
  if (part !== 'RELATIONS') return last
  if (name === 'TYPE') element.relations.add(value)
  if (name === 'ROLE') {
    element.relations.delete(last)
    element.relations.add(`${last}:${value}`)
  }
  return name === 'TYPE' ? value : last
}

function fieldMember(element: Draft, name: string, value: string, last: string): string {
  if (name === 'TITLE') {
    element.fields.set(value, { required: false, choices: undefined, several: false })
    return value
  }
  const field = element.fields.get(last)
  if (field === undefined) return last
  if (name === 'REQUIRED') element.fields.set(last, { ...field, required: value === 'True' })
  const choices = /^(Single|Multiple)Choice\((.*)\)$/.exec(value)
  if (name === 'TYPE' && choices !== null)
    element.fields.set(last, { ...field, choices: (choices[2] ?? '').split(',').map(bare), several: choices[1] === 'Multiple' })
  return last
}

function bare(choice: string): string {
  return choice.trim().replace(/^"(.*)"$/, '$1')
}
