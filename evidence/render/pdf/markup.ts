/**
 * The HTML subset the templates are written in, as a tree for the page layout. Anything outside the subset is refused by name,
 * so that a template cannot hold content that one of the two outputs would drop.
 */
import { SaxesParser, type SaxesOptions } from 'saxes'
import { RenderError } from '../render-error.js'

const blockTags = [
  'section',
  'div',
  'h1',
  'h2',
  'h3',
  'h4',
  'p',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'table',
  'pre',
  'figure',
  'figcaption',
] as const
const tableTags = ['caption', 'thead', 'tbody', 'tr', 'th', 'td'] as const
const inlineTags = ['a', 'strong', 'em', 'code', 'span', 'br'] as const
const known: ReadonlySet<string> = new Set<string>([...blockTags, ...tableTags, ...inlineTags])
const blocks: ReadonlySet<string> = new Set<string>(blockTags)

export type Markup = MarkupElement | string

export interface MarkupElement {
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Markup[]
}

/**
 * Markup is read as XML: every element ended, every attribute quoted, nothing repaired in silence.
 * @throws RenderError `malformed-template`, or `unsupported-markup` for an element outside the subset.
 */
export function parseMarkup(place: string, html: string): readonly Markup[] {
  const malformed = (what: string): RenderError => new RenderError('malformed-template', place, what, 'correct the template')
  const root: Open = { tag: '', id: '', classes: [], attributes: {}, children: [] }
  const open: Open[] = [root]
  const parser = new SaxesParser<Plain>({ fragment: true, position: false })
  parser.on('error', ({ message }) => {
    throw malformed(`markup error "${message.replace(/^undefined:/, 'line ')}" in the output`)
  })
  parser.on('text', (text) => {
    const parent = open.at(-1) ?? root
    if (holdsOnly[parent.tag] !== undefined && text.trim() !== '') throw malformed(`text directly inside <${parent.tag}>`)
    parent.children.push(text)
  })
  parser.on('opentag', ({ name, attributes }) => {
    const parent = open.at(-1) ?? root
    if (!known.has(name))
      throw new RenderError('unsupported-markup', place, `element <${name}> is outside the subset`, `use one of ${[...known].join(' ')}`)
    if (!mayHold(parent.tag, name)) throw malformed(`<${name}> inside <${parent.tag}>, where it cannot stand`)
    const classes = (attributes['class'] ?? '').split(/\s+/).filter((word) => word !== '')
    const element: Open = { tag: name, id: attributes['id'] ?? '', classes, attributes, children: [] }
    parent.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  parser.write(html).close()
  return root.children
}

/** Names with their prefixes, attributes as text. */
type Plain = SaxesOptions & { readonly xmlns?: false }
type Open = MarkupElement & { readonly children: Markup[] }

const holdsOnly: Readonly<Record<string, readonly string[] | undefined>> = {
  table: ['caption', 'thead', 'tbody'],
  thead: ['tr'],
  tbody: ['tr'],
  tr: ['th', 'td'],
  ul: ['li'],
  ol: ['li'],
  dl: ['dt', 'dd'],
  br: [],
}

/** What an element may hold: some hold certain elements only, those that hold text hold no block, and parts of a table stand in one. */
function mayHold(parent: string, child: string): boolean {
  const only = holdsOnly[parent]
  if (only !== undefined) return only.includes(child)
  if (partsOf.has(child)) return false
  return !blocks.has(child) || !holdsText.has(parent)
}

const partsOf: ReadonlySet<string> = new Set([...tableTags, 'li', 'dt', 'dd'])
const holdsText: ReadonlySet<string> = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'dt', 'caption', 'figcaption', 'pre', ...inlineTags])

export function isBlock(markup: Markup): markup is MarkupElement {
  return typeof markup !== 'string' && blocks.has(markup.tag)
}

export function elements(children: readonly Markup[], tag?: string): readonly MarkupElement[] {
  return children.filter((child): child is MarkupElement => typeof child !== 'string' && (tag === undefined || child.tag === tag))
}

/** Text content, white space as in the source. */
export function textOf(markup: readonly Markup[]): string {
  return markup.map((child) => (typeof child === 'string' ? child : child.tag === 'br' ? '\n' : textOf(child.children))).join('')
}
