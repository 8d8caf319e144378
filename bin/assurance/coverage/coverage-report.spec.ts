import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { probeCoverageTool } from './coverage-probe.js'
import { reportCoverage } from './coverage-report.js'

describe('Coverage report', () => {
  let root = ''
  const raw = () => join(root, 'raw')
  const report = async () => {
    const file = await reportCoverage({ raw: raw(), work: join(root, 'work'), root, include: ['dist/kernel'] })
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, { readonly path: string; readonly s: Record<string, number> }>
  }
  const module = (name: string, text: string) => writeFileSync(join(root, 'dist/kernel', name), text)
  const ran = (name: string, count: number) => ({
    scriptId: '1',
    url: pathToFileURL(join(root, 'dist/kernel', name)).href,
    functions: [{ functionName: '', isBlockCoverage: true, ranges: [{ startOffset: 0, endOffset: 18, count }] }],
  })

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bulkhead-coverage-'))
    for (const folder of ['raw', 'dist/kernel']) mkdirSync(join(root, folder), { recursive: true })
    module('used.js', 'export const a = 1\n')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  test('a run that left no coverage is refused', async () => {
    await assert.rejects(report(), /the scenarios left no coverage; remedy/)
    writeFileSync(join(raw(), 'a.json'), '{"result":[]}')
    await assert.rejects(report(), /the scenarios left no coverage; remedy/)
  })

  for (const [what, text] of [
    ['a cut file', '{"result":[{"url'],
    ['an empty file', ''],
    ['something else', '{"results":[]}'],
  ] as const)
    test(`${what} among the raw coverage is refused, not passed over`, async () => {
      writeFileSync(join(raw(), 'good.json'), JSON.stringify({ result: [ran('used.js', 1)] }))
      writeFileSync(join(raw(), 'bad.json'), text)
      await assert.rejects(report(), /bad\.json: not V8 coverage; remedy/)
    })

  test('a module that nothing loaded is in the report, with nothing covered; a module of types alone is not', async () => {
    module('unused.js', 'export function f() {\n  return 1\n}\n')
    module('types.js', '/** Only types. */\nexport {};\n//# sourceMappingURL=types.js.map')
    module('used.spec.js', 'export const x = 1\n')
    writeFileSync(join(raw(), 'a.json'), JSON.stringify({ result: [ran('used.js', 3)] }))
    const files = await report()
    assert.deepEqual(Object.keys(files), ['dist/kernel/unused.js', 'dist/kernel/used.js'])
    assert.deepEqual([...new Set(Object.values(files['dist/kernel/unused.js']!.s))], [0])
  })

  test('paths are relative to the project, and what ran is 1 however often it did', async () => {
    writeFileSync(join(raw(), 'a.json'), JSON.stringify({ result: [ran('used.js', 3)] }))
    writeFileSync(join(raw(), 'b.json'), JSON.stringify({ result: [ran('used.js', 4)] }))
    const { 'dist/kernel/used.js': used } = await report()
    assert.equal(used?.path, 'dist/kernel/used.js')
    assert.deepEqual(Object.values(used.s), [1])
  })
})

test('the coverage tool measures a module with known covered and uncovered lines rightly', async () => {
  const work = mkdtempSync(join(tmpdir(), 'bulkhead-probe-'))
  try {
    await probeCoverageTool(work)
  } finally {
    rmSync(work, { recursive: true })
  }
})
