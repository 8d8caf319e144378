/**
 * `bulkhead sample`: the evaluator's sample of a trace (ATE_IND), drawn by the evaluator's seed and written as a sheet; with `--compare`
 * the results of the re-run beside the developer's.
 */
import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { csvLine } from '../../evidence/exchange/csv.js'
import { readTrace } from '../../evidence/exchange/trace/read-trace.js'
import type { TestItem } from '../../evidence/items/test-item.js'
import type { TracedRecord } from '../../evidence/items/traced-record.js'
import { compareReRun, drawSample, type ReRunComparison, type Sample } from '../../evidence/trace/items/sample.js'
import { misuse, UsageError, type Command, type ExitCode, type Invocation } from '../command.js'
import { oneLine, type Terminal } from '../terminal.js'

export const command: Command = {
  name: 'sample',
  summary: "draw the evaluator's own sample of a trace, and compare its re-run with the developer's results",
  usage: 'sample FOLDER --seed TEXT (--share 20% | --count N) [--out SHEET.csv] [--compare RESULTS ...] [--json]',
  options: {
    seed: { type: 'string', value: 'TEXT', help: "the evaluator's own text; the same seed draws the same sample" },
    share: { type: 'string', value: 'N%', help: 'size of the sample as a share of the tests, rounded up' },
    count: { type: 'string', value: 'N', help: 'size of the sample in tests' },
    out: { type: 'string', value: 'FILE', help: 'the sheet, CSV; an existing file is not replaced' },
    compare: { type: 'string', multiple: true, value: 'FILE', help: 'results of the re-run, of any known format; repeat it' },
    json: { type: 'boolean', help: 'the answer as JSON' },
  },
  operands: 1,
  run: sample,
}

async function sample(invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const [folder] = invocation.operands
  if (folder === undefined) throw misuse(command, 'the folder of a trace is needed')
  const seed = invocation.text('seed')
  if (seed === undefined || seed === '') throw misuse(command, "no --seed given: it is the evaluator's own text")
  const out = invocation.text('out')
  if (out !== undefined && existsSync(resolve(out))) throw new UsageError(`${out}: exists; remedy: name another file, or remove it`)
  const record = readTrace(folder, resolve(folder))
  const drawn = drawSample(record, seed, sizeOf(invocation, record.tests.length))
  const reRun = invocation.list('compare').length === 0 ? null : await readReRun(invocation.list('compare'))
  const compared = reRun === null ? null : compareReRun(record, drawn.tests, reRun)
  if (out !== undefined) writeFileSync(resolve(out), sheet(record, drawn, reRun))
  const answer = { ...answerOf(record, drawn, seed), ...(compared === null ? {} : { comparison: namesOf(compared) }) }
  if (invocation.flag('json')) terminal.out(`${JSON.stringify(answer)}\n`)
  else print(record, drawn, seed, compared, terminal)
  return compared === null || (compared.differ.length === 0 && compared.missing.length === 0) ? 0 : 1
}

function sizeOf(invocation: Invocation, population: number): number {
  const [share, count] = [invocation.text('share'), invocation.text('count')]
  if ((share === undefined) === (count === undefined)) throw misuse(command, 'give either --share or --count')
  if (share === undefined) return invocation.integer('count', 1, { least: 1, most: 10_000_000 })
  const value = /^(\d{1,3}(?:\.\d{1,3})?) ?%$/u.exec(share)?.[1]
  const thousandths = value === undefined ? 0 : Math.round(Number(value) * 1000)
  if (thousandths <= 0 || thousandths > 100_000) throw new UsageError(`--share ${JSON.stringify(share)}: not a share such as 20%`)
  return Math.ceil((population * thousandths) / 100_000)
}

async function readReRun(operands: readonly string[]): Promise<readonly TestItem[]> {
  const { readResults } = await import('../tracing/load-trace.js')
  return (await readResults(operands)).tests
}

function sheet(record: TracedRecord, drawn: Sample, reRun: readonly TestItem[] | null): string {
  const again = new Map((reRun ?? []).map((test) => [test.key, test.verdict]))
  const lines = drawn.tests.flatMap((at) => {
    const test = record.tests[at]
    if (test === undefined) return []
    const ids = test.requirements.map((requirement) => record.requirements[requirement]?.id ?? '')
    const result = reRun === null ? '' : (again.get(test.key) ?? 'not in the re-run')
    const finding = reRun === null ? '' : result === test.verdict ? 'agrees' : 'differs'
    const name = test.example.length === 0 ? test.name : `${test.name} (${test.example.join(', ')})`
    return [csvLine([name, test.suite, test.place, ids.join(' '), test.verdict, result, finding, test.key])]
  })
  return (
    csvLine(['Test', 'Suite', 'Place', 'Requirements', 'Result of the developer', 'Result of the re-run', 'Finding', 'Key']) +
    lines.join('')
  )
}

function answerOf({ tests }: TracedRecord, drawn: Sample, seed: string): object {
  return {
    seedDigest: createHash('sha256').update(seed).digest('hex'),
    population: drawn.population,
    drawn: drawn.tests.length,
    requirements: drawn.requirements,
    tests: drawn.tests.flatMap((at) => tests.slice(at, at + 1)).map(({ key, name, place, verdict }) => ({ key, name, place, verdict })),
  }
}

function namesOf({ agree, differ, missing, others }: ReRunComparison): object {
  return {
    agree: agree.length,
    differ: differ.map(({ test, reRun }) => ({ key: test.key, name: test.name, developer: test.verdict, reRun: reRun.verdict })),
    missing: missing.map(({ key, name }) => ({ key, name })),
    others: others.map(({ key, name, verdict }) => ({ key, name, verdict })),
  }
}

function print(record: TracedRecord, drawn: Sample, seed: string, compared: ReRunComparison | null, terminal: Terminal): void {
  const say = (line: string): void => terminal.out(`${oneLine(line)}\n`)
  const { total, reached } = drawn.requirements
  say(`drawn ${drawn.tests.length} of ${drawn.population} tests; they name ${reached} of ${total} requirements that any test names`)
  say(`seed: SHA-256 ${createHash('sha256').update(seed).digest('hex')}`)
  if (compared === null) {
    for (const at of drawn.tests)
      for (const { name, place, verdict } of record.tests.slice(at, at + 1)) say(`  ${name} (${place}): ${verdict}`)
    return
  }
  const { agree, differ, missing, others } = compared
  say(`re-run: ${agree.length} agree, ${differ.length} differ, ${missing.length} missing, ${others.length} outside the sample`)
  for (const { test, reRun } of differ) say(`  differs: ${test.name} (${test.place}): ${test.verdict}, re-run ${reRun.verdict}`)
  for (const { name, place } of missing) say(`  not in the re-run: ${name} (${place})`)
}
