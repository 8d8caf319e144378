/**
 * Specification items in Markdown or reStructuredText. OpenFastTrace user guide, "Requirement Format", read as its own importer does:
 * line by line, each line by the part of an item it stands in. What looks like a keyword and cannot be read is reported, since a lost
 * `Needs` would make an item covered.
 */
import type { ItemLink, RequirementItem } from '../../../items/requirement-item.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import type { SourcePlace } from '../../../model/errors.js'
import { LineCursor } from '../../text/line-cursor.js'
import { noAttributes, type AttributeRecord } from '../set/attributes.js'
import { makeItem, makeLink } from '../set/make-item.js'
import { finding } from '../set/make-set.js'
import { isUnderline, sectionTitle, type Markup } from './section-title.js'
import { forwardIn, idAtStart, idsIn, itemId, type Forward, type SpecificationId } from './specification-id.js'

type Part = 'outside' | 'title' | 'head' | 'description' | 'rationale' | 'comment' | 'covers' | 'depends' | 'needs' | 'tags' | 'code'

interface Draft {
  readonly id: SpecificationId
  readonly title: string
  readonly place: SourcePlace
  status: string
  readonly description: string[]
  readonly rationale: string[]
  readonly comment: string[]
  readonly links: ItemLink[]
  readonly needs: string[]
  readonly tags: string[]
}

const statuses = ['approved', 'proposed', 'draft', 'rejected']
const codeFence = /^ *[`~]{3,30}\w{0,100}\s*$/

export class SpecificationReader {
  private part: Part = 'outside'
  private title = ''
  private draft: Draft | undefined
  private isOff = false
  private readonly cursor: LineCursor

  constructor(
    private readonly file: string,
    text: string,
    private readonly markup: Markup,
    private readonly items: RequirementItem[],
    private readonly findings: SourceFinding[],
  ) {
    this.cursor = new LineCursor(text)
  }

  read(): void {
    while (this.cursor.next()) {
      const { line } = this.cursor
      if (line.includes('oft:o') && this.isSwitch(line)) continue
      if (!this.isOff) this.step(line)
    }
    this.endItem()
  }

  /** `oft:off` and `oft:on`, in a comment of the markup, leave lines out. */
  private isSwitch(line: string): boolean {
    const isOff = /(?:^|[^\p{L}\p{N}_])oft:off(?:[^\p{L}\p{N}_]|$)/u.test(line)
    const isOn = /(?:^|[^\p{L}\p{N}_])oft:on(?:[^\p{L}\p{N}_]|$)/u.test(line)
    if (this.isOff ? !isOn : !isOff) return false
    this.isOff = isOff && !this.isOff
    return true
  }

  private step(line: string): void {
    if (this.part === 'code') {
      if (codeFence.test(line.slice(0, 200))) this.part = 'outside'
      return
    }
    const id = idAtStart(line)
    if (id !== undefined) {
      this.beginItem(id)
      return
    }
    if (this.draft === undefined) {
      this.outside(line)
      return
    }
    if (this.part === 'head' && this.isStatus(line)) return
    const title = sectionTitle(this.markup, line, this.cursor.following)
    if (title !== undefined) {
      this.endItem()
      this.beginTitle(title)
    } else if (!this.isKeyword(line)) this.continueItem(line)
  }

  private outside(line: string): void {
    if (this.part === 'title' && (isUnderline(this.markup, line) || line.trim() === '')) return
    const title = sectionTitle(this.markup, line, this.cursor.following)
    if (title !== undefined) {
      this.beginTitle(title)
      return
    }
    const forward = forwardIn(line)
    if (forward !== undefined) this.forward(forward)
    this.title = ''
    this.part = this.markup === 'markdown' && codeFence.test(line.slice(0, 200)) ? 'code' : 'outside'
  }

  private beginTitle(title: string): void {
    this.title = title
    this.part = 'title'
  }

  private beginItem(id: SpecificationId): void {
    const { title } = this
    this.endItem()
    const place = { file: this.file, line: this.cursor.number }
    this.draft = { id, title, place, status: '', description: [], rationale: [], comment: [], links: [], needs: [], tags: [] }
    this.part = 'head'
  }

  private endItem(): void {
    const { draft } = this
    this.draft = undefined
    this.title = ''
    this.part = 'outside'
    if (draft !== undefined) this.items.push(finishItem(draft))
  }

  private isStatus(line: string): boolean {
    if (!line.startsWith('Status:')) return false
    const status = line.slice(7).trim()
    if (!statuses.includes(status)) this.report(`status ${JSON.stringify(status.slice(0, 80))} is none of ${statuses.join(', ')}`)
    else if (this.draft !== undefined) this.draft.status = status
    return statuses.includes(status)
  }

  private isKeyword(line: string): boolean {
    const colon = line.indexOf(':')
    if (colon < 4 || colon > 11) return false
    const rest = line.slice(colon + 1).trim()
    switch (line.slice(0, colon)) {
      case 'Needs':
        return this.beginWords('needs', rest, this.draft?.needs)
      case 'Tags':
        return this.beginWords('tags', rest, this.draft?.tags)
      case 'Covers':
        return this.beginList('covers', rest)
      case 'Depends':
        return this.beginList('depends', rest)
      case 'Rationale':
        return rest === '' && this.begin('rationale')
      case 'Comment':
        return rest === '' && this.begin('comment')
      case 'Description':
        return rest === '' && this.part === 'head' && this.begin('description')
      default:
        return false
    }
  }

  private begin(part: Part): true {
    this.part = part
    return true
  }

  /** `Needs: a, b` on one line, or a list below. */
  private beginWords(part: 'needs' | 'tags', rest: string, words: string[] | undefined): boolean {
    if (rest === '') return this.begin(part)
    const read = rest.split(',').map((word) => word.trim())
    if (!read.every((word) => /^[\p{L}\p{N}_]+$/u.test(word))) {
      this.report(`${part === 'needs' ? 'Needs' : 'Tags'}: ${JSON.stringify(rest.slice(0, 80))} is no list of words`)
      return false
    }
    for (const word of read) words?.push(word)
    return this.begin('head')
  }

  private beginList(part: 'covers' | 'depends', rest: string): boolean {
    if (rest === '') return this.begin(part)
    if (idsIn(rest).length > 0) this.report(`ids on the line of ${JSON.stringify(part)} are not read; they stand in a list below it`)
    return false
  }

  private continueItem(line: string): void {
    const { draft } = this
    if (draft === undefined) return
    switch (this.part) {
      case 'rationale':
        draft.rationale.push(line)
        return
      case 'comment':
        draft.comment.push(line)
        return
      case 'covers':
      case 'depends': {
        this.listed(draft, this.part, line)
        return
      }
      case 'needs': {
        this.need(draft, line)
        return
      }
      case 'tags': {
        this.tag(draft, line)
        return
      }
      default: {
        this.describe(draft, line)
        return
      }
    }
  }

  private describe(draft: Draft, line: string): void {
    if (this.forwards(line)) return
    if (this.part === 'head' && line.trim() === '') return
    this.part = 'description'
    draft.description.push(line)
  }

  private listed(draft: Draft, role: 'covers' | 'depends', line: string): void {
    if (this.forwards(line)) return
    if (bullet(line) === undefined) return
    const ids = idsIn(line)
    const id = ids.at(-1)
    if (id === undefined) {
      this.report(`entry of ${JSON.stringify(role)} without an id type~name~revision`)
      return
    }
    const place = { file: this.file, line: this.cursor.number }
    if (ids.some((other) => itemId(other) !== itemId(id))) this.report(`several ids in one entry; only the last, ${itemId(id)}, is read`)
    draft.links.push(makeLink(role, itemId(id), place, id.revision))
  }

  private need(draft: Draft, line: string): void {
    const entry = bullet(line)
    if (entry === undefined) {
      if (this.markup === 'markdown' && line.trim() === '') this.part = 'description'
      else this.forwards(line)
      return
    }
    const word = /(\p{L}+)[^\p{L}\p{N}_]*$/u.exec(entry.slice(-200))?.[1]
    if (word === undefined) this.report('entry of "needs" without an artifact type')
    else draft.needs.push(word)
  }

  private tag(draft: Draft, line: string): void {
    const entry = bullet(line)
    if (entry !== undefined) for (const tag of entry.split(',')) draft.tags.push(tag.trim())
    else if (!this.forwards(line) && line.trim() === '') this.part = 'head'
  }

  private forwards(line: string): boolean {
    const forward = forwardIn(line)
    if (forward === undefined) return false
    this.endItem()
    this.forward(forward)
    return true
  }

  /** A forward is an item of the skipped type that covers the original and hands its needs on. */
  private forward({ skipped, needs, original }: Forward): void {
    const place = { file: this.file, line: this.cursor.number }
    const links = [makeLink('covers', itemId(original), place, original.revision)]
    const id = `${skipped}~${original.name}`
    this.items.push(makeItem({ id, revision: original.revision, kind: skipped, links, needs, attributes: { forwards: 'true' }, place }))
  }

  private report(text: string): void {
    const id = this.draft === undefined ? '' : itemId(this.draft.id)
    this.findings.push(finding('unreadable', id, text, { file: this.file, line: this.cursor.number }))
  }
}

/** What follows the sign of a list entry; undefined: the line is none. */
function bullet(line: string): string | undefined {
  return /^\s{0,3}[+*-]/.test(line) ? line.trimStart().slice(1).trim() : undefined
}

function finishItem(draft: Draft): RequirementItem {
  const { id, title, place, status, links, needs } = draft
  return makeItem({
    id: itemId(id),
    revision: id.revision,
    kind: id.type,
    title,
    text: draft.description.join('\n').trim(),
    rationale: draft.rationale.join('\n').trim(),
    status,
    links,
    needs,
    attributes: attributes(draft),
    place,
  })
}

function attributes({ comment, tags }: Draft): Readonly<AttributeRecord> {
  if (comment.length === 0 && tags.length === 0) return noAttributes
  const kept: AttributeRecord = {}
  if (comment.length > 0) kept['comment'] = comment.join('\n').trim()
  if (tags.length > 0) kept['tags'] = tags
  return kept
}
