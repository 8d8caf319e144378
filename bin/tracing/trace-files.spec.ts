import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { verifyPack } from '../../evidence/attest/verify-pack.js'
import { checkDocument } from '../../evidence/profiles/schema-check.js'
import { packageFile } from '../../evidence/profiles/schema-file.js'
import { parseYaml } from '../../evidence/profiles/yaml-document.js'
import { Invocation, parseInvocation } from '../command.js'
import { command } from '../commands/trace.js'
import type { Terminal } from '../terminal.js'

const folder = mkdtempSync(join(tmpdir(), 'trace-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const catalogue = file('requirements.csv', 'id,title,text\nREQ-1,One,The first\nREQ-2,Two,The second\n')
const suite = (cases: string): string => `<?xml version="1.0"?><testsuites><testsuite name="s">${cases}</testsuite></testsuites>`
const testCase = (name: string, id: string, inner = ''): string =>
  `<testcase classname="s" name="${name}"><properties><property name="requirement" value="${id}"/></properties>${inner}</testcase>`
const good = file('good.xml', suite(testCase('a', 'REQ-1') + testCase('b', 'REQ-2')))
const bad = file('bad.xml', suite(testCase('a', 'REQ-1') + testCase('b', 'REQ-9', '<failure message="no"/>')))

let runs = 0

async function trace(...args: readonly string[]): Promise<{ readonly status: number; readonly printed: string; readonly out: string }> {
  const out = join(folder, `out-${runs++}`)
  let printed = ''
  const terminal: Terminal = { out: (text) => (printed += text), progress: () => undefined, closed: () => false }
  const invocation = parseInvocation(
    command,
    args.includes('--out') || !args.includes('--requirements') ? [...args, ...(args.length === 2 ? [out] : [])] : [...args, '--out', out],
  )
  assert.ok(invocation instanceof Invocation)
  return { status: await command.run(invocation, terminal), printed, out }
}

const of = (requirements: string, results: string): readonly string[] => ['--requirements', requirements, '--results', results]

describe('trace over files of any format', () => {
  for (const [what, requirements, results, message] of [
    ['results without a test', catalogue, file('empty.xml', suite('')), /holds no test|no test/],
    ['results of no known format', catalogue, file('noise.bin', '\u0001\u0002\u0003'), /format/],
    ['requirements without an item', file('empty.csv', 'id,title\n'), good, /no requirement/],
    [
      'requirements of which none needs a test',
      file('threats.csv', 'id,type,title\nT.X,threat,X\n'),
      good,
      /no requirement that needs a test/,
    ],
    ['a file that is not there', join(folder, 'absent.csv'), good, /no such file/],
  ] as const)
    test(`${what}: refused in one line, and nothing is left that looks like a pack`, async () => {
      const before = readdirSync(folder)
      await assert.rejects(
        trace(...of(requirements, results)),
        (error: Error) => message.test(error.message) && !error.message.includes('\n'),
      )
      assert.deepEqual(readdirSync(folder), before)
    })

  test('a failure, a requirement without a test and an orphan: exit 1, each told', async () => {
    const { status, printed, out } = await trace(...of(catalogue, bad), '--json')
    const answer = JSON.parse(printed) as Record<string, Record<string, number>>
    assert.equal(status, 1)
    assert.deepEqual(Object.keys(answer), ['requirements', 'scenarios', 'steps', 'coverage', 'states', 'defects'])
    assert.deepEqual(answer['requirements'], { total: 2, passed: 1, failed: 0, partial: 0, uncovered: 1, stale: 0, justified: 0 })
    assert.deepEqual([answer['scenarios']?.['passed'], answer['scenarios']?.['failed'], answer['states']?.['orphaned']], [1, 1, 1])
    assert.match(readFileSync(join(out, 'requirements.csv'), 'utf8'), /REQ-2,.*uncovered.*,none,,,\r\n/)
    assert.match(readFileSync(join(out, 'junit.xml'), 'utf8'), /<testcase classname="requirement" name="REQ-2"><failure /)
  })

  test('trace.json is what its schema says', async () => {
    const { out } = await trace(...of(catalogue, bad))
    const document = parseYaml('trace.json', readFileSync(join(out, 'trace.json'), 'utf8'))
    assert.doesNotThrow(() =>
      checkDocument(document, packageFile('evidence', 'trace', 'items', 'schema', 'trace.schema.json'), 'bulkhead.trace/1'),
    )
  })

  test('all passed: exit 0, and the folder is what its manifest says', async () => {
    const { status, out } = await trace(...of(catalogue, good))
    assert.deepEqual([status, verifyPack(out)], [0, []])
    for (const name of ['index.html', 'trace.json', 'matrices/index.html', 'explorer/index.html'])
      assert.ok(existsSync(join(out, name)), name)
  })

  test('requirements, results and folder may stand as three operands', async () => assert.equal((await trace(catalogue, good)).status, 0))

  test('the same inputs give the same bytes', async () => {
    const [one, two] = [await trace(...of(catalogue, bad)), await trace(...of(catalogue, bad))]
    const manifest = ({ out }: { readonly out: string }): string => readFileSync(join(out, 'manifest.json'), 'utf8')
    assert.equal(manifest(one), manifest(two))
  })

  test('text that would run is shown and not obeyed', async () => {
    const hostile = file('hostile.csv', 'id,title,text\nREQ-1,"=cmd()|\'/c calc\'!A1","<script>alert(1)</script>"\n')
    const { out } = await trace(...of(hostile, file('h.xml', suite(testCase('&lt;img src=x onerror=alert(1)&gt;', 'REQ-1')))))
    assert.match(readFileSync(join(out, 'requirements.csv'), 'utf8'), /,'=cmd\(\)/)
    for (const page of ['requirements-1.html', 'tests-1.html', 'index.html']) {
      const text = readFileSync(join(out, 'matrices', page), 'utf8')
      assert.equal(/<(script|img)/.test(text), false, page)
    }
    assert.match(readFileSync(join(out, 'matrices', 'tests-1.html'), 'utf8'), /&lt;img src=x/)
  })
})
