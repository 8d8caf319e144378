/**
 * The trace of our own system inside the evidence pack: the same path as for a stranger's files, under `trace/`. What it was made from is
 * named as it lies in the pack, since the raw messages hold random ids and stay outside.
 */
import { join } from 'node:path'
import { sha256 } from '../../../evidence/attest/sha256.js'
import type { FolderWriter } from '../../../evidence/items/folder-writer.js'
import type { TracedSet } from '../../../evidence/items/traced-set.js'
import { loadTrace, type LoadedTrace } from '../../tracing/load-trace.js'
import { startPage } from '../../../evidence/render/matrices/start-page.js'
import { writeTraceFiles } from '../../tracing/write-trace.js'

export interface OwnTracePaths {
  readonly root: string
  readonly profiles: string
  readonly messages: readonly string[]
  /** Null: not measured, as in a run of the evaluator. */
  readonly coverage: string | null
  readonly asOf: string | null
  /** Null: not drawn. */
  readonly flows: string | null
}

/** @throws EvidenceError as `trace` does */
export async function traceOwnSystem({ root, profiles, messages, coverage, asOf, flows }: OwnTracePaths): Promise<LoadedTrace> {
  return loadTrace({
    requirements: [join(profiles, 'security-target.yaml')],
    results: messages,
    coverage: coverage === null ? [] : [coverage],
    policy: join(profiles, 'policy.yaml'),
    map: null,
    baseline: null,
    run: null,
    root,
    asOf,
    flows,
    title: null,
  })
}

/** An input of the pack, with its digest. */
export interface NamedInput {
  readonly file: string
  readonly sha256: string
}

/** @param inputs what the pack encloses: the canonical results stand for the raw messages */
export function writeOwnTrace(loaded: LoadedTrace, root: string, inputs: readonly NamedInput[], writer: FolderWriter): void {
  writeInto('trace', loaded, root, writer, (source) => enclosedSource(source, inputs))
}

/**
 * The evaluator's own scenarios, in a folder and a trace of their own: they neither count for the developer's answer nor hide in it. Their
 * source is the features that were run, by name and digest.
 */
export function writeEvaluatorTrace(loaded: LoadedTrace, root: string, writer: FolderWriter): void {
  const digests = new Map(loaded.set.tests.map(({ item }) => [item.place.file, item.sourceDigest ?? 'not carried']))
  const files = [...digests.keys()].sort()
  const digest = sha256(files.map((file) => `${digests.get(file) ?? ''}  ${file}\n`).join(''))
  const titled = { ...loaded, set: { ...loaded.set, title: `Scenarios of the evaluator: ${loaded.set.title}` } }
  writeInto('evaluator', titled, root, writer, (source) => (source.role === 'results' ? { ...source, files, digest } : source))
}

type Source = TracedSet['sources'][number]

function writeInto(folder: string, loaded: LoadedTrace, root: string, writer: FolderWriter, named: (source: Source) => Source): void {
  const set: TracedSet = { ...loaded.set, sources: loaded.set.sources.map(named) }
  const below = inFolder(folder, writer)
  writeTraceFiles({ ...loaded, set }, root, below)
  below.write('index.html', startPage(set, loaded.summary, []))
}

const enclosedNames: Readonly<Partial<Record<Source['role'], string>>> = {
  results: 'inputs/results.ndjson',
  coverage: 'inputs/coverage-final.json',
  flows: 'inputs/flows.json',
}

function enclosedSource(source: Source, inputs: readonly NamedInput[]): Source {
  const input = inputs.find(({ file }) => file === enclosedNames[source.role])
  return input === undefined ? source : { ...source, files: [input.file], digest: input.sha256 }
}

function inFolder(folder: string, writer: FolderWriter): FolderWriter {
  const at = (path: string): string => `${folder}/${path}`
  return { write: (path, content) => writer.write(at(path), content), open: (path) => writer.open(at(path)) }
}
