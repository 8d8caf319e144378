/** Damaged inputs end in a value or in one line; `node dist/bench/mutate-inputs.js` tries 100,000 of each. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { allReaders, readerOf } from './all-readers.js'
import { mutate } from './mutation.js'
import { seedInputs } from './seed-inputs.js'
import { prepare, tryInput } from './trial.js'

const inputs = 200

/** Milliseconds of this process: what others do on the machine must not matter. */
const cpuTime = (): number => process.cpuUsage().user / 1000

let folder = ''
before(() => (folder = mkdtempSync(join(tmpdir(), 'bulkhead-campaign-'))))
after(() => rmSync(folder, { recursive: true }))

describe('Readers of damaged input', () => {
  test('the campaign has a seed for every registered format', () => {
    const seeded = new Set(seedInputs.map(({ format }) => format))
    assert.deepEqual(
      allReaders.map(({ format }) => format).filter((format) => !seeded.has(format)),
      [],
    )
  })

  test('the same number gives the same damage', () => {
    for (const { bytes } of seedInputs) assert.deepEqual(mutate(bytes, 7), mutate(bytes, 7))
  })

  seedInputs.forEach((seed, index) => {
    test(`${seed.format}: ${seed.name} is read whole, and ${inputs} damaged copies end in a value or one line`, async () => {
      const reader = readerOf(seed.format)
      assert.ok(reader, `no reader of ${seed.format}`)
      const own = join(folder, String(index))
      prepare(seed, own)
      const head = seed.bytes.toString('utf8', 0, 65_536)
      assert.equal(reader.recognises(head, seed.name), true, 'the undamaged seed is recognised')
      const whole = await tryInput(seed, reader, own, -1, cpuTime)
      assert.deepEqual(whole, { failure: undefined, outcome: 'value' })
      for (let number = 0; number < inputs; number++) {
        const { failure } = await tryInput(seed, reader, own, number, cpuTime)
        assert.equal(failure, undefined)
      }
    })
  })
})
