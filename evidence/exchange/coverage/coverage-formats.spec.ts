/** Coverage formats by what they say and what they leave out: nothing measured is never complete, and nothing uncovered is lost. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import fc from 'fast-check'
import type { CoverageReport } from '../../items/coverage-report.js'
import { coverageReaders } from './formats.js'

const folder = mkdtempSync(join(tmpdir(), 'coverage-'))
after(() => rmSync(folder, { recursive: true }))

/** As the command does: one reader recognises the first file, and reads them all. */
async function read(...texts: readonly string[]): Promise<CoverageReport> {
  const files = texts.map((text, i) => {
    const path = join(folder, `f${i}`)
    writeFileSync(path, text)
    return { name: `f${i}`, path }
  })
  const fitting = coverageReaders.filter((reader) => reader.recognises(texts[0] ?? '', 'f0'))
  assert.deepEqual(fitting.length, 1, `recognised by ${fitting.map(({ format }) => format).join(' and ') || 'nobody'}`)
  return fitting[0]!.read(files, { map: null })
}

describe('lcov', () => {
  const record = (...lines: readonly string[]): string => `TN:t\nSF:/p/a.c\n${lines.join('\n')}\nend_of_record\n`

  test('records of one file are added up, over tests and files', async () => {
    const { modules } = await read(record('DA:1,1', 'DA:2,0') + record('DA:1,2', 'DA:2,0'), record('DA:2,3', 'DA:3,0'))
    assert.deepEqual(
      [...modules[0]!.lineHits],
      [
        [1, 3],
        [2, 3],
        [3, 0],
      ],
    )
    assert.deepEqual([modules.length, modules[0]!.lines], [1, { covered: 2, total: 3 }])
  })
  test('functions in old and new syntax, with names that hold commas', async () => {
    const old = await read(record('FN:7,f(a,b)', 'FN:9,g', 'FNDA:2,f(a,b)', 'FNDA:0,g', 'DA:7,2'))
    const ends = await read(record('FN:7,8,f(a,b)', 'FN:9,12,g', 'FNDA:2,f(a,b)', 'FNDA:0,g', 'DA:7,2'))
    const indexed = await read(record('FNL:0,7,8', 'FNL:1,9', 'FNA:0,2,f(a,b)', 'FNA:0,0,alias', 'FNA:1,0,g', 'DA:7,2'))
    for (const { modules } of [old, ends, indexed]) {
      assert.deepEqual(modules[0]!.functions, { covered: 1, total: 2 })
      assert.deepEqual(modules[0]!.uncoveredFunctions, [{ name: 'g', line: 9 }])
    }
  })
  test('branches: a dash is not taken, an exception branch is a branch, one branch in two records is one', async () => {
    const text = record('DA:1,1', 'BRDA:1,0,0,1', 'BRDA:1,0,1,-', 'BRDA:1,e0,2,0', 'BRDA:1,0,i < 3, a,1')
    assert.deepEqual((await read(text, text)).totals.branches, { covered: 2, total: 4 })
  })
  test('stated counts are taken where they hold what is listed, and told where they differ', async () => {
    const more = await read(record('DA:1,1', 'DA:2,0', 'LF:3', 'LH:1'))
    assert.deepEqual([more.totals.lines, more.notes], [{ covered: 1, total: 3 }, ['/p/a.c: lines: stated 1 of 3, found 1 of 2']])
    const flattering = await read(record('DA:1,1', 'DA:2,0', 'LF:2', 'LH:2'))
    assert.deepEqual([flattering.totals.lines, flattering.notes?.length], [{ covered: 1, total: 2 }, 1])
  })
  test('no totals, no functions, no branches: absent, not zero', async () => {
    const { totals } = await read(record('DA:1,1'))
    assert.deepEqual(totals, { statements: null, branches: null, functions: null, lines: { covered: 1, total: 1 } })
  })
  for (const [what, text, code] of [
    ['cut within a record', 'SF:a\nDA:1,1\n', 'truncated-stream'],
    ['a line without hits', record('DA:1'), 'malformed-text'],
    ['hits below zero', record('DA:1,-1'), 'malformed-text'],
    ['hits that are no number', record('DA:1,x'), 'malformed-text'],
    ['an unknown entry', record('ZZ:1'), 'malformed-text'],
    ['an entry outside a record', 'TN:\nDA:1,1\n', 'malformed-text'],
    ['nothing measured', record(), 'empty-coverage'],
    ['an alias of no function', record('FNA:3,1,f'), 'malformed-text'],
  ] as const)
    test(`${what} is refused`, () => assert.rejects(read(text), { code }))
})

describe('istanbul', () => {
  const at = (line: number, column = 4): object => ({ start: { line, column }, end: { line, column: 20 } })
  const file = (s: readonly number[], arms: readonly number[] = [1, 0], extra: object = {}): object => ({
    path: '/p/a.js',
    statementMap: Object.fromEntries(s.map((_, i) => [i, at(i + 1)])),
    fnMap: { 0: { name: 'f', decl: at(1), loc: at(1) } },
    branchMap: { 0: { type: 'if', loc: at(2), locations: [at(2), at(2)] } },
    s: Object.fromEntries(s.map((hits, i) => [i, hits])),
    f: { 0: s[0] ?? 0 },
    b: { 0: arms },
    ...extra,
  })
  const report = (entry: object): string => JSON.stringify({ '/p/a.js': entry })

  test('two runs of one file are added up place by place', async () => {
    const { modules, totals } = await read(report(file([1, 0, 0])), report(file([0, 2, 0], [0, 3])))
    assert.deepEqual([...modules[0]!.lineHits.values()], [1, 2, 0])
    assert.deepEqual(totals, {
      statements: { covered: 2, total: 3 },
      branches: { covered: 2, total: 2 },
      functions: { covered: 1, total: 1 },
      lines: { covered: 2, total: 3 },
    })
  })
  test('a file that one run did not load gives way to the run that did', async () => {
    const unloaded = { ...file([0]), all: true, statementMap: { 0: at(99) } }
    for (const pair of [
      [file([1, 0]), unloaded],
      [unloaded, file([1, 0])],
    ] as const)
      assert.deepEqual((await read(report(pair[0]), report(pair[1]))).totals.lines, { covered: 1, total: 2 })
  })
  test('V8 blocks in istanbul form are named as such', async () => {
    const blocks = file([1, 0], [1], { branchMap: { 0: { type: 'branch', loc: at(1), locations: [at(1)] } } })
    assert.match((await read(report(blocks))).metric, /^V8 block coverage.*not decision coverage$/)
    assert.match((await read(report(file([1])))).metric, /^istanbul:.*not decision coverage$/)
  })
  test('generated code is told', async () =>
    assert.match((await read(report(file([1], [1], { inputSourceMap: {} })))).notes?.join() ?? '', /generated code/))
  for (const [what, text, code] of [
    ['a count below zero', report(file([-1])), 'schema-violation'],
    ['a count that is a text', report(file([1], [1], { s: { 0: '1' } })), 'schema-violation'],
    ['a place without a count', report(file([1], [1], { s: {} })), 'schema-violation'],
    ['a missing map', report({ statementMap: {} }), 'schema-violation'],
    ['nothing measured', report({ ...file([]), fnMap: {}, f: {}, branchMap: {}, b: {} }), 'empty-coverage'],
  ] as const)
    test(`${what} is refused`, () => assert.rejects(read(text), { code }))

  const counts = (covered: number, total: number): object => ({ total, covered, skipped: 0, pct: 0 })
  const entry = (covered: number, total: number): object =>
    Object.fromEntries(['lines', 'statements', 'functions', 'branches'].map((name) => [name, counts(covered, total)]))
  test('a summary counts by file; totals that differ from the files are told', async () => {
    const { totals, notes } = await read(JSON.stringify({ total: entry(9, 9), '/p/a.js': entry(1, 2), '/p/b.js': entry(3, 4) }))
    assert.deepEqual(totals.lines, { covered: 4, total: 6 })
    assert.ok(notes?.includes('f0: lines: stated 9 of 9, found 4 of 6'))
  })
  test('a file in two summaries is refused: counts without lines cannot be merged', async () => {
    const summary = JSON.stringify({ total: entry(1, 2), '/p/a.js': entry(1, 2) })
    await assert.rejects(read(summary, summary), { code: 'duplicate-id' })
  })
})

describe('raw V8', () => {
  const script = (url: string, ...functions: readonly (readonly [string, number])[]): object => ({
    scriptId: '1',
    url,
    functions: functions.map(([functionName, count], i) => ({
      functionName,
      ranges: [{ startOffset: i, endOffset: i + 9, count }],
      isBlockCoverage: true,
    })),
  })
  test('named functions of the project, added up over processes; no lines', async () => {
    const run = (count: number): string =>
      JSON.stringify({
        result: [
          script('file:///p/a%20b.js', ['', 1], ['f', count], ['g', 0]),
          script('node:fs', ['x', 0]),
          script('file:///p/node_modules/m.js', ['x', 0]),
        ],
      })
    const { totals, modules, metric } = await read(run(0), run(2))
    assert.deepEqual(totals, { statements: null, branches: null, functions: { covered: 1, total: 2 }, lines: null })
    assert.deepEqual(
      modules.map(({ path, uncoveredFunctions }) => [path, uncoveredFunctions]),
      [['/p/a b.js', [{ name: 'g', line: null }]]],
    )
    assert.match(metric, /the raw file has no lines$/)
  })
  test('no script of the project: nothing was measured', () => assert.rejects(read('{"result":[]}'), { code: 'empty-coverage' }))
})

describe('Cobertura', () => {
  const report = (classes: string, attributes = 'line-rate="1"'): string =>
    `<coverage ${attributes}><packages><package><classes>${classes}</classes></package></packages></coverage>`
  const line = (number: number, hits: number, arms = ''): string =>
    `<line number="${number}" hits="${hits}"${arms === '' ? '' : ` branch="true" condition-coverage="50% (${arms})"`}/>`

  test('classes of one file are one module; lines of methods are those of the class', async () => {
    const method = `<methods><method name="f" signature="()V"><lines>${line(1, 1)}</lines></method></methods>`
    const { modules } = await read(
      report(
        `<class filename="a.c">${method}<lines>${line(1, 1)}${line(2, 0, '1/2')}</lines></class><class filename="a.c"><lines>${line(2, 1)}</lines></class>`,
      ),
    )
    assert.deepEqual(
      modules.map(({ path, lines, branches, functions }) => ({ path, lines, branches, functions })),
      [{ path: 'a.c', lines: { covered: 2, total: 2 }, branches: { covered: 1, total: 2 }, functions: { covered: 1, total: 1 } }],
    )
  })
  test('a class that lists lines in its methods alone has those', async () => {
    const { totals } = await read(
      report(`<class filename="a.c"><methods><method name="f"><lines>${line(1, 0)}</lines></method></methods></class>`),
    )
    assert.deepEqual([totals.lines, totals.functions, totals.branches], [{ covered: 0, total: 1 }, { covered: 0, total: 1 }, null])
  })
  test('stated totals that hide an uncovered line are not taken', async () => {
    const lines = `<class filename="a.c"><lines>${line(1, 1)}${line(2, 0)}</lines></class>`
    const flattering = await read(report(lines, 'lines-covered="2" lines-valid="2"'))
    assert.deepEqual([flattering.totals.lines, flattering.notes], [{ covered: 1, total: 2 }, ['lines: stated 2 of 2, found 1 of 2']])
    const fuller = await read(report(lines, 'lines-covered="3" lines-valid="9"'))
    assert.deepEqual(fuller.totals.lines, { covered: 3, total: 9 })
  })
  for (const [what, text, code] of [
    ['a class without a file', report('<class name="a"/>'), 'schema-violation'],
    ['a line without hits', report('<class filename="a"><lines><line number="1"/></lines></class>'), 'schema-violation'],
    ['no line at all', report(''), 'empty-coverage'],
    ['a cut report', report('').slice(0, -8), 'truncated-stream'],
  ] as const)
    test(`${what} is refused`, () => assert.rejects(read(text), { code }))
})

test('Clover: counts by file as stated, lines by their hits', async () => {
  const { totals, modules } = await read(
    '<coverage generated="1" clover="3.2.0"><project><file name="a.js" path="/p/a.js"><metrics statements="2" coveredstatements="1" conditionals="4" coveredconditionals="3" methods="1" coveredmethods="0"/><line num="1" count="1" type="stmt"/><line num="2" count="0" type="cond" truecount="0" falsecount="0"/><line num="1" count="0" type="method" name="f"/></file></project></coverage>',
  )
  assert.deepEqual(totals, {
    statements: { covered: 1, total: 2 },
    branches: { covered: 3, total: 4 },
    functions: { covered: 0, total: 1 },
    lines: { covered: 1, total: 2 },
  })
  assert.deepEqual(modules[0]?.uncoveredFunctions, [{ name: 'f', line: 1 }])
})

test('covered is never more than total, and never more than was hit', async () => {
  const lines = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(2)), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(lines, async (found) => {
      const { totals } = await read(`SF:a\n${found.map(([line, hits]) => `DA:${line},${hits}`).join('\n')}\nend_of_record\n`)
      const hit = new Set(found.filter(([, hits]) => hits > 0).map(([line]) => line))
      assert.deepEqual(totals.lines, { covered: hit.size, total: new Set(found.map(([line]) => line)).size })
    }),
    { seed: 31, numRuns: 100 },
  )
})
