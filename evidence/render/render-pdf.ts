/**
 * The PDF pack: the chunks of the report laid out twice, once to learn page numbers, once to paint. Between the two only anchors and
 * headings are kept, so memory does not grow with the pages. Same case, same options, same bytes.
 */
import type { Writable } from 'node:stream'
import type { AssuranceCase } from '../model/assurance-case.js'
import { documentChunks, type Chunk } from './document-plan.js'
import { RenderError } from './render-error.js'
import { constantDate, type RenderOptions } from './render-options.js'
import { loadTemplates, type TemplateSet } from './template-set.js'
import { projectTemplates } from './templates-folder.js'
import { loadTheme, type Theme } from './theme.js'
import { BlockLayout } from './pdf/block-layout.js'
import { layoutContents, type ContentsEntry } from './pdf/contents.js'
import { FontSet } from './pdf/font-set.js'
import { parseMarkup } from './pdf/markup.js'
import { PackDocument } from './pdf/pack-document.js'
import { PageFiller } from './pdf/page-filler.js'
import type { PageSink } from './pdf/page-record.js'
import { Painter } from './pdf/painter.js'
import { structureNode, type StructureNode } from './pdf/structure.js'

/** What the first pass learns. */
interface Survey {
  readonly anchors: Map<string, string>
  readonly entries: ContentsEntry[]
  pages: number
}

interface Press {
  readonly chunks: () => Iterable<Chunk>
  readonly templates: TemplateSet
  readonly theme: Theme
  readonly fonts: FontSet
}

export async function renderPdf(view: AssuranceCase, options: RenderOptions, watch?: PageSink): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const document = printPdf(view, options, watch)
  for await (const part of document) parts.push(part as Uint8Array)
  return Buffer.concat(parts)
}

/** Ends `target` when the pack is written. */
export async function writePdf(view: AssuranceCase, options: RenderOptions, target: Writable): Promise<void> {
  const { pipeline } = await import('node:stream/promises')
  await pipeline(printPdf(view, options), target)
}

/** `watch` sees every page as it is painted. */
function printPdf(view: AssuranceCase, options: RenderOptions, watch?: PageSink): PackDocument {
  const folder = options.templates ?? projectTemplates()
  const theme = loadTheme(`${folder}/theme/theme.json`)
  const { title, subtitle, system, version } = view.cover
  const document = new PackDocument({
    title: `${title}: ${system} ${version}`,
    subject: subtitle,
    created: options.created ?? constantDate,
  })
  const fonts = new FontSet(document, theme)
  const press: Press = { chunks: () => documentChunks(view, options), templates: loadTemplates(folder), theme, fonts }
  const scratch = structureNode('Document', null)
  const front = survey(press, true, scratch)
  const body = survey(press, false, scratch)
  const contents = countPages(theme, (filler) => filler.fill(layoutContents([...front.entries, ...body.entries], fonts, theme, scratch)))
  const before = front.pages + contents
  const entries = [...front.entries, ...body.entries.map((entry) => ({ ...entry, page: entry.page + before }))]
  const destinations = merged(front.anchors, body.anchors)
  const footNote = `${system} ${version}  ·  inputs SHA-256 ${options.packDigest.slice(0, 16)}`
  const painter = new Painter(document, {
    theme,
    fonts,
    title,
    footNote,
    pages: before + body.pages,
    destinations,
  })
  const sink: PageSink = (page) => {
    watch?.(page)
    painter.page(page)
  }
  printChunks(press, true, painter.root, sink)
  const filler = new PageFiller(theme, sink)
  filler.fill(layoutContents(entries, fonts, theme, painter.root))
  filler.finish()
  printChunks(press, false, painter.root, sink)
  document.end()
  return document
}

function printChunks({ chunks, templates, theme, fonts }: Press, front: boolean, root: StructureNode, sink: PageSink): void {
  const filler = new PageFiller(theme, sink)
  for (const chunk of chunks()) {
    if (chunk.front !== front) continue
    const place = `templates/parts/${chunk.template}.html.hbs`
    const markup = parseMarkup(place, templates.render(chunk.template, chunk.context))
    const layout = new BlockLayout(place, fonts, theme)
    filler.fill(layout.blocks(markup, layout.flow('portrait', root)))
  }
  filler.finish()
}

function survey(press: Press, front: boolean, root: StructureNode): Survey {
  const found: Survey = { anchors: new Map(), entries: [], pages: 0 }
  printChunks(press, front, root, (page) => {
    found.pages += 1
    for (const { strip } of page.placed) {
      for (const anchor of strip.anchors) {
        if (found.anchors.has(anchor))
          throw new RenderError('duplicate-anchor', 'templates', `two places carry the id "${anchor}"`, 'give each its own id')
        found.anchors.set(anchor, `${front ? 'f' : 'b'}${found.anchors.size}`)
      }
      const anchor = strip.anchors[0]
      if (strip.heading === null || strip.heading.level > 2 || page.kind === 'cover') continue
      if (anchor === undefined)
        throw new RenderError(
          'dangling-link',
          'templates',
          `heading "${strip.heading.title}" has no id`,
          'give every heading of level 1 and 2, or its section, an id',
        )
      found.entries.push({ ...strip.heading, anchor, page: found.pages })
    }
  })
  return found
}

function countPages(theme: Theme, fill: (filler: PageFiller) => void): number {
  let pages = 0
  const filler = new PageFiller(theme, () => (pages += 1))
  fill(filler)
  filler.finish()
  return pages
}

function merged(front: ReadonlyMap<string, string>, body: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  for (const anchor of body.keys())
    if (front.has(anchor))
      throw new RenderError('duplicate-anchor', 'templates', `two places carry the id "${anchor}"`, 'give each its own id')
  return new Map([...front, ...body])
}
