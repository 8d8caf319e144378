/** Reads what a trace is made from, and traces it. Readers are loaded when a file of their format is there. */
import { resolve } from 'node:path'
import { sha256, sha256File } from '../../evidence/attest/sha256.js'
import { recognise } from '../../evidence/exchange/recognise.js'
import type { FlowDiagram } from '../../evidence/items/flow-diagram.js'
import type { CoverageReport } from '../../evidence/items/coverage-report.js'
import type { InputFile, Reader, ReaderOptions } from '../../evidence/items/reader.js'
import type { RequirementSet, SourceFinding } from '../../evidence/items/requirement-set.js'
import type { TestRun } from '../../evidence/items/test-run.js'
import type { TraceSummary } from '../../evidence/items/trace-summary.js'
import type { TracedSet } from '../../evidence/items/traced-set.js'
import { EvidenceError } from '../../evidence/model/errors.js'
import { mergeCoverage, mergeRuns } from '../../evidence/trace/items/merge-sources.js'
import { defaultPolicy, type Policy } from '../../evidence/trace/items/policy.js'
import { summarise } from '../../evidence/trace/items/summarise.js'
import { traceItems } from '../../evidence/trace/items/trace-items.js'
import { artefactDigests } from './artefact-digests.js'
import { baselineOf } from './baseline.js'
import { withEmptyFiles } from './empty-files.js'
import { inputFiles } from './input-files.js'
import { regularText } from './regular-text.js'
import { requirementReadersFor } from './requirement-readers.js'
import { unreadFiles } from './unread-files.js'

/** Paths as they were given; null and empty: not given. */
export interface TracePaths {
  readonly requirements: readonly string[]
  readonly results: readonly string[]
  readonly coverage: readonly string[]
  readonly policy: string | null
  readonly map: string | null
  /** ES modules with readers of the user's own; each is run. */
  readonly readers?: readonly string[]
  readonly baseline: string | null
  readonly run: string | null
  readonly root: string | null
  readonly asOf: string | null
  /** Flows of the configured systems, `bulkhead.flows/1`. */
  readonly flows?: string | null
  readonly title: string | null
}

export interface LoadedTrace {
  readonly set: TracedSet
  readonly summary: TraceSummary
  /** Of the file that was given, word for word; null: the default policy. */
  readonly policyText: string | null
  /** For the explorer to draw. */
  readonly flows: readonly FlowDiagram[]
}

/** @throws EvidenceError at the first input that is refused. */
export async function loadTrace(paths: TracePaths): Promise<LoadedTrace> {
  const root = resolve(paths.root ?? '.')
  const { policy, text: policyText, sources: policySources } = await loadPolicy(paths, root)
  const options: ReaderOptions = paths.map === null ? { map: null } : (await import('./reader-options.js')).readerOptions(paths.map)
  const requirementReaders = await requirementReadersFor(paths.readers ?? [], options)
  const { resultReaders } = await import('../../evidence/exchange/results/formats.js')
  const sets = await readAll('requirements', requirementReaders, paths.requirements, root, options)
  const requirementSets = sets.results.map(withEmptyFiles)
  const runs = await readAll('results', resultReaders, paths.results, root, options)
  const reports = paths.coverage.length === 0 ? noSources : await loadCoverage(paths.coverage, root, options)
  const merged = mergeRuns(runs.results)
  const run = {
    ...merged,
    findings: [...merged.findings, ...unreadFiles(paths.results, root, resultReaders), ...lostCoverage(reports.results)],
  }
  const { baseline, runDigests } = baselineOf(paths, run)
  const { flows, sources: flowSources } = await loadFlows(paths.flows ?? null, root)
  const set = traceItems({
    title: paths.title ?? titleOf(sets.results),
    sets: requirementSets,
    run,
    coverage: mergeCoverage(reports.results),
    policy,
    baseline,
    runDigests,
    asOf: paths.asOf,
    artefactDigests: artefactDigests(policy.artefacts),
    sources: [...sets.sources, ...runs.sources, ...reports.sources, ...policySources, ...flowSources],
  })
  return { set, summary: summarise(set), policyText, flows }
}

/** Results alone, for a re-run. @throws EvidenceError */
export async function readResults(operands: readonly string[]): Promise<TestRun> {
  const { resultReaders } = await import('../../evidence/exchange/results/formats.js')
  const { results } = await readAll('results', resultReaders, operands, resolve('.'), { map: null })
  return mergeRuns(results)
}

function lostCoverage(reports: readonly CoverageReport[]): SourceFinding[] {
  return reports.flatMap(({ files: [file = 'coverage'], lost = [] }) =>
    lost.map((text) => ({ kind: 'unreadable', id: file, text, place: { file } })),
  )
}

interface ReadSources<Result> {
  readonly results: readonly Result[]
  readonly sources: TracedSet['sources']
}

const noSources: ReadSources<CoverageReport> = { results: [], sources: [] }

async function loadCoverage(operands: readonly string[], root: string, options: ReaderOptions): Promise<ReadSources<CoverageReport>> {
  const { coverageReaders } = await import('../../evidence/exchange/coverage/formats.js')
  return readAll('coverage', coverageReaders, operands, root, options)
}

async function readAll<Result extends RequirementSet | TestRun | CoverageReport>(
  role: TracedSet['sources'][number]['role'],
  readers: readonly Reader<Result>[],
  operands: readonly string[],
  root: string,
  options: ReaderOptions,
): Promise<ReadSources<Result>> {
  const results: Result[] = []
  const sources: TracedSet['sources'][number][] = []
  const groups = recognise(readers, inputFiles(operands, root, readers))
  for (const { reader, files } of groups) {
    const result = await reader.read(files, options).catch((error: unknown) => (groups.length > 1 ? passOver(reader, error) : fail(error)))
    if (result === null) continue
    results.push(result)
    sources.push({ role, format: result.format, files: files.map(({ name }) => name), digest: digestOf(files) })
  }
  return { results, sources }
}

/** Sources of a program beside requirements may carry no mark at all: they are no source of requirements then. */
function passOver(reader: { readonly format: string }, error: unknown): null {
  return reader.format === 'source-tags' && error instanceof EvidenceError && error.code === 'no-items' ? null : fail(error)
}

function fail(error: unknown): never {
  throw error
}

/** Of one file its own digest; of several that over the lines `digest  name`. */
function digestOf(files: readonly InputFile[]): string {
  const [first, ...others] = files
  if (first === undefined) return ''
  if (others.length === 0) return sha256File(first.path).digest
  return sha256(files.map(({ name, path }) => `${sha256File(path).digest}  ${name}\n`).join(''))
}

function titleOf(sets: readonly RequirementSet[]): string {
  const titles = sets.map(({ title }) => title).filter((title) => title !== '')
  return titles.length === 0 ? 'Trace of requirements to tests' : titles.join(', ')
}

interface LoadedPolicy {
  readonly policy: Policy
  readonly text: string | null
  readonly sources: TracedSet['sources']
}

/** What the policy names beside it is read and listed with it. */
async function loadPolicy({ policy }: TracePaths, root: string): Promise<LoadedPolicy> {
  if (policy === null) return { policy: defaultPolicy, text: null, sources: [] }
  const { readPolicy } = await import('../../evidence/trace/items/read-policy.js')
  const [file = { name: policy, path: resolve(policy) }] = inputFiles([policy], root, [])
  const files: InputFile[] = []
  const texts: string[] = []
  const read = (name: string, path: string): string => {
    const text = regularText(name, path)
    files.push({ name, path })
    texts.push(text)
    return text
  }
  const loaded = readPolicy(file.name, file.path, read)
  const source = { role: 'policy', format: 'bulkhead.policy/1', files: files.map(({ name }) => name), digest: digestOf(files) } as const
  return { policy: loaded, text: texts[0] ?? null, sources: [source] }
}

async function loadFlows(
  operand: string | null,
  root: string,
): Promise<{ readonly flows: readonly FlowDiagram[]; readonly sources: TracedSet['sources'] }> {
  if (operand === null) return { flows: [], sources: [] }
  const { flowsFormat, readFlows } = await import('../../evidence/exchange/flows/read-flows.js')
  const files = inputFiles([operand], root, [])
  const flows = files.flatMap(({ name, path }) => readFlows(name, regularText(name, path)))
  return { flows, sources: [{ role: 'flows', format: flowsFormat, files: files.map(({ name }) => name), digest: digestOf(files) }] }
}
