/**
 * Runs the scenarios: cucumber-js over dist/ in child processes, one per shard. What they leave is files alone: Cucumber messages
 * (one file per shard) and raw V8 coverage that the World writes into the folder named by BULKHEAD_COVERAGE.
 */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { projectRoot } from '../../project.js'
import { oneLine, type Progress } from '../../terminal.js'
import { RunError } from './run-error.js'
import { ScenarioCount } from './scenario-count.js'

/**
 * V8 does not count the calls of a function that its optimising compilers have inlined, and they compile in the background, when they please:
 * with them, two equal runs differ in the functions a scenario is said to have run. Scenarios take no longer without.
 */
const REPEATABLE_COUNTS = ['--no-opt', '--no-maglev']

const PROGRESS_MS = 5_000

export interface ScenarioRunOptions {
  readonly shards: number
  /** Where the message files go. */
  readonly folder: string
  /** Feature files to run; all unless given. */
  readonly features?: readonly string[]
  /** Folder for raw V8 coverage; undefined: none is taken. */
  readonly coverage?: string
  /** Told every few seconds how many scenarios are behind. */
  readonly progress?: Progress
  /** Falsifies the expected value of the comparison with this index (from 0) in every scenario. */
  readonly falsify?: number
}

/** @throws RunError when a shard ended without a whole message file. A failing scenario is no error: the messages carry it. */
export async function runScenarios(options: ScenarioRunOptions): Promise<readonly string[]> {
  mkdirSync(options.folder, { recursive: true })
  if (options.coverage !== undefined) mkdirSync(options.coverage, { recursive: true })
  const shards = Array.from({ length: options.shards }, (_, index) => index + 1)
  const end = tellProgress(options, shards)
  try {
    return await Promise.all(shards.map((index) => runShard(options, index)))
  } finally {
    end()
  }
}

/** @returns what ends it */
function tellProgress({ folder, progress }: ScenarioRunOptions, shards: readonly number[]): () => void {
  if (progress === undefined) return () => undefined
  const count = new ScenarioCount(shards.map((index) => messageFile(folder, index)))
  const timer = setInterval(() => {
    const { finished, total } = count.read()
    if (total > 0) progress(`${finished} of ${total} scenarios`, finished / total)
  }, PROGRESS_MS)
  return () => clearInterval(timer)
}

const messageFile = (folder: string, shard: number): string => join(folder, `messages-${shard}.ndjson`)

async function runShard(options: ScenarioRunOptions, index: number): Promise<string> {
  const messages = messageFile(options.folder, index)
  const cucumber = createRequire(join(projectRoot, 'package.json'))
    .resolve('@cucumber/cucumber/package.json')
    .replace(/package\.json$/u, 'bin/cucumber.js')
  const shard = options.shards > 1 ? ['--shard', `${index}/${options.shards}`] : []
  const { status, complaint } = await runCucumber([...REPEATABLE_COUNTS, cucumber, ...shard, ...(options.features ?? [])], {
    BULKHEAD_MESSAGES: messages,
    BULKHEAD_COVERAGE: options.coverage,
    BULKHEAD_FALSIFY: options.falsify === undefined ? undefined : String(options.falsify),
  })
  if (!isComplete(messages)) {
    const reason = complaint === '' ? `cucumber-js ended with status ${status}` : complaint
    throw new RunError('scenarios-did-not-run', `the scenarios did not run: ${reason}`, 'npx cucumber-js shows the whole message')
  }
  return messages
}

interface CucumberEnd {
  readonly status: number | string
  /** First telling line of standard error. */
  readonly complaint: string
}

function runCucumber(args: readonly string[], variables: Readonly<Record<string, string | undefined>>): Promise<CucumberEnd> {
  return new Promise((resolve, reject) => {
    const env = Object.fromEntries(Object.entries({ ...process.env, ...variables }).filter(([, value]) => value !== undefined))
    const child = spawn(process.execPath, [...args], { cwd: projectRoot, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length < 100_000) text += chunk
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ status: code ?? signal ?? 'unknown', complaint: tellingLine(text) }))
  })
}

/** The line that names the fault: of a stack trace the message, not the frame or the source excerpt before it. */
function tellingLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /u.test(line))
  const named = lines.find((line) => /(?:^|\s)\w*Error(?: \[\w+\])?: |^Parse error/u.test(line))
  return oneLine((named ?? lines[0] ?? '').trim().replaceAll(`${projectRoot}/`, ''), 400)
}

/** A run that was cut short has no testRunFinished as its last message. */
function isComplete(file: string): boolean {
  if (!existsSync(file)) return false
  const { size } = statSync(file)
  const tail = Buffer.alloc(Math.min(size, 65_536))
  const handle = openSync(file, 'r')
  try {
    readSync(handle, tail, 0, tail.length, size - tail.length)
  } finally {
    closeSync(handle)
  }
  const last = tail.toString('utf8').trimEnd().split('\n').at(-1) ?? ''
  return last.startsWith('{"testRunFinished"')
}
