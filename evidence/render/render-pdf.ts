/**
 * The PDF pack. Same case, same options, same bytes. Pages are painted and passed on as they are laid out, so memory grows with
 * what links need, not with what pages hold.
 */
import { once } from 'node:events'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import type { AssuranceCase } from '../model/assurance-case.js'
import { documentChunks, printedScenarios } from './document-plan.js'
import { numberingOf } from './numbering.js'
import { mergedDestinations, Press, type Survey } from './press.js'
import { constantDate, type RenderOptions } from './render-options.js'
import { loadTemplates } from './template-set.js'
import { projectTemplates } from './templates-folder.js'
import { loadTheme, type Theme } from './theme.js'
import { ByteChunks } from './pdf/byte-chunks.js'
import { layoutContents, type ContentsEntry } from './pdf/contents.js'
import { FontSet } from './pdf/font-set.js'
import { PackDocument } from './pdf/pack-document.js'
import { PageFiller } from './pdf/page-filler.js'
import type { PageSink } from './pdf/page-record.js'
import { Painter } from './pdf/painter.js'
import { structureNode, type StructureNode } from './pdf/structure.js'

/** `watch` sees every page as it is painted. */
export async function renderPdf(view: AssuranceCase, options: RenderOptions, watch?: PageSink): Promise<Uint8Array> {
  const blocks: Uint8Array[] = []
  for await (const block of printPdf(view, options, watch)) blocks.push(block)
  return Buffer.concat(blocks)
}

/** Ends `target` when the pack is written; waits while it cannot keep up. */
export async function writePdf(view: AssuranceCase, options: RenderOptions, target: Writable): Promise<void> {
  await pipeline(printPdf(view, options), target)
}

async function* printPdf(view: AssuranceCase, options: RenderOptions, watch?: PageSink): AsyncGenerator<Uint8Array, void> {
  const folder = options.templates ?? projectTemplates()
  const theme = loadTheme(join(folder, 'theme', 'theme.json'))
  const { title, subtitle, system, version } = view.cover
  const document = new PackDocument({
    title: `${title}: ${system} ${version}`,
    subject: subtitle,
    created: options.created ?? constantDate,
  })
  const fonts = new FontSet(document, theme)
  const press = new Press(
    () => documentChunks(view, options),
    loadTemplates(folder),
    numberingOf(view, printedScenarios(view)),
    theme,
    fonts,
  )
  const [front, body] = [press.survey(true), press.survey(false)]
  const plan = planContents(front, body, fonts, theme)
  const painter = new Painter(document, {
    theme,
    fonts,
    title,
    footNote: `${system} ${version}  ·  inputs SHA-256 ${options.packDigest.slice(0, 16)}`,
    pages: plan.pages,
    destinations: mergedDestinations(front, body),
  })
  const sink: PageSink = (page) => {
    watch?.(page)
    painter.page(page)
  }
  const bytes = new ByteChunks()
  document.on('data', (part: Uint8Array) => bytes.add(part))
  const ended = once(document, 'end')
  await setImmediate() // the document is flowing from here on
  const steps = [press.pages(true, painter.root, sink), plan.print(painter.root, sink), press.pages(false, painter.root, sink)]
  for (const step of steps) while (step.next().done !== true) yield* bytes.take(false)
  document.end()
  await ended
  yield* bytes.take(true)
}

interface ContentsPlan {
  readonly pages: number
  print(root: StructureNode, sink: PageSink): Generator<void, void>
}

/** The contents stand between front and body: how long they are decides the numbers they print. */
function planContents(front: Survey, body: Survey, fonts: FontSet, theme: Theme): ContentsPlan {
  function* print(entries: readonly ContentsEntry[], root: StructureNode, sink: PageSink): Generator<void, void> {
    const filler = new PageFiller(theme, sink)
    filler.fill(layoutContents(entries, fonts, theme, root))
    filler.finish()
    yield
  }
  let own = 0
  const counted = print([...front.entries, ...body.entries], structureNode('Document', null), () => (own += 1))
  while (counted.next().done !== true) continue
  const before = front.pages + own
  const entries = [...front.entries, ...body.entries.map((entry) => ({ ...entry, page: entry.page + before }))]
  return { pages: before + body.pages, print: (root, sink) => print(entries, root, sink) }
}
