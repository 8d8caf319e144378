/** JUnit XML in its dialects. Totals of real reports are those that EnricoMi/publish-unit-test-result-action publishes for them. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { TestRun } from '../../../items/test-run.js'
import { AllowedCharacters } from './allowed-characters.js'
import { junitFormat } from './junit-format.js'
import { readJunit } from './read-junit.js'

const folder = mkdtempSync(join(tmpdir(), 'junit-'))
after(() => rmSync(folder, { recursive: true }))

async function read(xml: string, map: Readonly<Record<string, unknown>> | null = null): Promise<TestRun> {
  const path = join(folder, 'r.xml')
  writeFileSync(path, xml)
  return readJunit([{ name: 'r.xml', path }], { map })
}

const suite = (body: string, attributes = ''): string => `<testsuites><testsuite name="S" ${attributes}>${body}</testsuite></testsuites>`
const verdictOf = async (body: string): Promise<string | undefined> => (await read(suite(body))).tests[0]?.verdict

describe('one case', () => {
  for (const [body, verdict] of [
    ['<testcase name="a"/>', 'passed'],
    ['<testcase name="a"><system-out>failure</system-out></testcase>', 'passed'],
    ['<testcase name="a"><failure/></testcase>', 'failed'],
    ['<testcase name="a"><error/></testcase>', 'failed'],
    ['<testcase name="a"><skipped/><failure/></testcase>', 'failed'],
    ['<testcase name="a"><skipped/></testcase>', 'skipped'],
    ['<testcase name="a"><ignored/></testcase>', 'skipped'],
    ['<testcase name="a" status="disabled"/>', 'skipped'],
    ['<testcase name="a" status="notrun" result="suppressed"/>', 'not-run'],
    ['<testcase name="a" status="notrun"><skipped message="Unable to find executable"/></testcase>', 'not-run'],
    ['<testcase name="a" status="disabled"><skipped message="Disabled"/></testcase>', 'skipped'],
    ['<testcase name="a" status="fail"/>', 'failed'],
    ['<testcase name="a" status="errored"/>', 'failed'],
    ['<testcase name="a" status="passed"><failure/></testcase>', 'failed'],
    ['<testcase name="a" status="run" result="completed"/>', 'passed'],
    ['<testcase name="a" status="run" result="skipped"/>', 'skipped'],
    ['<testcase name="a" status="untested"/>', 'not-run'],
    ['<testcase name="a" status="undefined"/>', 'undefined'],
    ['<testcase name="a" status="splendid"/>', 'unknown'],
    ['<testcase name="a" assertions="0"/>', 'no-verdict'],
    ['<testcase name="a" assertions="3"/>', 'passed'],
    ['<testcase name="a"><flakyFailure message="once"/></testcase>', 'retried'],
    ['<testcase name="a"><flakyError/><flakyFailure/></testcase>', 'retried'],
    ['<testcase name="a"><failure/><rerunFailure/></testcase>', 'failed'],
    ['<testcase name="a"><warning/></testcase>', 'unknown'],
    ['<testcase name="a"><skip/></testcase>', 'skipped'],
    ['<testcase name="a"><Failure/></testcase>', 'failed'],
    ['<testcase name="a"><details><failure message="no"/></details></testcase>', 'failed'],
    ['<testcase name="a"><aborted/></testcase>', 'unknown'],
    ['<testcase name="a"><system-err>error</system-err><properties/></testcase>', 'passed'],
    ['<testcase name="a" disabled="true"/>', 'skipped'],
    ['<testcase name="a" disabled="1"/>', 'skipped'],
  ] as const)
    test(`${body} is ${verdict}`, async () => assert.equal(await verdictOf(body), verdict))

  test('its message is shown, of whichever place it stands in', async () => {
    for (const body of [
      '<failure message="no&#10;at x" type="E"/>',
      '<failure type="E">no\nat x</failure>',
      '<failure type="E"><message>no</message></failure>',
    ]) {
      const { tests } = await read(suite(`<testcase name="a">${body}</testcase>`))
      assert.deepEqual([tests[0]?.steps[0]?.keyword, tests[0]?.steps[0]?.text, tests[0]?.steps[0]?.message], ['failure', 'E', 'no'])
    }
  })
})

describe('cases of one name', () => {
  const pair = async (first: string, second: string): Promise<readonly [string, number]> => {
    const { tests } = await read(suite(`<testcase name="a">${first}</testcase><testcase name="a">${second}</testcase>`))
    assert.equal(tests.length, 1)
    return [tests[0]!.verdict, tests[0]!.attempts]
  }
  test('failed, then passed: retried', async () => assert.deepEqual(await pair('<failure/>', ''), ['retried', 2]))
  test('passed, then failed: failed', async () => assert.deepEqual(await pair('', '<failure/>'), ['failed', 2]))
  test('passed and skipped: skipped', async () => assert.deepEqual(await pair('', '<skipped/>'), ['skipped', 2]))
  test('passed twice: passed', async () => assert.deepEqual(await pair('', ''), ['passed', 2]))
  test('without a name are not one', async () =>
    assert.equal((await read(suite('<testcase/><testcase><failure/></testcase>'))).tests.length, 2))
})

describe('counts of a suite', () => {
  const findings = async (attributes: string, body: string): Promise<readonly string[]> =>
    (await read(suite(body, attributes))).findings.map(({ text }) => text)
  test('that agree are nothing to tell', async () =>
    assert.deepEqual(
      await findings('tests="2" failures="1" errors="0" skipped="0"', '<testcase name="a"/><testcase name="b"><failure/></testcase>'),
      [],
    ))
  test('of more tests than it lists', async () =>
    assert.deepEqual(await findings('tests="2"', '<testcase name="a"/>'), ['suite "S" states 2 tests and lists 1']))
  test('without the skipped ones are as good', async () =>
    assert.deepEqual(await findings('tests="1" skipped="1"', '<testcase name="a"/><testcase name="b"><skipped/></testcase>'), []))
  test('of skipped tests that it lists as if they had run', async () =>
    assert.deepEqual(await findings('tests="1" skipped="1"', '<testcase name="a"/>'), [
      'suite "S" states 1 skipped and lists 0 such cases',
    ]))
  test('of more failures than it lists are a failure of the run', async () => {
    const run = await read(suite('<testcase name="a"/>', 'tests="1" failures="1"'))
    assert.match(run.runFailures.join(), /states 1 failures and errors and lists 0/)
  })
  test('without any case make tests that nothing traces to', async () => {
    const run = await read(suite('', 'tests="3" failures="1" skipped="1"'))
    assert.deepEqual(
      run.tests.map(({ verdict, references }) => [verdict, references.length]),
      [
        ['failed', 0],
        ['skipped', 0],
        ['passed', 0],
      ],
    )
    assert.match(run.findings[0]?.text ?? '', /counts 3 tests and lists none/)
  })
  test('beyond all measure make no tests up', async () => {
    const run = await read(suite('', 'tests="999999999"'))
    assert.equal(run.tests.length, 0)
    assert.match(run.findings[0]?.text ?? '', /states 999999999 tests and lists 0/)
  })
  test('an error of the suite itself is a failure of the run', async () =>
    assert.match(
      (await read(suite('<testcase name="a"/><error message="set-up broke"/>'))).runFailures.join(),
      /suite "S": error: set-up broke/,
    ))
  test('no case at all is a failure of the run', async () =>
    assert.deepEqual((await read('<testsuites/>')).runFailures, ['the run holds no test']))
})

describe('requirements are named', () => {
  const references = async (body: string, map: Readonly<Record<string, unknown>> | null = null): Promise<readonly string[]> =>
    (await read(suite(body), map)).tests[0]!.references.map(({ text, via, extent }) => `${via} ${text} ${extent}`)
  const property = (name: string, value: string): string => `<properties><property name="${name}" value="${value}"/></properties>`

  for (const name of ['requirement', 'requirements', 'Requirement-ID', 'req', 'verifies', 'FullyVerifies', 'covers'])
    test(`by the property ${name}`, async () =>
      assert.deepEqual(await references(`<testcase name="a">${property(name, 'R-1')}</testcase>`), ['property R-1 full']))
  test('several in one property', async () =>
    assert.deepEqual(await references(`<testcase name="a">${property('requirements', 'R-1, R-2;R-3')}</testcase>`), [
      'property R-1 full',
      'property R-2 full',
      'property R-3 full',
    ]))
  test('in part', async () =>
    assert.deepEqual(await references(`<testcase name="a">${property('PartiallyVerifies', 'R-1')}</testcase>`), ['property R-1 partial']))
  test('as the text of the property', async () =>
    assert.deepEqual(await references('<testcase name="a"><properties><property name="req">R-1</property></properties></testcase>'), [
      'property R-1 full',
    ]))
  test('by the suite, for its cases', async () =>
    assert.deepEqual(await references(`${property('req', 'R-1')}<testcase name="a"/>`), ['property R-1 full']))
  test('by a tag in the name, and not by every word with a sign', async () =>
    assert.deepEqual(await references('<testcase name="@R-1 parses @comment of a@b2"/>'), ['name @R-1 full']))
  test('by other properties not at all', async () =>
    assert.deepEqual(await references(`<testcase name="a">${property('os', 'linux')}</testcase>`), []))
  test('as a map says', async () => {
    const map = { references: { properties: ['polarion'], names: '\\[(R-\\d+)\\]' } }
    assert.deepEqual(await references(`<testcase name="a [R-7]">${property('Polarion', 'P-1')}${property('req', 'R-1')}</testcase>`, map), [
      'property P-1 full',
      'name R-7 full',
    ])
  })
  for (const references of [7, { properties: 'req' }, { names: '(' }, { names: 7 }])
    test(`a map ${JSON.stringify(references)} is refused`, () => assert.rejects(read(suite(''), { references }), { code: 'malformed-map' }))
})

test('place: of the test where the report names it, else of the case in the report', async () => {
  const { tests } = await read(suite('<testcase name="a" file="t/a.py" line="3"/>\n<testcase name="b" classname="C"/>'))
  assert.deepEqual(
    tests.map(({ place }) => place),
    [
      { file: 't/a.py', line: 3 },
      { file: 'r.xml', line: 2 },
    ],
  )
  assert.deepEqual(
    tests.map(({ suite }) => suite),
    ['S', 'C'],
  )
})

describe('relatives', () => {
  test('NUnit 3', async () => {
    const run = await read(
      `<test-run total="3" failed="1"><test-suite name="S" result="Failed" site="Child"><failure><message>One or more child tests had errors</message></failure>
       <test-case name="a" result="Passed"><properties><property name="Requirement" value="R-1"/></properties></test-case>
       <test-case name="b" result="Failed"><failure><message>no</message></failure></test-case><test-case name="c" result="Inconclusive"/></test-suite></test-run>`,
    )
    assert.deepEqual(
      run.tests.map(({ verdict }) => verdict),
      ['passed', 'failed', 'unknown'],
    )
    assert.deepEqual([run.tests[0]?.references[0]?.text, run.tests[1]?.steps[0]?.message, run.runFailures.length], ['R-1', 'no', 0])
  })
  test('NUnit 2', async () => {
    const cases =
      '<test-case name="a" executed="True" success="True" result="Success"/><test-case name="b" executed="False" result="Ignored"/>'
    const run = await read(
      `<test-results><test-suite><results>${cases}<test-case name="c" executed="True" success="False"/></results></test-suite></test-results>`,
    )
    assert.deepEqual(
      run.tests.map(({ verdict }) => verdict),
      ['passed', 'not-run', 'failed'],
    )
  })
  test('xUnit.net 2', async () => {
    const run = await read(
      `<assemblies><assembly><collection name="C"><test name="a" type="T" result="Pass"><traits><trait name="Requirement" value="R-1"/></traits></test>
       <test name="b" type="T" result="Skip"><reason>later</reason></test><test name="c" type="T" result="Fail"><failure exception-type="E"><message>no</message></failure></test></collection></assembly></assemblies>`,
    )
    assert.deepEqual(
      run.tests.map(({ verdict }) => verdict),
      ['passed', 'skipped', 'failed'],
    )
    assert.equal(run.tests[0]?.references[0]?.text, 'R-1')
  })
})

describe('characters that XML does not allow', () => {
  test('raw or as references are shown as U+FFFD and told; the results are not lost', async () => {
    const { tests, findings } = await read(
      suite('<testcase name="a&#27;b&#x1;"><failure message="&#9;no\u001b[31m &#x10FFFF;&#xD800;"/></testcase><testcase name="c"/>'),
    )
    assert.deepEqual(
      tests.map(({ name, verdict }) => [name, verdict]),
      [
        ['a\ufffdb\ufffd', 'failed'],
        ['c', 'passed'],
      ],
    )
    assert.equal(findings[0]?.text, '4 characters that XML does not allow are shown as U+FFFD')
  })
  test('wherever the text is cut into pieces', () => {
    const text = 'a&#27;b&amp;c&#x1b;\u0001&#65;'
    for (let cut = 0; cut <= text.length; cut += 1) {
      const characters = new AllowedCharacters()
      const joined =
        characters.prepare(text.slice(0, cut), false) + characters.prepare(text.slice(cut), false) + characters.prepare('', true)
      assert.deepEqual([joined, characters.replaced], ['a\ufffdb&amp;c\ufffd\ufffd&#65;', 3], `cut at ${cut}`)
    }
  })
})

test('recognised by its root element', () => {
  for (const head of ['<testsuite ', '\n<?xml version="1.0"?>\n<!-- x -->\n<testsuites>', '<test-run>', '<assemblies timestamp=""'])
    assert.ok(junitFormat.recognises(head, 'r.xml'), head)
  for (const head of ['<suites>', '<coverage>', '<a><testsuite/></a>', '{"testsuite":1}'])
    assert.ok(!junitFormat.recognises(head, 'r.xml'), head)
})

const data = process.env['BULKHEAD_DATA']
const reports = data === undefined ? undefined : join(data, 'junit', 'enricomi-junit')

interface Published {
  readonly stats: Readonly<Record<'tests' | 'tests_succ' | 'tests_skip' | 'tests_fail' | 'tests_error', number>>
}

if (reports === undefined || !existsSync(reports))
  test('published totals', (t) => t.diagnostic('not run: BULKHEAD_DATA names no folder that holds junit/enricomi-junit'))
else
  describe('published totals', () => {
    const names = readdirSync(reports, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'))
    test('are there', () => assert.ok(names.length >= 15, `${names.length} reports`))
    for (const name of names)
      test(name, async () => {
        const path = join(reports, name)
        const { stats } = JSON.parse(readFileSync(path.replace(/\.xml$/, '.results.json'), 'utf8')) as Published
        const recognised = junitFormat.recognises(readFileSync(path, 'utf8').replace(/^\ufeff/, ''), name)
        assert.equal(recognised, name !== 'non-junit.xml')
        if (!recognised) return assert.rejects(readJunit([{ name, path }], { map: null }), { code: 'schema-violation' })
        const { tests } = await readJunit([{ name, path }], { map: null })
        const count = (...verdicts: readonly string[]): number => tests.filter(({ verdict }) => verdicts.includes(verdict)).length
        assert.deepEqual(
          { tests: tests.length, passed: count('passed'), skipped: count('skipped', 'not-run'), failed: count('failed') },
          { tests: stats.tests, passed: stats.tests_succ, skipped: stats.tests_skip, failed: stats.tests_fail + stats.tests_error },
        )
      })
  })
