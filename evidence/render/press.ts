/**
 * Chunks of the report to pages: render, parse, lay out, fill. Run once to learn where everything will stand, and once to paint;
 * between the two only anchors and headings are kept.
 */
import type { Chunk } from './document-plan.js'
import type { Numbering } from './numbering.js'
import { RenderError } from './render-error.js'
import type { TemplateSet } from './template-set.js'
import type { Theme } from './theme.js'
import { BlockLayout } from './pdf/block-layout.js'
import type { ContentsEntry } from './pdf/contents.js'
import type { FontSet } from './pdf/font-set.js'
import { parseMarkup } from './pdf/markup.js'
import { PageFiller } from './pdf/page-filler.js'
import type { PageRecord, PageSink } from './pdf/page-record.js'
import { structureNode, type StructureNode } from './pdf/structure.js'

/** What the first run learns. */
export interface Survey {
  /** Anchor to name of its destination in the PDF. */
  readonly destinations: ReadonlyMap<string, string>
  /** Pages are counted from the first of those surveyed. */
  readonly entries: readonly ContentsEntry[]
  readonly pages: number
}

export class Press {
  constructor(
    private readonly chunks: () => Iterable<Chunk>,
    private readonly templates: TemplateSet,
    private readonly numbering: Numbering,
    private readonly theme: Theme,
    private readonly fonts: FontSet,
  ) {}

  /** Pages of the chunks before (`front`) or after the contents; pauses after each chunk, so that a consumer can keep up. */
  *pages(front: boolean, root: StructureNode, sink: PageSink): Generator<void, void> {
    const filler = new PageFiller(this.theme, sink)
    for (const chunk of this.chunks()) {
      if (chunk.front !== front) continue
      const place = `templates/parts/${chunk.template}.html.hbs`
      const markup = parseMarkup(place, this.templates.render(chunk.template, chunk.context, this.numbering))
      const layout = new BlockLayout(place, this.fonts, this.theme)
      filler.fill(layout.blocks(markup, layout.flow('portrait', root)))
      yield
    }
    filler.finish()
  }

  survey(front: boolean): Survey {
    const destinations = new Map<string, string>()
    const entries: ContentsEntry[] = []
    let pages = 0
    const learn: PageSink = (page) => {
      pages += 1
      for (const anchor of anchorsOf(page)) addAnchor(destinations, anchor, `${front ? 'f' : 'b'}${destinations.size}`)
      entries.push(...entriesOf(page, pages))
    }
    const run = this.pages(front, structureNode('Document', null), learn)
    while (run.next().done !== true) continue
    return { destinations, entries, pages }
  }
}

export function mergedDestinations(front: Survey, body: Survey): ReadonlyMap<string, string> {
  const merged = new Map(front.destinations)
  for (const [anchor, name] of body.destinations) addAnchor(merged, anchor, name)
  return merged
}

function addAnchor(destinations: Map<string, string>, anchor: string, name: string): void {
  if (destinations.has(anchor))
    throw new RenderError('duplicate-anchor', 'templates', `two places carry the id "${anchor}"`, 'give each its own id')
  destinations.set(anchor, name)
}

function anchorsOf(page: PageRecord): readonly string[] {
  return page.placed.flatMap(({ strip }) => strip.anchors)
}

function entriesOf(page: PageRecord, number: number): readonly ContentsEntry[] {
  if (page.kind === 'cover') return []
  return page.placed.flatMap(({ strip: { heading, anchors } }) => {
    if (heading?.listed !== true) return []
    const anchor = anchors[0]
    if (anchor !== undefined) return [{ ...heading, anchor, page: number }]
    const what = `heading "${heading.title}" has no id`
    throw new RenderError('dangling-link', 'templates', what, 'give every heading of level 1 and 2, or its section, an id')
  })
}
