import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { ScenarioCount } from './scenario-count.js'

const scratch = mkdtempSync(join(tmpdir(), 'scenario-count-'))
after(() => rmSync(scratch, { recursive: true }))

const pickle = '{"pickle":{"name":"{\\"testCaseFinished\\":"}}\n'
const finished = '{"testCaseFinished":{"testCaseStartedId":"1"}}\n'

describe('How far a run has come', () => {
  test('nothing is known of a file that is not there yet', () =>
    assert.deepEqual(new ScenarioCount([join(scratch, 'none')]).read(), { finished: 0, total: 0 }))

  test('shards list the same scenarios, and each finishes its own', () => {
    const files = ['a', 'b'].map((name) => join(scratch, name))
    for (const file of files) appendFileSync(file, pickle.repeat(4))
    const count = new ScenarioCount(files)
    assert.deepEqual(count.read(), { finished: 0, total: 4 })
    for (const file of files) appendFileSync(file, finished)
    assert.deepEqual(count.read(), { finished: 2, total: 4 })
  })

  test('a line is counted once, wherever it is cut while it is written', () => {
    const text = `${pickle}{"source":{}}\n${finished}${finished}`
    for (let cut = 0; cut <= text.length; cut++) {
      const file = join(scratch, `cut-${cut}`)
      const count = new ScenarioCount([file])
      appendFileSync(file, text.slice(0, cut))
      count.read()
      appendFileSync(file, text.slice(cut))
      assert.deepEqual(count.read(), { finished: 2, total: 1 }, `cut at ${cut}`)
    }
  })

  test('a long line between others does not hide them', () => {
    const file = join(scratch, 'long')
    appendFileSync(file, `{"source":"${'x'.repeat(200_000)}"}\n${pickle}`)
    assert.deepEqual(new ScenarioCount([file]).read(), { finished: 0, total: 1 })
  })
})
