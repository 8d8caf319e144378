/**
 * `bulkhead trace`: evidence from files alone. It reads Cucumber messages of any implementation and language, judges them by a folder of
 * profiles, and writes a pack. Nothing of ours has to have run.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadCase } from '../../evidence/load-case.js'
import type { RunFacts } from '../../evidence/model/run-facts.js'
import { answerAsJson, printAnswer } from '../assurance/answer.js'
import { HTML_NAME, PDF_NAME, writeEvidencePack } from '../assurance/evidence-pack.js'
import { openPackFolder } from '../assurance/pack-folder.js'
import { writeNeutralProfiles } from '../assurance/neutral-profiles.js'
import { profileFiles } from '../assurance/profile-files.js'
import { misuse, UsageError, type Command, type ExitCode, type Invocation } from '../command.js'
import type { Terminal } from '../terminal.js'

export const command: Command = {
  name: 'trace',
  summary: "build the evidence from result files of any Cucumber, ours or a stranger's",
  usage: 'trace --messages FILE [--messages FILE ...] --out FOLDER [options]',
  options: {
    messages: { type: 'string', multiple: true, value: 'FILE', help: 'Cucumber messages, NDJSON; repeat it for the shards of one run' },
    coverage: { type: 'string', value: 'FILE', help: 'coverage-final.json in istanbul format' },
    interfaces: { type: 'string', value: 'FILE', help: 'interface entries of the system under test, JSON' },
    run: { type: 'string', value: 'FILE', help: 'facts about the run, JSON; without it they read "not stated"' },
    profiles: { type: 'string', value: 'FOLDER', help: 'folder with security-target.yaml; without it the SKPP catalogue alone' },
    sources: { type: 'string', value: 'FOLDER', help: 'sources of the system, below the root; a coverage report must hold each module' },
    root: { type: 'string', value: 'FOLDER', help: 'project of the system under test; paths are printed relative to it (default: .)' },
    'as-of': { type: 'string', value: 'DAY', help: 'day by which deviations are judged, as 2026-01-31' },
    'require-comparisons': { type: 'boolean', help: 'a scenario that records no comparison gets no verdict' },
    out: { type: 'string', value: 'FOLDER', help: 'where the pack goes; an older pack there is moved to FOLDER.previous' },
    json: { type: 'boolean', help: 'the answer as JSON' },
  },
  operands: 0,
  run: trace,
}

async function trace(invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const messages = invocation.list('messages').map((file) => resolve(file))
  if (messages.length === 0) throw misuse(command, 'no --messages given')
  const out = invocation.text('out')
  if (out === undefined) throw misuse(command, 'no --out given')
  const root = resolve(invocation.text('root') ?? '.')
  const path = (name: string) => (invocation.text(name) === undefined ? null : resolve(invocation.text(name) ?? ''))
  for (const file of messages) if (!existsSync(file)) throw new UsageError(`${file}: no such file; remedy: correct --messages`)
  const pack = openPackFolder(resolve(out))
  try {
    const profiles = path('profiles') ?? writeNeutralProfiles(pack.work)
    const run = path('run') ?? writeUnstatedFacts(pack.work)
    const [coverage, interfaces] = [path('coverage'), path('interfaces')]
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
    await writeEvidencePack({ folder: pack.staging, loaded, enclosed, named, root, environment: process.env, progress: terminal.progress })
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

function dayOf(invocation: Invocation): string | null {
  const text = invocation.text('as-of')
  if (text === undefined) return null
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text))) return text
  throw new UsageError(`--as-of ${JSON.stringify(text)}: not a day such as 2026-01-31`)
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
