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

/**
 * A parser repairs markup in silence: a missing end tag, a paragraph inside a table. What it had to repair is refused.
 * @throws RenderError `malformed-template`, or `unsupported-markup` for an element outside the subset.
 */
export function parseMarkup(place: string, html: string): readonly Markup[] {
  const malformed = (what: string): RenderError => new RenderError('malformed-template', place, what, 'correct the template')
  const fragment = parseFragment(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine }) => {
      throw malformed(`markup error "${code}" in line ${startLine} of the output`)
    },
  })
  const markup = convert(place, fragment.childNodes)
  const written = html.match(/<\/[a-z]/g)?.length ?? 0
  if (refuseRepairs(fragment.childNodes, 0, html.length, malformed) !== written) throw malformed('an end tag without its start tag')
  return markup
}

/** Number of end tags, when every element was written where it stands and ended where it says. */
function refuseRepairs(
  nodes: readonly DefaultTreeAdapterTypes.ChildNode[],
  from: number,
  to: number,
  malformed: (what: string) => RenderError,
): number {
  let ends = 0
  let after = from
  for (const node of nodes) {
    if (!('tagName' in node)) continue
    const location = node.sourceCodeLocation
    if (!location || location.startOffset < after || location.endOffset > to) throw malformed(`<${node.tagName}> where it cannot stand`)
    if (node.tagName !== 'br') {
      if (!location.endTag) throw malformed(`<${node.tagName}> without its end tag`)
      ends += 1
    }
    after = location.endOffset
    ends += refuseRepairs(node.childNodes, location.startOffset, location.endOffset, malformed)
  }
  return ends
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
