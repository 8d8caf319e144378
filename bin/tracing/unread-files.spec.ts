/** What a folder or a list of files leaves out must be told: an input that is passed over in silence is a wrong pass. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { requirementReaders } from '../../evidence/exchange/requirements/formats.js'
import { inputFiles } from './input-files.js'
import { loadTrace } from './load-trace.js'

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-unread-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

const requirements = file('requirements.csv', 'id,title\nREQ-1,One\n')
const results = file('results/good.xml', '<testsuite name="s"><testcase name="a @REQ-1"/></testsuite>')
const given = { coverage: [], policy: null, map: null, baseline: null, run: null, root: null, asOf: null, title: null }
const findings = async (ofRequirements: readonly string[], ofResults: readonly string[]): Promise<readonly string[]> => {
  const { set } = await loadTrace({ ...given, requirements: ofRequirements, results: ofResults })
  assert.equal(set.passed, set.defects.length === 0)
  return set.defects.filter(({ kind }) => kind === 'unreadable').map(({ id }) => id)
}

describe('files that hold nothing', () => {
  test('a folder of whole reports passes', async () => assert.deepEqual(await findings([requirements], [dirname(results)]), []))

  for (const [name, text] of [
    ['empty.xml', ''],
    ['noise.xml', 'Segmentation fault'],
    ['zeros.ndjson', '\0\0\0\0'],
    ['empty.json', '\n'],
  ] as const)
    test(`${name} beside a report is told, and no pass`, async () => {
      file(`with-${name}/good.xml`, '<testsuite name="s"><testcase name="a @REQ-1"/></testsuite>')
      file(`with-${name}/${name}`, text)
      assert.deepEqual(await findings([requirements], [join(folder, `with-${name}`)]), [`with-${name}/${name}`])
    })

  test('a report of another kind in the folder is nothing that is missing', async () => {
    file('mixed/good.xml', '<testsuite name="s"><testcase name="a @REQ-1"/></testsuite>')
    file('mixed/testng.xml', '<?xml version="1.0"?>\n<!-- by hand -->\n<testng-results skipped="0"/>')
    file('mixed/settings.json', '{"a":1}')
    assert.deepEqual(await findings([requirements], [join(folder, 'mixed')]), [])
  })

  test('a list of requirements that is empty beside one that is not', async () => {
    assert.deepEqual(await findings([requirements, file('lost.csv', 'id,title\n')], [results]), ['lost.csv'])
  })

  test('a document type with declarations does not hide a report from the folder', async () => {
    file('hidden/good.xml', '<testsuite name="s"><testcase name="a @REQ-1"/></testsuite>')
    file('hidden/bad.xml', '<!DOCTYPE x [<!ENTITY a "b">]><testsuite name="q"><testcase name="z @REQ-1"><failure/></testcase></testsuite>')
    await assert.rejects(findings([requirements], [join(folder, 'hidden')]), /DOCTYPE/)
  })
})

test('a coverage report that states more than it lists is no pass', async () => {
  const clover = (statements: number): string =>
    `<coverage clover="3"><project><metrics statements="${statements}" coveredstatements="1" conditionals="0" coveredconditionals="0" methods="0" coveredmethods="0"/><file name="a.c"><metrics statements="1" coveredstatements="1" conditionals="0" coveredconditionals="0" methods="0" coveredmethods="0"/><line num="1" count="1" type="stmt"/></file></project></coverage>`
  const cobertura = (lines: number): string =>
    `<coverage line-rate="1" lines-covered="0" lines-valid="${lines}"><packages><package name="p"><classes><class name="c" filename="a.c"><methods/><lines><line number="1" hits="1"/></lines></class></classes></package></packages></coverage>`
  for (const [name, text, whole] of [
    ['whole.clover.xml', clover(1), true],
    ['cut.clover.xml', clover(9), false],
    ['whole.cobertura.xml', cobertura(1), true],
    ['cut.cobertura.xml', cobertura(9), false],
  ] as const) {
    const { set } = await loadTrace({ ...given, requirements: [requirements], results: [results], coverage: [file(name, text)] })
    assert.equal(set.passed, whole, name)
    assert.equal(
      set.defects.some(({ text: what }) => what.startsWith('the report states')),
      !whole,
      name,
    )
  }
})

describe('links and pipes', () => {
  const named = (path: string): readonly string[] => inputFiles([path], folder, requirementReaders).map(({ name }) => name)

  test('a linked file of a folder is read, once, and a circle of folders ends', () => {
    const inner = dirname(file('links/a.csv', 'id,title\nA,1\n'))
    symlinkSync(requirements, join(inner, 'b.csv'))
    symlinkSync('a.csv', join(inner, 'c.csv'))
    symlinkSync('.', join(inner, 'self'))
    assert.deepEqual(named(inner), ['links/a.csv', 'links/b.csv'])
  })

  test('an answer of this tool below a folder of inputs is no input', () => {
    const inner = dirname(file('answers/a.csv', 'id,title\nA,1\n'))
    file('answers/out/manifest.json', '{\n  "schema": "bulkhead.manifest/1"\n}')
    file('answers/out/requirements.csv', 'id,title\nA,1\n')
    file('answers/other/manifest.json', '{"name":"other"}')
    file('answers/other/b.csv', 'id,title\nB,1\n')
    assert.deepEqual(named(inner), ['answers/a.csv', 'answers/other/b.csv'])
  })

  test('a link that leads nowhere is refused', () => {
    const inner = dirname(file('broken/a.csv', 'id,title\nA,1\n'))
    symlinkSync('gone.csv', join(inner, 'b.csv'))
    assert.throws(() => named(inner), /broken\/b\.csv: no such file/)
  })

  test('a pipe is refused and not waited for', { skip: process.platform === 'win32' && 'Windows has no named pipes in folders' }, () => {
    execFileSync('mkfifo', [join(folder, 'pipe.csv')])
    assert.throws(() => named(join(folder, 'pipe.csv')), /is a pipe or a device/)
  })
})
