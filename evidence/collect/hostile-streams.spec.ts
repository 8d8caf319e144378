/** Damaged message streams: whatever is changed, the answer is a refusal of one line or a result, never a crash and never a new pass. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { EvidenceError } from '../model/errors.js'
import { collectMessages } from './cucumber-messages.js'
import type { CollectedRun } from './fold/merge-streams.js'
import { holding, sampleMessages } from './sample-stream.js'

const lines = sampleMessages([
  {
    uri: 'features/a.feature',
    name: 'A',
    scenarios: [
      { name: 'good', rule: 'R', tags: ['@SKPP:FDP_IFF.1.2'], attempts: [[{ text: 's', status: 'PASSED', comparisons: [holding] }]] },
      { name: 'bad', attempts: [[{ text: 's', status: 'FAILED', message: 'no', comparisons: [holding] }]] },
      { name: 'retried', attempts: [[{ text: 's', status: 'FAILED' }], [{ text: 's', status: 'PASSED', comparisons: [holding] }]] },
      { name: 'idle', attempts: [] },
    ],
  },
])

async function attempt(text: string | Uint8Array): Promise<CollectedRun | undefined> {
  const whole = Buffer.from(text)
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield whole
  }
  const readAgain = (start: number, length: number): Buffer => whole.subarray(start, start + length)
  try {
    return await collectMessages([{ name: 'm', bytes: bytes(), readAgain }], 'required')
  } catch (error) {
    assert.ok(error instanceof EvidenceError, String(error))
    assert.doesNotMatch(error.message, /\n/)
    return undefined
  }
}

/** Scenarios that are not `good` may never pass. */
function assertNoNewPass(run: CollectedRun | undefined): void {
  for (const { name, verdict } of run?.scenarios ?? [])
    if (['bad', 'retried', 'idle'].includes(name)) assert.notEqual(verdict, 'passed', name)
}

describe('damaged streams', () => {
  test('lines left out, doubled or exchanged', async () => {
    const place = fc.nat(lines.length - 1)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('drop', 'double', 'swap'), place, place), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const changed = [...lines]
          for (const [kind, a, b] of changes) {
            const at = a % changed.length
            const other = b % changed.length
            if (kind === 'drop') changed.splice(at, 1)
            else if (kind === 'double') changed.splice(other, 0, changed[at]!)
            else [changed[at], changed[other]] = [changed[other]!, changed[at]!]
            if (changed.length === 0) break
          }
          // A dropped failing step result reads as UNKNOWN; a dropped first attempt leaves a retry that is numbered 2.
          assertNoNewPass(await attempt(changed.join('\n')))
        },
      ),
      { seed: 7, numRuns: 1500 },
    )
  })

  test('bytes changed', async () => {
    const whole = Buffer.from(lines.join('\n'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }), async (changes) => {
        const changed = Buffer.from(whole)
        for (const [at, value] of changes) changed[at] = value
        await attempt(changed)
      }),
      { seed: 8, numRuns: 1500 },
    )
  })

  test('values of another type in any field', async () => {
    const values = [null, 0, -1, 1e300, '', 'x', [], {}, [[]], true, '__proto__']
    await fc.assert(
      fc.asyncProperty(fc.nat(lines.length - 1), fc.nat(60), fc.constantFrom(...values), async (at, field, value) => {
        const message = JSON.parse(lines[at]!) as object
        const places: (() => void)[] = []
        const walk = (node: object): void => {
          for (const [key, inner] of Object.entries(node) as [string, unknown][]) {
            places.push(() => Object.assign(node, { [key]: value }))
            if (typeof inner === 'object' && inner !== null) walk(inner)
          }
        }
        walk(message)
        places[field % places.length]!()
        await attempt([...lines.slice(0, at), JSON.stringify(message), ...lines.slice(at + 1)].join('\n'))
      }),
      { seed: 9, numRuns: 1500 },
    )
  })
})
