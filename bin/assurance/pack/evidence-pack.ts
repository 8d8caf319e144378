/**
 * Writes an evidence pack: the judged case as HTML, PDF, CSV and JSON, the inputs it was judged from, and the manifest over all
 * of them. Same case, same inputs: same bytes.
 */
import { copyFileSync, createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { digestOfEntries, writeManifest, type Manifest, type ManifestEntry } from '../../../evidence/attest/manifest.js'
import { refuseForbiddenWords } from '../../../evidence/attest/forbidden-words.js'
import { PackWriter } from '../../../evidence/attest/pack-writer.js'
import { sha256File } from '../../../evidence/attest/sha256.js'
import { printProblem, verifyPack } from '../../../evidence/attest/verify-pack.js'
import { canonicalLines } from '../../../evidence/collect/canonical-results.js'
import { exportMatrices } from '../../../evidence/exchange/matrix-export.js'
import { caseDossier } from '../../../evidence/documents/case-dossier.js'
import type { DocumentSet } from '../../../evidence/documents/document-sets.js'
import type { LoadedCase } from '../../../evidence/load-case.js'
import { casePlan } from '../../../evidence/render/case-plan.js'
import { renderHtml } from '../../../evidence/render/render-html.js'
import type { Attachment, InputFile, RenderOptions } from '../../../evidence/render/render-options.js'
import { writePdf } from '../../../evidence/render/render-pdf.js'
import type { LoadedTrace } from '../../tracing/load-trace.js'
import { writeDocuments } from '../documents/document-files.js'
import { writeEvaluatorTrace, writeOwnTrace } from './own-trace.js'
import { creationDate } from '../documents/document-options.js'

export const PDF_NAME = 'evidence-pack.pdf'
export const HTML_NAME = 'index.html'

export interface PackSources {
  /** An empty folder. */
  readonly folder: string
  readonly loaded: LoadedCase
  /** Machine-readable inputs that go into the pack: run facts, interface description, coverage. */
  readonly enclosed: readonly string[]
  /** Inputs that stay where they are and are named with their digests: profiles, features. */
  readonly named: readonly string[]
  /** Names are printed relative to it. */
  readonly root: string
  readonly environment: NodeJS.ProcessEnv
  readonly documents: readonly DocumentSet[]
  /** Goes into the folder `trace`; null: none was made. */
  readonly trace: LoadedTrace | null
  /** Of the evaluator's own features; goes into the folder `evaluator`. */
  readonly evaluator: LoadedTrace | null
  /** Empty: our own alone. */
  readonly templates: Pick<RenderOptions, 'templates'>
  readonly progress: (line: string) => void
}

/** @throws EvidenceError and RenderError; the folder is then no pack, because its manifest is written last. */
export async function writeEvidencePack(sources: PackSources): Promise<Manifest> {
  const { folder, loaded, progress } = sources
  const inputs = await encloseInputs(sources)
  const options: RenderOptions = {
    inputs,
    packDigest: digestOfEntries(inputs.map(asEntry)),
    tell: progress,
    ...creationDate(sources.environment),
    ...sources.templates,
  }
  const plan = casePlan(loaded.case, options)
  progress('rendering HTML')
  for (const [name, text] of renderHtml(plan, options)) writeReport(folder, name, text)
  const matrices = [...exportMatrices(loaded.case)]
  for (const [name, text] of matrices) writeReport(folder, name, text)
  progress('rendering PDF')
  const attachments = matrices.filter(([name]) => name.endsWith('.json')).map(attached)
  await writePdf(plan, { ...options, attachments }, createWriteStream(join(folder, PDF_NAME)))
  if (sources.documents.length > 0) progress('writing the documents')
  const dossier = caseDossier(loaded.case, inputs)
  writeDocuments({ sets: sources.documents, dossier, lint: true, options }, new PackWriter(folder))
  if (sources.trace !== null) writeOwnTrace(sources.trace, sources.root, inputs, new PackWriter(folder))
  if (sources.evaluator !== null) writeEvaluatorTrace(sources.evaluator, sources.root, new PackWriter(folder))
  const manifest = writeManifest(folder)
  const [problem] = verifyPack(folder)
  if (problem !== undefined) throw new Error(`the pack does not verify right after it was written: ${printProblem(problem)}`)
  return manifest
}

/** The figures travel with the pages. */
function attached([name, text]: readonly [string, string]): Attachment {
  return {
    name,
    mediaType: 'application/json',
    description: 'What the matrices of this document say, for programs',
    relationship: 'Data',
    bytes: Buffer.from(text),
  }
}

function writeReport(folder: string, name: string, text: string): void {
  refuseForbiddenWords(name, text)
  writeFileSync(join(folder, name), text)
}

/** The inputs in the order they are listed in the report: what was run, what it was judged by, what came of it. */
async function encloseInputs({ folder, loaded, enclosed, named, root }: PackSources): Promise<readonly InputFile[]> {
  const inside = join(folder, 'inputs')
  mkdirSync(inside)
  for (const file of enclosed) copyFileSync(file, join(inside, basename(file)))
  await writeLines(join(inside, 'results.ndjson'), canonicalLines(loaded.results))
  const names = [...enclosed.map((file) => basename(file)), 'results.ndjson'].sort()
  return [
    ...named.map((file) => describeInput(relative(root, file).split(sep).join('/'), file)),
    ...names.map((name) => describeInput(`inputs/${name}`, join(inside, name))),
  ]
}

async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  mkdirSync(dirname(file), { recursive: true })
  const { pipeline } = await import('node:stream/promises')
  const { Readable } = await import('node:stream')
  await pipeline(Readable.from(lines), createWriteStream(file))
}

function describeInput(name: string, file: string): InputFile {
  const { digest, size } = sha256File(file)
  return { file: name, bytes: size, sha256: digest }
}

const asEntry = ({ file, bytes, sha256 }: InputFile): ManifestEntry => ({
  path: file,
  size: bytes,
  sha256: sha256 as ManifestEntry['sha256'],
})
