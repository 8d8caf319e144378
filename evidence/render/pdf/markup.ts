/**
 * The HTML subset the templates are written in, as a tree for the page layout. Anything outside the subset is refused by name,
 * so that a template cannot hold content that one of the two outputs would drop.
 */
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
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

/** @throws RenderError `malformed-template` for markup a parser would have to repair, `unsupported-markup` outside the subset. */
export function parseMarkup(place: string, html: string): readonly Markup[] {
  const fragment = parseFragment(html, {
    onParseError: ({ code, startLine }) => {
      throw new RenderError(
        'malformed-template',
        place,
        `markup error "${code}" in line ${startLine} of the output`,
        'correct the template',
      )
    },
  })
  return convert(place, fragment.childNodes)
}

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

function convert(place: string, nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): readonly Markup[] {
  return nodes.flatMap((node): readonly Markup[] => {
    if (node.nodeName === '#text') return [(node as DefaultTreeAdapterTypes.TextNode).value]
    if (node.nodeName === '#comment') return []
    const element = node as DefaultTreeAdapterTypes.Element
    if (!known.has(element.tagName))
      throw new RenderError(
        'unsupported-markup',
        place,
        `element <${element.tagName}> is outside the subset`,
        `use one of ${[...known].join(' ')}`,
      )
    const attributes = Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]))
    const classes = (attributes['class'] ?? '').split(/\s+/).filter((name) => name !== '')
    return [{ tag: element.tagName, id: attributes['id'] ?? '', classes, attributes, children: convert(place, element.childNodes) }]
  })
}
