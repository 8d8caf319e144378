/** Raw V8 coverage of programs that Node ran a moment ago, against what c8 says of the same files. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Report } from 'c8'
import { readV8 } from './read-v8.js'

interface Count {
  readonly covered: number
  readonly total: number
}

const PROGRAM = `function used(sign) {
  if (sign > 0) {
    return 'above'
  }
  return 'not above'
}
function unused() {
  return 1
}
used(Number(process.argv[2]))
export { used, unused }
`

describe('raw V8 coverage', () => {
  let folder = ''
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'bulkhead-v8-')))
  })
  after(() => rmSync(folder, { recursive: true }))

  /** Runs the program once for each argument; files of the coverage. */
  function ran(name: string, args: readonly string[]): { readonly files: { name: string; path: string }[]; readonly script: string } {
    const own = join(folder, name)
    mkdirSync(own)
    const script = join(own, 'program.mjs')
    writeFileSync(script, PROGRAM)
    for (const arg of args) execFileSync(process.execPath, [script, arg], { env: { ...process.env, NODE_V8_COVERAGE: join(own, 'raw') } })
    return { files: readdirSync(join(own, 'raw')).map((file) => ({ name: file, path: join(own, 'raw', file) })), script }
  }

  test('with the scripts at hand: lines, functions and blocks as c8 counts them, over several processes', async () => {
    const { files, script } = ran('lines', ['1', '2'])
    const { totals, metric, modules, notes } = await readV8(files)
    assert.match(metric, /^V8 block coverage/)
    assert.deepEqual(notes, [])
    assert.deepEqual(
      [...(modules[0]?.lineHits ?? [])].filter(([, hits]) => hits === 0).map(([line]) => line),
      [5, 7, 8, 9],
    )
    assert.deepEqual(modules[0]?.uncoveredFunctions, [{ name: 'unused', line: 7 }])
    assert.deepEqual(totals, await totalsOfC8(join(folder, 'lines'), script))
  })

  async function totalsOfC8(own: string, script: string): Promise<unknown> {
    const out = join(own, 'c8')
    await new Report({
      tempDirectory: join(own, 'raw'),
      reportsDirectory: out,
      reporter: ['json-summary'],
      resolve: own,
      src: [own],
      allowExternal: true,
      exclude: [],
      extension: ['.mjs'],
    }).run()
    const summary = JSON.parse(readFileSync(join(out, 'coverage-summary.json'), 'utf8')) as Readonly<
      Record<string, Readonly<Record<string, Count>>>
    >
    const found = Object.entries(summary[script] ?? {}).map(([name, { covered, total }]) => [name, { covered, total }] as const)
    return Object.fromEntries(found.filter(([name]) => name !== 'branchesTrue'))
  }

  test('runs that take different ways are added up', async () => {
    const { totals } = await readV8(ran('both', ['1', '-1']).files)
    assert.deepEqual(totals.lines, { covered: 8, total: 11 })
  })

  test('a script that changed since, or is gone, leaves functions alone, and the metric and a note say so', async () => {
    const { files, script } = ran('changed', ['1'])
    appendFileSync(script, '// more\n')
    const changed = await readV8(files)
    rmSync(script)
    const gone = await readV8(files)
    for (const [report, why] of [
      [changed, 'program.mjs has changed since it ran'],
      [gone, 'program.mjs is not there as it ran'],
    ] as const) {
      assert.match(report.metric, /^V8 function coverage/)
      assert.deepEqual([report.totals.lines, report.totals.branches, report.totals.functions], [null, null, { covered: 1, total: 2 }])
      assert.match(report.notes?.join() ?? '', new RegExp(why))
    }
  })

  test('offsets that are no numbers are refused', async () => {
    const { files } = ran('broken', ['1'])
    const [file] = files
    assert.ok(file !== undefined)
    writeFileSync(file.path, readFileSync(file.path, 'utf8').replaceAll('"startOffset":0', '"startOffset":"0"'))
    await assert.rejects(readV8([file]), { code: 'schema-violation' })
  })
})
