/** `assure --self` on one scenario and one test of the qualification kit. */
import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { CommandHome } from './command-home.js'
import { scenario } from './sample-scenario.js'

const KIT = 'dist/test/qualification'

/** The whole kit is run by itself. */
function shrinkKit(home: CommandHome): void {
  for (const name of readdirSync(home.path(KIT))) if (name.endsWith('.spec.js')) rmSync(home.path(`${KIT}/${name}`))
  home.write(`${KIT}/sample.spec.js`, "import { test } from 'node:test'\ntest('tor~all-steps-pass~1: sample', () => {})\n")
}

describe('assure --self', { timeout: 900_000 }, () => {
  let home: CommandHome
  before(() => {
    home = new CommandHome()
  })
  after(() => home.remove())

  test('--self finds an expectation that cannot fail', () => {
    home.write('features/sample.feature', scenario('OK'))
    shrinkKit(home)
    cpSync(home.path('dist/step-definitions/world.js'), home.path('world.js'))
    try {
      assert.match(
        home.run('assure', '--self', '--shards', '1').out,
        /\nqualification: 1 of \d+ operational requirements verified by 1 tests\n1 of 1 falsified expectations were noticed, in 1 scenarios\n$/,
      )
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
