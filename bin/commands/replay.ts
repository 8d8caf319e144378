/** `bulkhead replay`: runs scenarios of our system again and compares them with what an evidence pack says. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { printProblem, verifyPack } from '../../evidence/attest/verify-pack.js'
import type { ScenarioResult } from '../../evidence/model/scenario-result.js'
import { named, packResults, replay, type ReplayDifference } from '../assurance/run/replay.js'
import { misuse, UsageError, type Command, type ExitCode, type Invocation } from '../command.js'
import { projectRoot } from '../project.js'
import { oneLine, type Terminal } from '../terminal.js'

const mostShards = 16
/** A terminal shows the first ones. */
const mostShown = 40

export const command: Command = {
  name: 'replay',
  summary: 'run scenarios of an evidence pack again and compare what they gave',
  usage: 'replay [options] NAME ...\n       bulkhead replay [options] --all',
  options: {
    all: { type: 'boolean', help: 'every scenario of the pack' },
    pack: { type: 'string', value: 'FOLDER', help: 'the evidence pack (default: reports/latest)' },
    shards: { type: 'string', value: 'N', help: 'processes that run scenarios (default: one per core, at most 4)' },
    json: { type: 'boolean', help: 'the answer as JSON' },
  },
  operands: 1000,
  run,
}

async function run(invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const folder = invocation.text('pack') ?? join(projectRoot, 'reports/latest')
  const place = relative(process.cwd(), folder) || folder
  if (!existsSync(folder)) throw new UsageError(`${place}: no such folder; remedy: run "bulkhead assure" first, or name a pack with --pack`)
  const [problem] = verifyPack(folder)
  if (problem !== undefined) {
    terminal.out(`${oneLine(`${place}: not intact: ${printProblem(problem)}`)}\nanswer: no\n`)
    return 1
  }
  const shards = invocation.integer('shards', Math.min(4, availableParallelism()), { least: 1, most: mostShards })
  const chosen = choose(invocation, packResults(folder))
  const scratch = mkdtempSync(join(tmpdir(), 'bulkhead-replay-'))
  try {
    terminal.progress(`running ${chosen.length} scenarios again`, 0)
    const differences = await replay(chosen, { folder: scratch, shards, progress: terminal.progress })
    report(chosen.length, differences, invocation.flag('json'), terminal)
    return differences.length === 0 ? 0 : 1
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function choose(invocation: Invocation, results: readonly ScenarioResult[]): readonly ScenarioResult[] {
  const names = invocation.operands
  if (invocation.flag('all') === names.length > 0)
    throw misuse(command, names.length > 0 ? '--all goes without names' : 'no name and no --all given')
  if (names.length === 0) return results
  const chosen = names.flatMap((name) => {
    const found = named(results, name)
    if (found.length > 0) return found
    throw new UsageError(`${JSON.stringify(name)} names no scenario of the pack; remedy: give a scenario name, its key or its feature file`)
  })
  return [...new Set(chosen)]
}

function report(count: number, differences: readonly ReplayDifference[], json: boolean, terminal: Terminal): void {
  if (json) {
    terminal.out(`${JSON.stringify({ passed: differences.length === 0, scenarios: count, differences })}\n`)
    return
  }
  for (const { uri, name, what, pack, replay: again } of differences.slice(0, mostShown))
    terminal.out(`${oneLine(`${uri}: ${JSON.stringify(name)}: ${what}: the pack says ${pack}, the replay gave ${again}`)}\n`)
  if (differences.length > mostShown) terminal.out(`and ${differences.length - mostShown} more; --json lists all\n`)
  const differing = new Set(differences.map(({ uri, name }) => `${uri} ${name}`)).size
  terminal.out(`${count} scenarios run again, ${differing} differ\nanswer: ${differences.length === 0 ? 'as the pack says' : 'no'}\n`)
}
