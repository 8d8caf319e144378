/** The main job on a few scenarios: what it leaves and says when all is well, and that nothing which looks like a pack comes of a run gone wrong. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { after, afterEach, before, describe, test } from 'node:test'
import { CommandHome, type CommandEnd } from './command-home.js'

const scenario = (expected: string, tags = '') => `@SKPP:FDP_IFF.1.2
Feature: Sample

  ${tags}
  Scenario: A call returns
    Given the system "two-partitions"
    And partition "display" runs
      """riscv
        li a7, SELF
        ecall
      1: j 1b
      """
    When the system runs for 1 major frame
    Then register a0 of partition "display" holds the result ${expected}
`

/** Progress lines carry seconds; what is left is what went wrong. */
const complaint = ({ err }: CommandEnd) => err.replace(/^ *\d+\.\d s {2}[^\n]*\n/gmu, '')

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
    assert.deepEqual(packs(), ['latest', 'previous'])
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

  describe('a run that cannot be judged leaves no latest pack: one line, exit 2', () => {
    afterEach(() => assert.equal(existsSync(home.path('reports/latest')), false, 'there is a latest pack'))

    const refused: readonly (readonly [what: string, feature: string, line: RegExp])[] = [
      ['a malformed tag', scenario('OK', '@REQ:flow'), /^bulkhead: features\/sample\.feature:4: [^\n]*@REQ:flow[^\n]*; [^\n]+\n$/],
      [
        'an unknown element',
        scenario('OK', '@SKPP:FDP_IFF.9.9'),
        /^bulkhead: features\/sample\.feature:4: [^\n]*FDP_IFF\.9\.9[^\n]*; [^\n]+\n$/,
      ],
      [
        'an unknown interface entry',
        scenario('OK', '@TSFI:port_burn'),
        /^bulkhead: features\/sample\.feature:4: [^\n]*port_burn[^\n]*; [^\n]+\n$/,
      ],
      [
        'a feature that does not parse',
        'Feature: Sample\n  Scenario: A\n    Given x\n    Whatever\n',
        /^bulkhead: the scenarios did not run: Parse error in "features\/sample\.feature" \(4:5\)/,
      ],
      ['no scenario at all', 'Feature: Empty\n', /^bulkhead: [^\n]+; [^\n]+\n$/],
    ]
    for (const [what, feature, line] of refused)
      test(what, () => {
        const end = assure(feature)
        assert.match(complaint(end), line)
        assert.deepEqual([end.status, end.out], [2, ''])
      })

    /** Runs with one file of the installation changed, and puts it back. */
    const assureWith = (name: string, change: (text: string) => string) => {
      const whole = readFileSync(home.path(name), 'utf8')
      home.write(name, change(whole))
      try {
        return assure(scenario('OK'))
      } finally {
        home.write(name, whole)
      }
    }

    test('a runner that dies half-way', () => {
      const end = assureWith('dist/step-definitions/hooks.js', (text) => `${text}\nAfter(() => process.exit(0))\n`)
      assert.match(complaint(end), /^bulkhead: the scenarios did not run: cucumber-js ended with status 0; remedy: [^\n]+\n$/)
      assert.equal(end.status, 2)
    })

    test('a run that left no coverage', () => {
      const end = assureWith('dist/step-definitions/coverage.js', (text) =>
        text.replaceAll("process.env['BULKHEAD_COVERAGE']", 'undefined'),
      )
      assert.match(complaint(end), /^bulkhead: the scenarios left no coverage; remedy: [^\n]+\n$/)
      assert.equal(end.status, 2)
    })

    test('a template that asks for a field that does not exist', () => {
      const end = assureWith('templates/parts/cover.html.hbs', (text) => `${text}<p>{{cover.motto}}</p>\n`)
      assert.match(complaint(end), /^bulkhead: [^\n]*cover\.html\.hbs[^\n]*motto[^\n]*\n$/)
      assert.equal(end.status, 2)
    })

    test('steps that cannot be loaded', () => {
      const end = assureWith('dist/step-definitions/world.js', (text) => `import './absent.js'\n${text}`)
      assert.match(complaint(end), /^bulkhead: the scenarios did not run: [^\n]*absent\.js[^\n]*; remedy: [^\n]+\n$/)
      assert.equal(end.status, 2)
    })
  })

  test('a folder named latest that is no pack is not replaced', () => {
    rmSync(home.path('reports/latest'), { recursive: true, force: true })
    home.write('reports/latest/notes.txt', 'mine')
    const end = assure(scenario('OK'))
    assert.match(end.err, /^bulkhead: latest\/ holds files but no manifest\.json, so it is not replaced; remedy: [^\n]+\n$/)
    assert.equal(end.status, 2)
    rmSync(home.path('reports/latest'), { recursive: true })
  })

  test('--self finds an expectation that cannot fail', () => {
    home.write('features/sample.feature', scenario('OK'))
    cpSync(home.path('dist/step-definitions/world.js'), home.path('world.js'))
    try {
      assert.match(home.run('assure', '--self', '--shards', '1').out, /^1 of 1 falsified expectations were noticed, in 1 scenarios\n$/)
      const world = readFileSync(home.path('world.js'), 'utf8')
      // Expects whatever is observed.
      const blind = world.replace(
        /const made = [^\n]+/u,
        'this.comparisons++; const made = { ...comparison, expected: comparison.observed }',
      )
      assert.notEqual(blind, world)
      home.write('dist/step-definitions/world.js', blind)
      const { status, out } = home.run('assure', '--self', '--shards', '1')
      assert.match(out, /"A call returns" passes although [^\n]+ is expected wrongly\n0 of 1 falsified expectations were noticed/)
      assert.equal(status, 1)
    } finally {
      cpSync(home.path('world.js'), home.path('dist/step-definitions/world.js'))
    }
  })
})
