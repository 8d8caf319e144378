/** Writes document sets into a pack: each as one PDF and, from the same templates, as pages for a browser. */
import { describedSet, type DocumentSet } from '../../../evidence/documents/document-sets.js'
import type { Dossier } from '../../../evidence/documents/dossier.js'
import { dossierData } from '../../../evidence/documents/dossier-data.js'
import { setPlan } from '../../../evidence/documents/set-plan.js'
import { refuseForbiddenWords } from '../../../evidence/attest/forbidden-words.js'
import type { FolderWriter } from '../../../evidence/items/folder-writer.js'
import { renderHtml } from '../../../evidence/render/render-html.js'
import type { RenderOptions } from '../../../evidence/render/render-options.js'
import { pdfBlocks } from '../../../evidence/render/render-pdf.js'

export interface DocumentSources {
  readonly sets: readonly DocumentSet[]
  readonly dossier: Dossier
  /** Texts of our own system may not claim more than is shown; a stranger's texts are quoted as they are. */
  readonly lint: boolean
  readonly options: RenderOptions
}

export function writeDocuments({ sets, dossier, lint, options }: DocumentSources, writer: FolderWriter): void {
  for (const set of sets) {
    const plan = setPlan(set, dossier, options.packDigest)
    for (const [name, text] of renderHtml(plan, options)) {
      if (lint) refuseForbiddenWords(`documents/${set}/${name}`, text)
      writer.write(`documents/${set}/${name}`, text)
    }
    const pdf = writer.open(`documents/${set}.pdf`)
    const attachments = [dossierData(set, describedSet(set).title, dossier)]
    for (const block of pdfBlocks(plan, { ...options, attachments })) pdf.add(block)
    pdf.end()
  }
}
