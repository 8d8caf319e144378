/**
 * `bulkhead trace --messages`: the full evidence pack from files alone. It reads Cucumber messages of any implementation and language,
 * judges them by a folder of profiles, and writes HTML and PDF. Nothing of ours has to have run.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadCase } from '../../evidence/load-case.js'
import { signPack } from '../../evidence/attest/pack-signature.js'
import type { RunFacts } from '../../evidence/model/run-facts.js'
import { answerAsJson, printAnswer } from '../assurance/pack/answer.js'
import { chosenSets, ownTemplates } from '../assurance/documents/document-options.js'
import { HTML_NAME, PDF_NAME, writeEvidencePack } from '../assurance/pack/evidence-pack.js'
import { signingKey } from '../assurance/pack/signing-key.js'
import { openPackFolder } from '../assurance/pack/pack-folder.js'
import { writeNeutralProfiles } from '../assurance/pack/neutral-profiles.js'
import { profileFiles } from '../assurance/pack/profile-files.js'
import { dayOf } from './day-option.js'
import { misuse, UsageError, type Command, type ExitCode, type Invocation } from '../command.js'
import type { Terminal } from '../terminal.js'

export async function traceCase(command: Pick<Command, 'name'>, invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const messages = invocation.list('messages').map((file) => resolve(file))
  if (messages.length === 0) throw misuse(command, 'no --messages given')
  const out = invocation.text('out')
  if (out === undefined) throw misuse(command, 'no --out given')
  const root = resolve(invocation.text('root') ?? '.')
  const path = (name: string) => (invocation.text(name) === undefined ? null : resolve(invocation.text(name) ?? ''))
  for (const file of messages) refuseUnlessFile(file)
  const key = await signingKey(invocation)
  const pack = openPackFolder(resolve(out))
  try {
    const profiles = path('profiles') ?? writeNeutralProfiles(pack.work)
    const run = path('run') ?? writeUnstatedFacts(pack.work)
    const [coverageFile, ...more] = invocation.list('coverage')
    if (more.length > 0) throw misuse(command, 'one --coverage goes with --messages')
    const coverage = coverageFile === undefined ? null : resolve(coverageFile)
    const interfaces = path('interfaces')
    terminal.progress('judging')
    const loaded = await loadCase({
      root,
      profiles,
      messages,
      run,
      interfaces,
      coverage,
      sources: invocation.text('sources') ?? null,
      comparisons: invocation.flag('require-comparisons') ? 'required' : 'reported',
      asOf: dayOf(invocation),
    })
    const enclosed = [run, interfaces, coverage].filter((file) => file !== null)
    const named = profileFiles(profiles)
    const own = ownTemplates(invocation)
    await writeEvidencePack({
      folder: pack.staging,
      loaded,
      enclosed,
      named,
      root,
      environment: process.env,
      documents: chosenSets(invocation),
      trace: null,
      evaluator: null,
      templates: own === null ? {} : { templates: own },
      progress: terminal.progress,
    })
    if (key !== null) signPack(pack.staging, key)
    pack.publish()
    if (invocation.flag('json')) terminal.out(`${answerAsJson(loaded.case, out)}\n`)
    else {
      printAnswer(loaded.case, terminal)
      terminal.out(`evidence pack: ${join(out, HTML_NAME)}, ${join(out, PDF_NAME)}\n`)
    }
    return loaded.case.summary.passed ? 0 : 1
  } finally {
    pack.discard()
  }
}

/** Messages are read twice: a pipe would give its bytes to the first look. */
function refuseUnlessFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() !== true)
    throw new UsageError(`${file}: ${found === undefined ? 'no such file' : 'is no regular file'}; remedy: correct --messages`)
}

/** A stranger's messages come without run facts: the report says so instead of guessing. */
function writeUnstatedFacts(folder: string): string {
  const none = 'not stated'
  const facts: RunFacts = {
    project: { name: none, version: none, commit: none, dirty: null },
    tools: {},
    engine: none,
    modes: [],
    hostedDigest: null,
    configurations: [],
    commands: [],
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'run.json'), `${JSON.stringify(facts)}\n`)
  return join(folder, 'run.json')
}
