/** Tool operational requirements, "Gates and refused input". */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'node:test'
import { failing, messages, passing, verifies } from './tool.js'

const policy = (...gates: readonly string[]): string => ['schema: bulkhead.policy/1', 'gates:', ...gates, ''].join('\n')
const TWO = 'ID,Text\nREQ-1,The system shall count.\nREQ-2,The system shall stop.\n'

/** Every file below the folder with its bytes. */
function contents(folder: string): readonly (readonly [string, string])[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return names.filter((name) => statSync(join(folder, name)).isFile()).map((name) => [name, readFileSync(join(folder, name), 'base64')])
}

const refused: readonly (readonly [what: string, name: string, text: string])[] = [
  ['results that are no format', 'results.ndjson', 'neither messages nor anything else\n'],
  ['a results file that is empty', 'results.ndjson', ''],
  ['JUnit XML with an entity', 'junit.xml', '<!DOCTYPE a [<!ENTITY b "c">]><testsuites><testsuite name="&b;"/></testsuites>'],
  ['JUnit XML that ends within an element', 'junit.xml', '<testsuites><testsuite name="a"><testcase name="b">'],
  ['JSON that ends early', 'report.json', '[{"uri":"a.feature","elements":['],
]

describe('Gates and refused input', () => {
  verifies('exit-zero', 'everything passed', (tool) => assert.equal(tool.trace({ results: [messages(passing())] }).status, 0))
  verifies('exit-zero', 'half of the requirements where the policy wants half', (tool) => {
    const half = policy("  - { measure: requirements.closed, at-least: '50 %' }")
    assert.equal(tool.trace({ requirements: TWO, results: [messages(passing())], policy: half }).status, 0)
  })
  verifies('exit-one', 'half of the requirements where the policy wants more', (tool) => {
    const more = policy("  - { measure: requirements.closed, at-least: '51 %' }")
    const answer = tool.trace({ requirements: TWO, results: [messages(passing())], policy: more })
    assert.equal(answer.status, 1)
    assert.ok(answer.json().defects.some(({ kind, id, text }) => kind === 'gate' && `${id} ${text}`.includes('requirements.closed')))
  })
  verifies('exit-one', 'a failed test', (tool) => assert.equal(tool.trace({ results: [messages(passing(), failing())] }).status, 1))
  for (const [what, name, text] of refused)
    verifies('exit-two', what, (tool) => {
      const answer = tool.trace({ results: [[name, text]] })
      assert.equal(answer.status, 2)
      assert.match(answer.err, new RegExp(`^bulkhead: .*${name.replace('.', '\\.')}[^\\n]*\\n$`, 'u'))
      assert.equal(answer.out, '')
    })
  verifies('nothing-left', 'no folder is made', (tool) => {
    tool.trace({ results: [['results.ndjson', 'nothing\n']] })
    assert.equal(tool.has('out'), false)
  })
  verifies('nothing-left', 'an earlier result does not stand in its place, and is kept beside it', (tool) => {
    tool.trace({ results: [messages(passing())] })
    const before = contents(tool.path('out'))
    tool.trace({ results: [['other.ndjson', 'nothing\n']] })
    assert.ok(before.length > 0)
    assert.equal(tool.has('out'), false)
    assert.deepEqual(contents(tool.path('out.previous')), before)
  })
  verifies('same-bytes', 'two traces of one set of inputs', (tool) => {
    const results = [messages(passing(), failing())]
    tool.trace({ requirements: TWO, results })
    const first = contents(tool.path('out'))
    tool.trace({ requirements: TWO, results })
    assert.deepEqual(contents(tool.path('out')), first)
  })
})
