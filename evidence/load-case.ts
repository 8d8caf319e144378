/** Reads the files of one run and judges them. File names in messages are relative to the project root; nothing absolute is kept. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { assembleCase, type CaseInputs } from './assemble.js'
import { collectMessages } from './collect/cucumber-messages.js'
import { messageFile } from './collect/messages/message-file.js'
import type { CollectedRun } from './collect/fold/merge-streams.js'
import { readInterfaceEntries, readRunFacts } from './collect/run-facts.js'
import type { ComparisonRule } from './collect/fold/scenario-verdict.js'
import { checkComplete, codeTest, listModules } from './coverage/expected-modules.js'
import { readIstanbulCoverage } from './coverage/istanbul.js'
import type { AssuranceCase } from './model/assurance-case.js'
import { EvidenceError } from './model/errors.js'
import type { Digest, ModulePath } from './model/ids.js'
import type { ModuleCoverage } from './model/module-coverage.js'
import { readProfiles } from './profiles/read-profiles.js'

/** Absolute paths, or paths relative to the working folder. */
export interface CasePaths {
  /** Project root: keys of the coverage report and paths of artefacts are relative to it. */
  readonly root: string
  /** Folder with security-target.yaml. */
  readonly profiles: string
  /** One message file per shard. */
  readonly messages: readonly string[]
  readonly run: string
  /** Null: the system under test gave none. */
  readonly interfaces: string | null
  readonly coverage: string | null
  /** Folder of the system's sources, relative to the root; the coverage report must hold each of its modules. Null: not checked. */
  readonly sources: string | null
  /** `required` for our own suite, `reported` for a suite that records no comparisons. */
  readonly comparisons: ComparisonRule
  /** ISO 8601 day for the expiry of deviations, for instance that of the commit; null: not judged. */
  readonly asOf: string | null
}

export interface LoadedCase {
  readonly case: AssuranceCase
  /** For `results.ndjson`. */
  readonly results: CollectedRun
}

/** @throws EvidenceError at the first input that is refused. */
export async function loadCase(paths: CasePaths): Promise<LoadedCase> {
  const named = (path: string): string => relative(paths.root, path).split(sep).join('/')
  const read = (path: string): string => readText(named(path), path)
  const profiles = readProfiles(paths.root, paths.profiles)
  const run = readRunFacts(named(paths.run), read(paths.run))
  const interfaces = paths.interfaces === null ? null : readInterfaceEntries(named(paths.interfaces), read(paths.interfaces))
  const modules = paths.sources === null ? null : listModules(paths.root, paths.sources)
  const coverage =
    paths.coverage === null ? null : await readCoverage(named(paths.coverage), read(paths.coverage), paths.root, modules ?? [])
  const results = await collectMessages(
    paths.messages.map((path) => messageFile(named(path), path)),
    paths.comparisons,
  )
  const artefactDigests = digestFiles(
    paths.root,
    profiles.artefacts.map(({ file }) => file),
  )
  const inputs: CaseInputs = { profiles, results, run, interfaces, coverage, modules, artefactDigests, asOf: paths.asOf }
  return { case: assembleCase(inputs), results }
}

async function readCoverage(file: string, text: string, root: string, modules: readonly ModulePath[]): Promise<ModuleCoverage[]> {
  const measured = readIstanbulCoverage(file, text, root)
  const seen = new Set(measured.map(({ module }) => module))
  if (modules.some((module) => !seen.has(module))) checkComplete(file, measured, modules, await codeTest(root))
  return measured
}

function digestFiles(root: string, files: readonly string[]): Map<string, Digest> {
  const present = [...new Set(files)].filter((file) => existsSync(join(root, file)))
  return new Map(
    present.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest('hex') as Digest,
    ]),
  )
}

function readText(name: string, path: string): string {
  try {
    // A pipe would wait for whoever writes it.
    if (!statSync(path).isFile()) throw new TypeError('no regular file')
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: name }, 'cannot be read', 'run the step that writes it, or correct the name', {
      cause,
    })
  }
}
