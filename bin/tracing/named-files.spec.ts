/** Files that a user names beside the inputs: policy, map, baseline, facts of the run, own reader, artefacts. None may hang the command or pass unread. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { EvidenceError } from '../../evidence/model/errors.js'
import { loadTrace, type TracePaths } from './load-trace.js'

describe('files named beside the inputs', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bulkhead-named-'))
    put('r.csv', 'ID,Title,Text,Verification Method\nR-1,t,x,Analysis\nR-2,t,x,Test\n')
    put(
      't.xml',
      '<testsuite name="s"><testcase classname="c" name="n"><properties><property name="requirement" value="R-2"/></properties></testcase></testsuite>',
    )
  })
  after(() => rmSync(folder, { recursive: true }))

  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const load = (parts: Partial<TracePaths>) =>
    loadTrace({
      requirements: [join(folder, 'r.csv')],
      results: [join(folder, 't.xml')],
      coverage: [],
      policy: null,
      map: null,
      baseline: null,
      run: null,
      root: folder,
      asOf: null,
      title: null,
      ...parts,
    })
  const refused = (wanted: RegExp) => (error: unknown) =>
    error instanceof EvidenceError && wanted.test(error.message) && !error.message.includes('\n')

  for (const option of ['policy', 'map', 'baseline', 'run', 'flows'] as const)
    test(`a pipe as --${option} is refused at once`, async () => {
      const pipe = join(folder, `pipe-${option}`)
      execFileSync('mkfifo', [pipe])
      await assert.rejects(load({ [option]: pipe }), refused(/pipe or a device|no regular file/))
    })

  test('a baseline or facts that the schema does not know are refused with file and line', async () => {
    const digest = 'a'.repeat(64)
    for (const [parts, message] of [
      [{ baseline: put('b1.json', '{ "schema": "bulkhead.baseline/1",\n"sytem": "x" }') }, /b1\.json:2: unknown key "sytem"/],
      [{ baseline: put('b2.json', `{ "schema": "bulkhead.baseline/1",\n"system": "${digest.slice(1)}" }`) }, /b2\.json:2: /],
      [{ baseline: put('b3.json', `{ "system": "${digest}" }`) }, /key "schema" is missing/],
      [{ run: put('f1.json', '{ "digests":\n{ "system": "short" } }') }, /f1\.json:2: /],
      [{ run: put('f2.json', '[]') }, /f2\.json/],
    ] as const)
      await assert.rejects(load(parts), refused(message))
  })

  test('results are current for the system that baseline and facts both state', async () => {
    const digest = 'a'.repeat(64)
    const baseline = put('b.json', JSON.stringify({ schema: 'bulkhead.baseline/1', system: digest }))
    const verdicts = async (facts: object) =>
      (await load({ baseline, run: put('f.json', JSON.stringify(facts)) })).set.requirements.map(({ verdict }) => verdict)
    assert.deepEqual(await verdicts({ digests: { system: digest } }), ['not-required', 'passed'])
    assert.deepEqual(await verdicts({ digests: { system: 'b'.repeat(64) } }), ['not-required', 'stale'])
    assert.deepEqual(await verdicts({}), ['not-required', 'stale'])
  })

  test('an artefact counts while its file has the bytes; one that is gone, or is a pipe, shows nothing', async () => {
    mkdirSync(join(folder, 'analysis'), { recursive: true })
    const file = put('analysis/a.md', 'bounded\n')
    const digest = createHash('sha256').update('bounded\n').digest('hex')
    const entry = `id: A, concerns: R-1, method: analysis, title: t, file: analysis/a.md, digest: ${digest}, author: a, reviewer: b, date: 2026-01-01, result: passed`
    put('artefacts.yaml', `artefacts:\n  - { ${entry} }\n`)
    const policy = put('policy.yaml', 'schema: bulkhead.policy/1\nartefacts: artefacts.yaml\n')
    const verdict = async () => (await load({ policy })).set.requirements[0]?.verdict
    assert.equal(await verdict(), 'passed')
    writeFileSync(file, 'changed\n')
    assert.equal(await verdict(), 'stale')
    rmSync(file)
    assert.equal(await verdict(), 'uncovered')
    execFileSync('mkfifo', [file])
    assert.equal(await verdict(), 'uncovered')
    const { set } = await load({ policy })
    assert.deepEqual(
      set.sources.filter(({ role }) => role === 'policy').map(({ files }) => files),
      [['policy.yaml', 'artefacts.yaml']],
    )
  })
})
