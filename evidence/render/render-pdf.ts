/**
 * A document as PDF. Same plan, same options, same bytes. Pages are painted and passed on as they are laid out, so memory grows with
 * what links need, not with what pages hold.
 */
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { DocumentPlan } from './document-plan.js'
import { Press } from './press.js'
import { missingSignsText, withMissingSigns } from './missing-signs.js'
import { constantDate, type RenderOptions } from './render-options.js'
import { openTemplates, withOwnParts } from './template-folder.js'
import { FontSet } from './pdf/font-set.js'
import { PackDocument } from './pdf/pack-document.js'
import type { PageSink } from './pdf/page-record.js'
import { Painter } from './pdf/painter.js'

/** `watch` sees every page as it is painted: front, body, contents. */
export function renderPdf(plan: DocumentPlan, options: RenderOptions, watch?: PageSink): Uint8Array {
  return Buffer.concat([...pdfBlocks(plan, options, watch)])
}

/** Ends `target` when the document is written; waits while it cannot keep up. */
export async function writePdf(plan: DocumentPlan, options: RenderOptions, target: Writable, watch?: PageSink): Promise<void> {
  await pipeline(Readable.from(pdfBlocks(plan, options, watch), { objectMode: true, highWaterMark: 4 }), target)
}

/** The file in blocks, each as soon as it is full. */
export function* pdfBlocks(source: DocumentPlan, options: RenderOptions, watch?: PageSink): Generator<Uint8Array, void> {
  const folder = openTemplates(options.templates)
  const { theme } = folder
  const { title, subtitle, system } = source
  const created = options.created ?? constantDate
  const document = new PackDocument({ title: `${title}: ${system}`, subject: subtitle, created })
  const fonts = new FontSet(document, theme)
  const plan = withMissingSigns(withOwnParts(source, folder, options.packDigest), () => fonts.missing)
  const press = new Press(plan, folder.templates, theme, fonts)
  const footNote = `${system}  ·  inputs SHA-256 ${options.packDigest.slice(0, 16)}`
  const painter = new Painter(document, { theme, fonts, title, footNote })
  const sink =
    (region: 'front' | 'contents' | 'body'): PageSink =>
    (page) => {
      watch?.(page)
      painter.page(region, page)
    }
  for (const region of ['front', 'body'] as const)
    for (const step = press.pages(region, painter.roots[region], sink(region)); step.next().done !== true;)
      yield* document.bytes.take(false)
  press.contents(painter.roots.contents, sink('contents'))
  for (const attachment of options.attachments ?? []) document.attach(attachment, created)
  painter.finish()
  const missing = missingSignsText(fonts.missing)
  if (missing !== null) options.tell?.(`${title}: ${missing}`)
  yield* document.bytes.take(true)
}
