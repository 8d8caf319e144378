/**
 * `bulkhead assure`, the main job: runs the scenarios, collects results and coverage, judges them, renders the evidence pack into
 * reports/latest and verifies it. `--self` asks instead whether the scenarios would notice a wrong value.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { INTERFACES } from '../../kernel/abi/interfaces.js'
import type { Manifest } from '../../evidence/attest/manifest.js'
import { signPack } from '../../evidence/attest/pack-signature.js'
import { appendHistory, historyName, requireWholeHistory } from '../../evidence/attest/run-history.js'
import { loadCase, type LoadedCase } from '../../evidence/load-case.js'
import { answerAsJson, printAnswer } from '../assurance/pack/answer.js'
import { probeCoverageTool } from '../assurance/coverage/coverage-probe.js'
import { configuredFlows } from '../assurance/run/configured-flows.js'
import { reportCoverage } from '../assurance/coverage/coverage-report.js'
import type { LoadedTrace } from '../tracing/load-trace.js'
import { traceOwnSystem } from '../assurance/pack/own-trace.js'
import { chosenSets, documentsOption, ownTemplates, templatesOption } from '../assurance/documents/document-options.js'
import { HTML_NAME, PDF_NAME, writeEvidencePack, type PackSources } from '../assurance/pack/evidence-pack.js'
import { openPackFolder, type PackFolder } from '../assurance/pack/pack-folder.js'
import { filesBelow, profileFiles } from '../assurance/pack/profile-files.js'
import { collectRunFacts, modesOf } from '../assurance/run/run-facts.js'
import { runScenarios } from '../assurance/run/scenario-run.js'
import { examineSelf } from '../assurance/self/self-examination.js'
import { signingKey, signOption } from '../assurance/pack/signing-key.js'
import { misuse, UsageError, type Command, type ExitCode, type Invocation } from '../command.js'
import { commitDay, projectRoot } from '../project.js'
import type { Terminal } from '../terminal.js'

/** More processes than this wait for one another's start-up. */
const MOST_SHARDS = 16
const LATEST = join(projectRoot, 'reports/latest')
/** Outlives the packs: one line per run. */
const HISTORY = join(projectRoot, 'reports', historyName)
const PROFILES = join(projectRoot, 'evidence/profiles')
const FEATURES = join(projectRoot, 'features')
/** What coverage is measured over. */
const MEASURED = 'kernel'

export const command: Command = {
  name: 'assure',
  summary: 'run the scenarios and build the evidence pack in reports/latest',
  usage: 'assure [options]',
  options: {
    shards: { type: 'string', value: 'N', help: 'processes that run scenarios (default: one per core, at most 4)' },
    self: {
      type: 'boolean',
      help: 'would a wrong value be noticed? runs the qualification kit, then falsifies each expected value; builds no pack',
    },
    kit: { type: 'string', value: 'FOLDER', help: 'with --self: where the trace of the qualification kit goes' },
    features: { type: 'string', value: 'FOLDER', help: "the evaluator's own features, run and traced apart, into evaluator/ of the pack" },
    documents: documentsOption,
    templates: templatesOption,
    sign: signOption,
    json: { type: 'boolean', help: 'the answer as JSON' },
  },
  operands: 0,
  run: assure,
}

async function assure(invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const shards = invocation.integer('shards', Math.min(4, availableParallelism()), { least: 1, most: MOST_SHARDS })
  if (invocation.flag('self')) return examineSelf({ shards, json: invocation.flag('json'), kit: invocation.text('kit') ?? null }, terminal)
  if (invocation.text('kit') !== undefined) throw misuse(command, '--kit goes with --self')
  const key = await signingKey(invocation)
  const documents = chosenSets(invocation)
  const templates = ownTemplates(invocation)
  const evaluator = evaluatorFeatures(invocation.text('features'))
  const printed: Printed = {
    documents: documents.length === 0 ? ['cc-ate'] : documents,
    templates: templates === null ? {} : { templates },
  }
  requireWholeHistory(HISTORY)
  const pack = openPackFolder(LATEST)
  try {
    const { loaded, manifest, evaluatorTrace } = await buildPack(pack, { shards, evaluator }, printed, terminal)
    if (key !== null) signPack(pack.staging, key)
    pack.publish()
    const { commit } = loaded.case.cover
    appendHistory(HISTORY, { command: 'assure', commit, pack: manifest.digest, passed: loaded.case.summary.passed })
    const place = relative(process.cwd(), LATEST)
    if (invocation.flag('json')) terminal.out(`${answerAsJson(loaded.case, place)}\n`)
    else {
      printAnswer(loaded.case, terminal)
      terminal.out(
        `evidence pack: ${join(place, HTML_NAME)}, ${join(place, PDF_NAME)}; explorer: ${join(place, 'trace/explorer/index.html')}\n`,
      )
      if (evaluatorTrace !== null)
        terminal.out(
          `scenarios of the evaluator: ${evaluatorTrace.set.passed ? 'passed' : 'not passed'}; see ${join(place, 'evaluator/index.html')}\n`,
        )
    }
    return loaded.case.summary.passed && evaluatorTrace?.set.passed !== false ? 0 : 1
  } finally {
    pack.discard()
  }
}

type Printed = Pick<PackSources, 'documents' | 'templates'>

interface BuiltPack {
  readonly loaded: LoadedCase
  readonly manifest: Manifest
  readonly evaluatorTrace: LoadedTrace | null
}

interface Runs {
  readonly shards: number
  /** Features of the evaluator; empty: none. */
  readonly evaluator: readonly string[]
}

async function buildPack(
  { work, staging }: PackFolder,
  { shards, evaluator }: Runs,
  printed: Printed,
  { progress }: Terminal,
): Promise<BuiltPack> {
  progress(`running the scenarios in ${shards} ${shards === 1 ? 'process' : 'processes'}`, 0)
  const raw = join(work, 'raw-coverage')
  const probe = probeCoverageTool(join(work, 'probe'))
  const [messages] = await Promise.all([runScenarios({ shards, folder: join(work, 'messages'), coverage: raw, progress }), probe])
  progress('reporting coverage')
  const coverage = await reportCoverage({ raw, work: join(work, 'coverage'), root: projectRoot, include: [`dist/${MEASURED}`] })
  const run = writeJson(join(work, 'run.json'), collectRunFacts(modesOf(process.env)))
  const interfaces = writeJson(join(work, 'interfaces.json'), INTERFACES)
  const flows = writeJson(join(work, 'flows.json'), configuredFlows())
  progress('judging')
  const loaded = await loadCase({
    root: projectRoot,
    profiles: PROFILES,
    messages,
    run,
    interfaces,
    coverage,
    sources: MEASURED,
    comparisons: 'required',
    asOf: commitDay(),
  })
  const trace = await traceOwnSystem({ root: projectRoot, profiles: PROFILES, messages, coverage, asOf: commitDay(), flows })
  const evaluatorTrace = evaluator.length === 0 ? null : await runEvaluator(join(work, 'evaluator'), evaluator, progress)
  const named = [...filesBelow(FEATURES, '.feature'), ...profileFiles(PROFILES)]
  const enclosed = [run, interfaces, coverage, flows]
  const inputs = { loaded, enclosed, named, trace, evaluator: evaluatorTrace }
  const sources = { folder: staging, root: projectRoot, environment: process.env, progress, ...inputs, ...printed }
  return { loaded, manifest: await writeEvidencePack(sources), evaluatorTrace }
}

/** @throws UsageError for a folder without a feature: nothing that was asked for may be left out in silence. */
function evaluatorFeatures(folder: string | undefined): readonly string[] {
  if (folder === undefined) return []
  if (!existsSync(folder)) throw new UsageError(`${folder}: no such folder; remedy: correct --features`)
  const files = filesBelow(resolve(folder), '.feature')
  if (files.length === 0) throw new UsageError(`${folder}: holds no .feature file; remedy: correct --features`)
  return files
}

/** In a run of their own, so that nothing of theirs reaches the developer's results or coverage. */
async function runEvaluator(folder: string, features: readonly string[], progress: Terminal['progress']): Promise<LoadedTrace> {
  progress('running the scenarios of the evaluator')
  const messages = await runScenarios({ shards: 1, folder, features })
  return traceOwnSystem({ root: projectRoot, profiles: PROFILES, messages, coverage: null, asOf: commitDay(), flows: null })
}

function writeJson(file: string, value: unknown): string {
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`)
  return file
}
