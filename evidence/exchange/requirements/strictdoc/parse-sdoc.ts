/**
 * Parses the text of an .sdoc or .sgra file. Strict where a slip would lose a requirement: a line that is no part of the syntax, a text
 * or a section that does not end, are refused.
 */
import { EvidenceError } from '../../../model/errors.js'
import { LineCursor } from '../../text/line-cursor.js'
import { parseGrammar } from './parse-grammar.js'
import type { SdocDocument, SdocField, SdocGrammar, SdocNode, SdocRelation } from './sdoc-document.js'

const nodeTag = /^(\[{1,2})(\/?)([A-Z][A-Z0-9_]*)(\]{1,2})$/
const fieldLine = /^([A-Z][A-Za-z0-9_-]*):(?: (.*)|\s*)$/
const relationField = /^ {2}([A-Z_]+): (.*)$/

/** Nesting beyond this is no document. */
const deepest = 200

/** @throws EvidenceError `malformed-text`, `truncated-stream`, `too-deep` */
export function parseSdoc(file: string, text: string): SdocDocument {
  return new SdocParser(file, text).document()
}

class SdocParser {
  private readonly cursor: LineCursor
  private readonly open: SdocNode[] = []
  private readonly nodes: SdocNode[] = []
  private readonly included: SdocField[] = []
  private documentFields: readonly SdocField[] = []
  private grammar: SdocGrammar | undefined
  private importedGrammar: SdocField | undefined

  constructor(
    private readonly file: string,
    text: string,
  ) {
    this.cursor = new LineCursor(text)
  }

  document(): SdocDocument {
    let isFirst = true
    while (this.cursor.next()) {
      const line = this.cursor.line.trimEnd()
      if (line === '') continue
      if (isFirst && line !== '[DOCUMENT]' && line !== '[GRAMMAR]')
        throw this.refuse('the file does not begin with [DOCUMENT] or [GRAMMAR]')
      isFirst = false
      this.block(line)
    }
    const unclosed = this.open.at(-1)
    if (isFirst || unclosed !== undefined)
      throw new EvidenceError(
        'truncated-stream',
        { file: this.file, line: unclosed?.line ?? 1 },
        unclosed === undefined ? 'the file is empty' : `${unclosed.tag} that does not end`,
        'give the whole file',
      )
    const { file, documentFields: fields, nodes, grammar, importedGrammar, included } = this
    return { file, fields, nodes, grammar, importedGrammar, included }
  }

  private block(line: string): void {
    const [, brackets = '', slash, tag = '', close = ''] = nodeTag.exec(line) ?? []
    if (brackets === '' || brackets.length !== close.length) throw this.refuse('a line that is neither a node nor a field of one')
    if (slash === '/') this.close(tag)
    else if (tag === 'DOCUMENT') this.documentFields = this.loose()
    else if (tag === 'GRAMMAR') this.readGrammar()
    else if (tag === 'DOCUMENT_FROM_FILE') this.include(this.fields(this.node(tag)))
    else if (tag === 'FREETEXT') this.freeText()
    else this.begin(tag, brackets === '[[' || tag === 'SECTION' || tag.startsWith('COMPOSITE_'))
  }

  private include(fields: readonly SdocField[]): void {
    for (const field of fields) if (field.name === 'FILE') this.included.push(field)
  }

  private node(tag: string): SdocNode {
    return { tag, line: this.cursor.number, fields: [], relations: [], within: this.open.at(-1) }
  }

  private begin(tag: string, isComposite: boolean): void {
    const node = this.node(tag)
    this.fields(node)
    this.nodes.push(node)
    if (isComposite) this.open.push(node)
    if (this.open.length > deepest)
      throw new EvidenceError('too-deep', { file: this.file, line: node.line }, `nested deeper than ${deepest}`, 'nest less')
  }

  private close(tag: string): void {
    const node = this.open.pop()
    if (node?.tag !== tag) throw this.refuse(node === undefined ? `${tag} ends and never began` : `${tag} ends inside ${node.tag}`)
  }

  /** Fields up to the blank line or the next node. */
  private fields(node: SdocNode): readonly SdocField[] {
    while (this.cursor.following !== undefined && fieldLine.test(this.cursor.following)) {
      this.cursor.next()
      const [, name = '', value = ''] = fieldLine.exec(this.cursor.line) ?? []
      const line = this.cursor.number
      if (name === 'RELATIONS' || name === 'REFS') this.relations(node)
      else node.fields.push({ name, value: value.trimEnd() === '>>>' ? this.multiline() : value.trim(), line })
    }
    return node.fields
  }

  /** `>>>` to `<<<`; the text in between as it stands. */
  private multiline(): string {
    const opened = this.cursor.number
    const lines: string[] = []
    while (this.cursor.next()) {
      if (this.cursor.line.startsWith('<<<')) return lines.join('\n').trim()
      lines.push(this.cursor.line)
    }
    throw new EvidenceError('truncated-stream', { file: this.file, line: opened }, 'a text >>> without its <<<', 'give the whole file')
  }

  private relations(node: SdocNode): void {
    while (this.cursor.following?.startsWith('- ') === true) {
      this.cursor.next()
      const line = this.cursor.number
      const type = /^- TYPE: (.*)$/.exec(this.cursor.line)?.[1]?.trim()
      if (type === undefined) throw this.refuse('a relation that does not begin with its TYPE')
      const members = this.relationMembers()
      node.relations.push(relation(type, members, line))
    }
  }

  private relationMembers(): ReadonlyMap<string, string> {
    const members = new Map<string, string>()
    for (;;) {
      const [, name, value = ''] = relationField.exec(this.cursor.following ?? '') ?? []
      if (name === undefined) return members
      this.cursor.next()
      members.set(name, value.trim())
    }
  }

  /** Older files: a free text between tags, no requirement. */
  private freeText(): void {
    const opened = this.cursor.number
    while (this.cursor.next()) if (this.cursor.line.trimEnd().endsWith('[/FREETEXT]')) return
    throw new EvidenceError('truncated-stream', { file: this.file, line: opened }, 'FREETEXT that does not end', 'give the whole file')
  }

  /** Lines of the document head: fields, and indented or listed settings below them, kept as the text of their field. */
  private loose(): SdocField[] {
    const fields: { name: string; value: string; line: number }[] = []
    while (this.cursor.following !== undefined && this.cursor.following.trim() !== '' && !nodeTag.test(this.cursor.following.trimEnd())) {
      this.cursor.next()
      const [, name, value = ''] = fieldLine.exec(this.cursor.line) ?? []
      const last = fields.at(-1)
      if (name !== undefined) fields.push({ name, value: value.trim(), line: this.cursor.number })
      else if (last !== undefined && /^( {2}|- )/.test(this.cursor.line)) last.value = `${last.value}\n${this.cursor.line}`.trim()
      else throw this.refuse('a line that is no setting of the document')
    }
    return fields
  }

  private readGrammar(): void {
    const line = this.cursor.number
    const lines: string[] = []
    while (this.cursor.following !== undefined && this.cursor.following.trim() !== '' && !nodeTag.test(this.cursor.following.trimEnd())) {
      this.cursor.next()
      lines.push(this.cursor.line)
    }
    const imported = /^IMPORT_FROM_FILE: (.*)$/.exec(lines[0] ?? '')?.[1]
    if (imported !== undefined) this.importedGrammar = { name: 'IMPORT_FROM_FILE', value: imported.trim(), line: line + 1 }
    else this.grammar = parseGrammar(this.file, lines, line + 1)
  }

  private refuse(what: string): EvidenceError {
    return new EvidenceError('malformed-text', { file: this.file, line: this.cursor.number }, what, 'correct it, or open it in StrictDoc')
  }
}

function relation(type: string, members: ReadonlyMap<string, string>, line: number): SdocRelation {
  return { type, target: members.get('VALUE') ?? members.get('PATH') ?? '', role: members.get('ROLE') ?? '', line }
}
