/** Nothing that looks like a pack comes of a run gone wrong. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { after, afterEach, before, describe, test } from 'node:test'
import { CommandHome } from './command-home.js'
import { complaint, scenario } from './sample-scenario.js'

describe('assure, refused', { timeout: 900_000 }, () => {
  let home: CommandHome
  const assure = (feature: string) => {
    home.write('features/sample.feature', feature)
    return home.run('assure', '--shards', '1')
  }

  before(() => {
    home = new CommandHome()
  })
  after(() => home.remove())

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
    assert.match(end.err, /^bulkhead: latest\/ holds files but no manifest\.json of a pack, so it is not replaced; remedy: [^\n]+\n$/)
    assert.equal(end.status, 2)
    rmSync(home.path('reports/latest'), { recursive: true })
  })
})
