/** The main job on one scenario: what it leaves and says. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { CommandHome } from './command-home.js'
import { scenario } from './sample-scenario.js'

describe('assure', { timeout: 900_000 }, () => {
  let home: CommandHome
  const assure = (feature: string, ...args: readonly string[]) => {
    home.write('features/sample.feature', feature)
    return home.run('assure', '--shards', '1', ...args)
  }
  const packs = () => readdirSync(home.path('reports')).sort()

  before(() => {
    home = new CommandHome()
  })
  after(() => home.remove())

  test('a run whose scenarios pass leaves a pack that verifies, and lists the gates that were not met', () => {
    const { status, out } = assure(scenario('OK'))
    assert.match(out, /1 of 1 scenarios?: passed/)
    assert.match(out, /gate met +Scenarios: every scenario passed; measured: 1 of 1/)
    // One scenario covers little of the kernel: the answer is no, and the pack says so.
    assert.match(out, /gate not met Line coverage/)
    assert.equal(status, 1)
    assert.equal(home.run('verify', 'reports/latest').status, 0)
    assert.match(readFileSync(home.path('reports/latest/index.html'), 'utf8'), /does not meet its gates/)
    for (const name of ['evidence-pack.pdf', 'traceability.csv', 'traceability.json', 'inputs/results.ndjson'])
      assert.ok(existsSync(home.path(`reports/latest/${name}`)), name)
  })

  test('the same run again gives the same bytes, and the pack before it is kept', () => {
    assure(scenario('OK'))
    const files = readdirSync(home.path('reports/latest'), { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'))
    assert.deepEqual(packs(), ['history.head', 'history.ndjson', 'latest', 'previous'])
    for (const name of files)
      assert.ok(readFileSync(home.path(`reports/latest/${name}`)).equals(readFileSync(home.path(`reports/previous/${name}`))), name)
  })

  test('a wrong expected value is a failed scenario: exit 1, named in the answer and in the pack', () => {
    const { status, out } = assure(scenario('PERM'), '--json')
    assert.match(
      assure(scenario('PERM')).out,
      /A call returns: failed, at "Then register a0 [^\n]+": [^\n]*expected equal PERM, observed OK/,
    )
    const { passed, failures } = JSON.parse(out) as { readonly passed: boolean; readonly failures: readonly string[] }
    assert.deepEqual([status, passed], [1, false])
    assert.ok(
      failures.some((line) => line.includes('A call returns')),
      failures.join('\n'),
    )
    assert.match(readFileSync(home.path('reports/latest/index.html'), 'utf8'), /A call returns/)
  })

  test('an undefined step is no pass: exit 1', () => {
    const { status, out } = assure(`${scenario('OK')}    And something nobody has defined\n`)
    assert.equal(status, 1)
    assert.match(out, /gate not met Scenarios: every scenario passed; measured: 0 of 1/)
  })
})
