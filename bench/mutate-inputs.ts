/**
 * Damaged inputs through every reader: each must end in a value or in one line, quickly. The inputs of a reader run in a process of
 * its own, watched from here, so that a reader that hangs is found and named.
 *   node dist/bench/mutate-inputs.js [--inputs N] [--from N] [--only FORMAT] [--jobs N] [--json]
 * Exit 0: nothing found; 1: a failure, with the numbers that make it again.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readerOf } from '../test/campaign/all-readers.js'
import { seedInputs } from '../test/campaign/seed-inputs.js'
import { prepare, tryInput, type TrialFailure } from '../test/campaign/trial.js'

/** No sign of progress for so long is a hang, milliseconds. */
const HANG = 180_000
const STEP = 100
/** Failures of one seed that are shown; more are counted. */
const SHOWN = 20

interface Tally {
  readonly format: string
  readonly name: string
  readonly inputs: number
  readonly values: number
  readonly refused: number
  readonly failures: readonly TrialFailure[]
  readonly failed: number
  readonly cpuSeconds: number
}

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    seed: { type: 'string' },
  },
})
const inputs = Number(values.inputs)
const from = Number(values.from)

process.exitCode = values.seed === undefined ? await watchAll() : await runSeed(Number(values.seed))

/** In the watched process: a line of JSON every few hundred inputs, the last with everything. */
async function runSeed(index: number): Promise<number> {
  const seed = seedInputs[index]
  const reader = seed === undefined ? undefined : readerOf(seed.format)
  if (seed === undefined || reader === undefined) throw new Error(`no seed ${index} or no reader of it`)
  const own = inputsOf(seed.format)
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-mutate-'))
  const failures: TrialFailure[] = []
  const counts = { values: 0, refused: 0, failed: 0 }
  try {
    prepare(seed, folder)
    for (let number = from; number < from + own; number++) {
      const { failure, outcome } = await tryInput(seed, reader, folder, number, () => process.cpuUsage().user / 1000)
      counts[failure !== undefined ? 'failed' : outcome === 'value' ? 'values' : 'refused'] += 1
      if (failure !== undefined && failures.length < SHOWN) failures.push(failure)
      if (number % STEP === 0) say({ number })
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  const cpuSeconds = Math.round(process.cpuUsage().user / 1e5) / 10
  say({ tally: { format: seed.format, name: seed.name, inputs: own, ...counts, failures, cpuSeconds } satisfies Tally })
  return 0
}

/** The inputs of a reader are shared out among its seeds. */
function inputsOf(format: string): number {
  return Math.ceil(inputs / seedInputs.filter((seed) => seed.format === format).length)
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

async function watchAll(): Promise<number> {
  const left = seedInputs.flatMap(({ format }, index) => (values.only === undefined || values.only === format ? [index] : []))
  const tallies: Tally[] = []
  const work = async (): Promise<void> => {
    for (let index = left.shift(); index !== undefined; index = left.shift()) {
      const tally = await watch(index)
      tallies.push(tally)
      if (!values.json) print(tally)
    }
  }
  await Promise.all(Array.from({ length: Number(values.jobs) }, work))
  if (values.json) say(tallies)
  return tallies.every(({ failed }) => failed === 0) && tallies.length > 0 ? 0 : 1
}

function watch(index: number): Promise<Tally> {
  const own = fileURLToPath(import.meta.url)
  const child = spawn(process.execPath, [own, '--seed', String(index), '--inputs', String(inputs), '--from', String(from)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { format, name } = seedInputs[index] ?? { format: '', name: '' }
  let last = from
  let tally: Tally | undefined
  let rest = ''
  let errors = ''
  let timer = setTimeout(stop, HANG)
  function stop(): void {
    child.kill('SIGKILL')
    errors = `no progress for ${HANG / 1000} s`
  }
  child.stderr.on('data', (chunk: Buffer) => (errors = `${errors}${chunk.toString()}`.slice(-2000)))
  child.stdout.on('data', (chunk: Buffer) => {
    clearTimeout(timer)
    timer = setTimeout(stop, HANG)
    const lines = `${rest}${chunk.toString()}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const message = JSON.parse(line) as { readonly number?: number; readonly tally?: Tally }
      last = message.number ?? last
      tally = message.tally ?? tally
    }
  })
  return new Promise((resolve) => {
    child.on('close', () => {
      clearTimeout(timer)
      const what = `the process ended after input ${last} and before ${last + STEP}: ${errors}`
      resolve(
        tally ?? {
          format,
          name,
          inputs: last - from,
          values: 0,
          refused: 0,
          failed: 1,
          failures: [{ format, name, number: last, what }],
          cpuSeconds: 0,
        },
      )
    })
  })
}

function print({ format, name, inputs: tried, values: read, refused, failed, failures, cpuSeconds }: Tally): void {
  console.log(`${format} (${name}): ${tried} inputs, ${read} read, ${refused} refused, ${failed} failed, ${cpuSeconds} s CPU`)
  for (const { number, what } of failures) console.log(`  input ${number}: ${what}`)
}
