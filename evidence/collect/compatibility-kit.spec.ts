/** The Cucumber Compatibility Kit, message files of every situation a runner can meet; found through BULKHEAD_DATA. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { collectMessages } from './cucumber-messages.js'
import { messageFile } from './messages/message-file.js'
import type { CollectedRun } from './fold/merge-streams.js'

const data = process.env['BULKHEAD_DATA']
const kit = data === undefined ? undefined : join(data, 'cucumber', 'cck-30.0.0')

/** Verdicts that the kit's own description of each sample asks for; samples that only pass are left out. */
const expected: Readonly<Record<string, string>> = {
  'all-statuses': 'passed failed pending skipped undefined ambiguous',
  ambiguous: 'ambiguous',
  empty: 'no-verdict',
  'global-hooks-beforeall-error': 'not-run',
  'hooks-conditional': 'failed failed passed',
  'hooks-skipped': 'skipped skipped skipped',
  'hooks-undefined': 'undefined',
  pending: 'pending pending pending',
  retry: 'passed retried retried failed',
  'retry-ambiguous': 'ambiguous',
  'retry-pending': 'pending',
  'retry-undefined': 'undefined',
  skipped: 'skipped skipped',
  'skipped-failing-hook': 'failed',
  'test-run-exception': 'not-run',
  'unknown-parameter-type': 'undefined',
}

if (kit === undefined || !existsSync(kit))
  test('compatibility kit', (t) => t.diagnostic('not run: BULKHEAD_DATA names no folder that holds cucumber/cck-30.0.0'))
else
  describe('compatibility kit 30.0.0', () => {
    const samples = readdirSync(kit).filter((name) => existsSync(join(kit, name, `${name}.ndjson`)))
    const collect = (name: string): Promise<CollectedRun> =>
      collectMessages([messageFile(name, join(kit, name, `${name}.ndjson`))], 'reported')

    test('is complete', () => assert.ok(samples.length >= 46, `${samples.length} samples`))

    for (const name of samples)
      test(name, async () => {
        const { scenarios, runFailures } = await collect(name)
        const reported =
          /"testRunFinished":\{[^\n]*"success":(true|false)/.exec(readFileSync(join(kit, name, `${name}.ndjson`), 'utf8'))?.[1] === 'true'
        const tolerated = new Set(['passed', 'skipped', 'no-verdict', 'retried'])
        const ours = runFailures.length === 0 && scenarios.every(({ verdict }) => tolerated.has(verdict))
        assert.equal(ours, reported, `the runner reports ${reported ? 'success' : 'failure'}`)
        if (expected[name] !== undefined) assert.equal(scenarios.map(({ verdict }) => verdict).join(' '), expected[name])
      })

    test('a retried pass in an otherwise good run is still no pass', async () => {
      const { scenarios } = await collect('retry')
      assert.ok(scenarios.some(({ verdict, attempts }) => verdict === 'retried' && attempts.length > 1))
    })
  })
