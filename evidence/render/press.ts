/**
 * A document to pages: render each chunk, parse, lay out, fill, and hand the pages on as they are finished. One run; what the table of
 * contents needs is learnt on the way.
 */
import type { DocumentPlan } from './document-plan.js'
import { RenderError } from './render-error.js'
import { pathOf, type TemplateSet } from './template-set.js'
import type { Theme } from './theme.js'
import { BlockLayout } from './pdf/block-layout.js'
import { layoutContents, type ContentsEntry } from './pdf/contents.js'
import type { FontSet } from './pdf/font-set.js'
import { parseMarkup } from './pdf/markup.js'
import { PageFiller } from './pdf/page-filler.js'
import type { PageRecord, PageSink } from './pdf/page-record.js'
import { romanNumber } from './pdf/roman-number.js'
import type { Heading } from './pdf/strip.js'
import type { StructureNode } from './pdf/structure.js'

export class Press {
  private readonly entries: ContentsEntry[] = []
  private level = 0
  private readonly counts = { front: 0, body: 0 }

  constructor(
    private readonly plan: DocumentPlan,
    private readonly templates: TemplateSet,
    private readonly theme: Theme,
    private readonly fonts: FontSet,
  ) {}

  /** Pages of the chunks before or after the contents; pauses after each chunk, so that a consumer can keep up. */
  *pages(region: 'front' | 'body', root: StructureNode, sink: PageSink): Generator<void, void> {
    const filler = new PageFiller(this.theme, (page) => {
      this.counts[region] += 1
      this.learn(page, region === 'body' ? String(this.counts.body) : romanNumber(this.counts.front))
      sink(page)
    })
    for (const chunk of this.plan.chunks()) {
      if (chunk.front !== (region === 'front')) continue
      const place = `templates/${pathOf(chunk.template)}.html.hbs`
      const markup = parseMarkup(place, this.templates.render(chunk.template, chunk.context, this.plan.numbering))
      const layout = new BlockLayout(place, this.fonts, this.theme)
      filler.fill(layout.blocks(markup, layout.flow('portrait', root)))
      yield
    }
    filler.finish()
  }

  /** The table of contents; front and body have been printed. */
  contents(root: StructureNode, sink: PageSink): void {
    const filler = new PageFiller(this.theme, sink)
    filler.fill(layoutContents(this.entries, this.fonts, this.theme, root))
    filler.finish()
  }

  /** ISO 14289-1, "Headings": numbered levels descend one by one. */
  private enter({ level, title }: Heading): void {
    if (level > this.level + 1)
      throw new RenderError('malformed-template', 'templates', `heading "${title}" skips a level`, `write it as <h${this.level + 1}>`)
    this.level = level
  }

  private learn(page: PageRecord, number: string): void {
    for (const { strip } of page.placed) {
      const { heading, anchors } = strip
      if (heading !== null) this.enter(heading)
      if (page.kind === 'cover') continue
      if (heading?.listed !== true) continue
      const anchor = anchors[0]
      if (anchor === undefined) {
        const what = `heading "${heading.title}" has no id`
        throw new RenderError('dangling-link', 'templates', what, 'give every heading of level 1 and 2, or its section, an id')
      }
      this.entries.push({ ...heading, anchor, page: number })
    }
  }
}
