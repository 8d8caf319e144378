/** Totals of real reports, as their producers publish them: in the report itself, in its sister report, or in a text report. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { CoverageReport } from '../../items/coverage-report.js'
import { coverageReaders } from './formats.js'

async function read(path: string): Promise<CoverageReport> {
  const head = readFileSync(path, 'utf8')
    .replace(/^\ufeff/, '')
    .slice(0, 65536)
  const fitting = coverageReaders.filter((reader) => reader.recognises(head, path))
  assert.equal(fitting.length, 1, `${path} is recognised by ${fitting.map(({ format }) => format).join(' and ') || 'nobody'}`)
  return fitting[0]!.read([{ name: path, path }], { map: null })
}

function shown({ totals }: CoverageReport): string {
  return Object.values(totals)
    .map((count) => (count === null ? '-' : `${count.covered}/${count.total}`))
    .join(' ')
}

/** Statements, branches, functions, lines. */
const published: Readonly<Record<string, string>> = {
  // lines-valid, branches-valid of the root; LF, BRF and FNF of the tracefile are the same run.
  'grandlinex-2d6c70d0p/cobertura-coverage.xml': '- 317/420 402/461 1277/1477',
  'grandlinex-2d6c70d0p/lcov.info': '- 317/420 402/461 1277/1477',
  // One run in three formats; `metrics` of the Clover project.
  'miden-52cf764/coverage-final.json': '21/21 8/8 10/10 21/21',
  'miden-52cf764/lcov.info': '- 8/8 10/10 21/21',
  'miden-52cf764/clover.xml': '21/21 8/8 10/10 21/21',
  // lines-valid and branches-valid of the roots.
  'reportgenerator/docs/resources/reports/Cobertura/Cobertura.xml': '- 4/8 15/24 75/108',
  'reportgenerator/src/Testprojects/CSharp/Reports/Cobertura_coverlet.xml': '- 9/14 35/67 156/255',
  'reportgenerator/src/Testprojects/Java/Reports/Cobertura2.1.1.xml': '- 1/4 8/17 24/36',
  // Sums of LF/LH, FNF/FNH, BRF/BRH.
  'reportgenerator/docs/resources/reports/lcov/lcov.info': '- 4/8 16/24 75/108',
  'reportgenerator/src/Testprojects/CSharp/Reports/lcov.info': '- 5/8 27/57 124/199',
  'very_good/lcov.100.info': '- - - 100/100',
  'very_good/lcov.95.info': '- - - 95/100',
}

interface ReportSpec {
  readonly title: string
  readonly textReportExpected: string
  readonly map: Readonly<Record<string, unknown>>
}

/** The row "All files" of istanbul's text report, in per cent. */
function allFiles({ textReportExpected }: ReportSpec): readonly number[] {
  const plain = textReportExpected.replace(/\u001b\[[0-9;]*m/g, '')
  const row = plain.split('\n').find((line) => line.startsWith('All files')) ?? ''
  return row.split('|').slice(1, 5).map(Number)
}

const data = process.env['BULKHEAD_DATA']
const folder = data === undefined ? undefined : join(data, 'coverage')

if (folder === undefined || !existsSync(folder))
  test('published totals', (t) => t.diagnostic('not run: BULKHEAD_DATA names no folder that holds coverage'))
else {
  describe('totals that the producers publish', () => {
    for (const [name, totals] of Object.entries(published))
      test(name, async () => assert.equal(shown(await read(join(folder, name))), totals))
  })

  describe('istanbul’s own text reports', () => {
    const work = mkdtempSync(join(tmpdir(), 'istanbul-'))
    after(() => rmSync(work, { recursive: true }))
    const specs = join(folder, 'istanbul-reports', 'specs')
    for (const name of readdirSync(specs))
      test(name, async () => {
        const spec = JSON.parse(readFileSync(join(specs, name), 'utf8')) as ReportSpec
        const path = join(work, name)
        writeFileSync(path, JSON.stringify(spec.map))
        const expected = allFiles(spec)
        // istanbul prints 0 where nothing was measured; here there is no such report.
        if (expected.every((value) => value === 0)) return assert.rejects(read(path), { code: 'empty-coverage' })
        const { totals } = await read(path)
        const { statements, branches, functions, lines } = totals
        // istanbul prints nothing of nothing as 100, and cuts after two digits.
        const percent = [statements, branches, functions, lines].map((count) =>
          count === null || count.total === 0 ? null : Math.floor((10_000 * count.covered) / count.total) / 100,
        )
        assert.equal(percent.length, expected.length)
        percent.forEach((value, i) => value !== null && assert.equal(value, expected[i], `column ${i + 1} of ${spec.title}`))
      })
  })

  describe('a report that measured nothing is refused, and never complete', () => {
    for (const name of ['lcov.empty.info', 'lcov.0.info'])
      test(name, () => assert.rejects(read(join(folder, 'very_good', name)), { code: 'empty-coverage' }))
    test('what is no report is recognised by nobody', () => {
      const head = readFileSync(join(folder, 'very_good', 'lcov.error.info'), 'utf8')
      assert.deepEqual(
        coverageReaders.filter((reader) => reader.recognises(head, 'lcov.error.info')),
        [],
      )
    })
  })
}
