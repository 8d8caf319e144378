/**
 * User CPU and memory of `bulkhead trace` on a set of its own: N requirements under N / 10 objectives, a scenario of four steps for each
 * but one in fifty, one in a hundred failing, one in two hundred naming what is no requirement. Medians, start of the command included,
 * beside the time to parse the same messages and do nothing with them. `node dist/bench/trace.js [N] [RUNS]`
 */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SCENARIOS_PER_FEATURE = 20
const STEPS = ['a partition is configured', 'a subject asks for the resource', 'the flow is denied', 'an audit record is written']
const KEYWORDS = ['Given ', 'When ', 'Then ', 'And ']

interface Figures {
  readonly seconds: number
  readonly megabytes: number
}

interface Scenario {
  readonly name: string
  readonly tag: string
  readonly failed: boolean
}

const [mode = '10000', second = '3', ...rest] = process.argv.slice(2)
if (mode === 'child') await runChild(second, rest)
else bench(Number(mode), Number(second))

function bench(requirements: number, runs: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-trace-'))
  try {
    const [catalogue, messages] = [join(folder, 'requirements.json'), join(folder, 'messages.ndjson')]
    const scenarios = writeSet(requirements, catalogue, messages)
    const floor = measure(runs, 'floor', [messages])
    const trace = measure(runs, 'trace', [catalogue, messages, join(folder, 'out')])
    console.log(`${requirements} requirements, ${scenarios} scenarios, median of ${runs}`)
    print('parse the messages alone', floor)
    print('bulkhead trace', trace)
    console.log(`${(trace.seconds / floor.seconds).toFixed(2)} times the parsing`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function print(name: string, { seconds, megabytes }: Figures): void {
  console.log(`${name.padEnd(26)}${seconds.toFixed(2).padStart(8)} s user ${megabytes.toFixed(0).padStart(6)} MB`)
}

/** Each run is a process of its own, which reports what it used. */
function measure(runs: number, work: string, args: readonly string[]): Figures {
  const all = Array.from({ length: runs }, () => {
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), 'child', work, ...args], { encoding: 'utf8' })
    const line = child.stderr.trim().split('\n').at(-1) ?? ''
    const [seconds = NaN, megabytes = NaN] = line.split(' ').map(Number)
    if (Number.isNaN(seconds)) throw new Error(`${work} ended with status ${child.status ?? 'none'}: ${child.stderr}`)
    return { seconds, megabytes }
  })
  const median = (of: (figures: Figures) => number): number => all.map(of).sort((a, b) => a - b)[runs >> 1] ?? NaN
  return { seconds: median(({ seconds }) => seconds), megabytes: median(({ megabytes }) => megabytes) }
}

async function runChild(work: string, args: readonly string[]): Promise<void> {
  process.on('exit', () => {
    const { userCPUTime, maxRSS } = process.resourceUsage()
    writeSync(2, `${userCPUTime / 1e6} ${maxRSS / 1024}\n`)
  })
  if (work === 'floor') {
    for (const line of linesOf(args[0] ?? '')) JSON.parse(line)
    return
  }
  const { main } = await import('../bin/main.js')
  process.exitCode = await main('trace', args)
}

/** In pieces of 1 MiB, so that the floor is flat in memory as well. */
function* linesOf(file: string): Iterable<string> {
  const text = readFileSync(file)
  for (let start = 0; start < text.length;) {
    const end = text.indexOf(10, start)
    yield text.toString('utf8', start, end < 0 ? text.length : end)
    start = end < 0 ? text.length : end + 1
  }
}

function writeSet(count: number, catalogue: string, messages: string): number {
  const id = (i: number): string => `req-${String(i).padStart(6, '0')}`
  const objective = (i: number): string => `obj-${String(Math.floor(i / 10)).padStart(6, '0')}`
  const text = 'The kernel shall deny every flow that the configuration does not list, and shall leave a record of the refusal.'
  const requirements = Array.from({ length: count }, (_, i) => ({
    id: id(i),
    title: `Requirement ${i}`,
    text: `${text} (${i})`,
    refines: objective(i),
  }))
  const objectives = Array.from({ length: Math.ceil(count / 10) }, (_, i) => ({ id: objective(i * 10), title: `Objective ${i}`, text }))
  writeFileSync(catalogue, JSON.stringify({ objectives, requirements }))
  const scenarios = Array.from({ length: count }, (_, i) => i)
    .filter((i) => i % 50 !== 7)
    .map((i) => ({ name: `Scenario ${i}`, tag: i % 200 === 3 ? `@req-9${i}000000` : `@${id(i)}`, failed: i % 100 === 11 }))
  writeMessages(scenarios, messages)
  return scenarios.length
}

function writeMessages(scenarios: readonly Scenario[], file: string): void {
  const handle = openSync(file, 'w')
  let [buffer, next] = ['', 0]
  const emit = (envelope: object): void => {
    buffer += `${JSON.stringify(envelope)}\n`
    if (buffer.length > 1 << 20) flush()
  }
  const flush = (): void => {
    writeSync(handle, buffer)
    buffer = ''
  }
  const fresh = (): string => String(next++)
  const timestamp = { seconds: 1_700_000_000, nanos: 0 }
  emit({
    meta: {
      protocolVersion: '32.3.1',
      implementation: { name: 'bench', version: '1' },
      cpu: { name: 'x' },
      os: { name: 'x' },
      runtime: { name: 'x' },
    },
  })
  const definitions = STEPS.map((source) => ({
    id: fresh(),
    pattern: { source, type: 'CUCUMBER_EXPRESSION' },
    sourceReference: { uri: 'steps.ts' },
  }))
  for (const stepDefinition of definitions) emit({ stepDefinition })
  const cases = features(scenarios, fresh, emit)
  emit({ testRunStarted: { timestamp } })
  for (const { failed, pickle } of cases) {
    const testSteps = pickle.steps.map(({ id }, at) => ({
      id: fresh(),
      pickleStepId: id,
      stepDefinitionIds: [definitions[at]?.id ?? ''],
      stepMatchArgumentsLists: [],
    }))
    const testCase = { id: fresh(), pickleId: pickle.id, testSteps }
    emit({ testCase })
    const testCaseStartedId = fresh()
    emit({ testCaseStarted: { id: testCaseStartedId, testCaseId: testCase.id, attempt: 0, timestamp } })
    for (const [at, { id: testStepId }] of testSteps.entries()) {
      emit({ testStepStarted: { testCaseStartedId, testStepId, timestamp } })
      const status = !failed || at < 2 ? 'PASSED' : at === 2 ? 'FAILED' : 'SKIPPED'
      const message = status === 'FAILED' ? { message: 'AssertionError: the flow was permitted' } : {}
      emit({
        testStepFinished: {
          testCaseStartedId,
          testStepId,
          timestamp,
          testStepResult: { status, duration: { seconds: 0, nanos: 1000 }, ...message },
        },
      })
    }
    emit({ testCaseFinished: { testCaseStartedId, timestamp, willBeRetried: false } })
  }
  emit({ testRunFinished: { success: false, timestamp } })
  flush()
  closeSync(handle)
}

interface WrittenCase {
  readonly failed: boolean
  readonly pickle: { readonly id: string; readonly steps: readonly { readonly id: string }[] }
}

/** Sources, documents and pickles, a feature of twenty scenarios at a time. */
function features(scenarios: readonly Scenario[], fresh: () => string, emit: (envelope: object) => void): WrittenCase[] {
  const cases: WrittenCase[] = []
  for (let first = 0; first < scenarios.length; first += SCENARIOS_PER_FEATURE) {
    const uri = `features/${String(first / SCENARIOS_PER_FEATURE).padStart(6, '0')}.feature`
    const lines = [`Feature: ${first}`]
    const children: object[] = []
    const pickles: object[] = []
    for (const { name, tag, failed } of scenarios.slice(first, first + SCENARIOS_PER_FEATURE)) {
      lines.push('', `  ${tag}`, `  Scenario: ${name}`)
      const [scenarioId, tagId, line] = [fresh(), fresh(), lines.length]
      const steps = STEPS.map((step, at) => ({
        id: fresh(),
        location: { line: lines.push(`    ${KEYWORDS[at] ?? ''}${step}`) },
        keyword: KEYWORDS[at],
        text: step,
      }))
      const tags = [{ id: tagId, name: tag, location: { line: line - 1 } }]
      children.push({
        scenario: { id: scenarioId, tags, location: { line }, keyword: 'Scenario', name, description: '', steps, examples: [] },
      })
      const pickleSteps = steps.map(({ id, text }) => ({ id: fresh(), text, astNodeIds: [id] }))
      const pickle = {
        id: fresh(),
        uri,
        name,
        language: 'en',
        astNodeIds: [scenarioId],
        steps: pickleSteps,
        tags: [{ name: tag, astNodeId: tagId }],
      }
      pickles.push(pickle)
      cases.push({ failed, pickle })
    }
    emit({ source: { uri, data: `${lines.join('\n')}\n`, mediaType: 'text/x.cucumber.gherkin+plain' } })
    emit({
      gherkinDocument: {
        uri,
        feature: { tags: [], location: { line: 1 }, language: 'en', keyword: 'Feature', name: String(first), description: '', children },
        comments: [],
      },
    })
    for (const pickle of pickles) emit({ pickle })
  }
  return cases
}
