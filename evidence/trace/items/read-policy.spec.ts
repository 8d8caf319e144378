import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { EvidenceError } from '../../model/errors.js'
import { packageFile } from '../../profiles/schema-file.js'
import { readPolicy } from './read-policy.js'

const read = (text: string, justifications = '') =>
  readPolicy('p/policy.yaml', '/p/policy.yaml', (name) =>
    name === 'p/policy.yaml' ? `schema: bulkhead.policy/1\n${text}` : justifications,
  )

const entry = 'concerns: R-1, reason: r, author: a, reviewer: b, date: 2026-01-01, expires: 2026-12-31'

describe('what a policy cannot say is refused with file and line', () => {
  for (const [text, message] of [
    ['gate: []', /^p\/policy\.yaml:2: unknown key "gate"/],
    ['gates: [{ measure: requirements.passd, at-least: 1 }]', /unknown measure "requirements\.passd"/],
    ['gates: [{ measure: requirements.passed }]', /^p\/policy\.yaml:2: /],
    ['gates: [{ measure: requirements.passed, at-least: 1, at-most: 2 }]', /^p\/policy\.yaml:2: /],
    ['gates: [{ measure: coverage.lines, at-least: 101 % }]', /is no share/],
    ['gates: [{ measure: scenarios.total, at-least: 5 % }]', /is no share/],
    ['gates: [{ measure: scenarios.passed, at-least: -1 }]', /^p\/policy\.yaml:2: /],
    ['kinds: { requirement: maybe }', /must be one of/],
    ['severities: { run-failure: ignore }', /^p\/policy\.yaml:2: /],
    ['references: { patterns: ["("] }', /^p\/policy\.yaml:2: .*correct the pattern/],
    [`justifications: [{ ${entry} }, { ${entry} }]`, /R-1 has two justifications/],
    [`justifications: [{ ${entry.replace('2026-12-31', '2026-02-30')} }]`, /2026-02-30 is no day/],
    [`justifications: [{ ${entry.replace('2026-12-31', '2025-12-31')} }]`, /expires before its date/],
    ['justifications: [{ concerns: R-1, reason: r }]', /"author" is missing/],
  ] as const)
    test(text, () => {
      assert.throws(
        () => read(text),
        (error) => error instanceof EvidenceError && message.test(error.message) && !error.message.includes('\n'),
      )
    })
})

const shown = 'concerns: R-1, method: analysis, title: t, file: f.pdf, author: a, reviewer: b, date: 2026-01-01, result: passed'
const digest = 'a'.repeat(64)

describe('a register of analyses that cannot be read as one is refused with its own file and line', () => {
  for (const [text, message] of [
    [`{ id: A, ${shown} }`, /^p\/reg\.yaml:2: .*"digest" is missing/],
    [`{ id: A, digest: ${digest.slice(1)}, ${shown} }`, /^p\/reg\.yaml:2: /],
    [`{ id: A, digest: ${digest}, ${shown.replace('analysis', 'guess')} }`, /must be one of/],
    [`{ id: A, digest: ${digest}, ${shown.replace('f.pdf', '/etc/passwd')} }`, /^p\/reg\.yaml:2: /],
    [`{ id: A, digest: ${digest}, ${shown.replace('01-01', '02-30')} }`, /2026-02-30 is no day/],
    [`{ id: A, digest: ${digest}, ${shown}, expires: 2025-12-31 }`, /expires before its date/],
    [`{ id: A, digest: ${digest}, ${shown} }\n  - { id: A, digest: ${digest}, ${shown} }`, /^p\/reg\.yaml:3: two artefacts have the id A/],
  ] as const)
    test(text, () => {
      assert.throws(
        () => read('artefacts: reg.yaml', `artefacts:\n  - ${text}\n`),
        (error) => error instanceof EvidenceError && message.test(error.message) && !error.message.includes('\n'),
      )
    })
  test('its files are named from where it lies', () => {
    const { artefacts } = read('artefacts: reg.yaml', `artefacts:\n  - { id: A, digest: ${digest}, ${shown} }\n`)
    assert.deepEqual(
      artefacts?.map(({ concerns, file, path, place }) => [concerns, file, path, place]),
      [[['R-1'], 'p/f.pdf', '/p/f.pdf', 'p/reg.yaml:2']],
    )
  })
})

describe('a policy adds to the default', () => {
  test('kinds, in any spelling', () => {
    const { kinds } = read('kinds: { Software_Requirement: nothing }')
    assert.deepEqual([kinds.get('software-requirement'), kinds.get('threat'), kinds.get('*')], ['nothing', 'nothing', 'test'])
  })
  test('a role moves to the side the policy names', () => {
    const { above, below } = read('links: { below: [Refines] }')
    assert.deepEqual([above.has('refines'), below.has('refines'), above.has('covers')], [false, true, true])
  })
  test('gates replace the default ones', () => {
    assert.deepEqual(read('gates: [{ measure: coverage.lines, at-least: 94.5 % }]').gates, [
      { measure: 'coverage.lines', relation: 'at-least', bound: { value: 94.5, percent: true } },
    ])
    assert.deepEqual(read('gates: [{ measure: states.orphaned, at-most: 3 }]').gates[0]?.bound, { value: 3, percent: false })
  })
  test('justifications may stand in a file beside it, and keep their place', () => {
    const { justifications } = read('justifications: reasons.yaml', `justifications:\n  - { ${entry} }\n`)
    assert.deepEqual(
      justifications.map(({ concerns, place }) => [concerns, place]),
      [['R-1', 'p/reasons.yaml:2']],
    )
  })
  test('the policy of our own trace is one', () => {
    const file = packageFile('evidence', 'profiles', 'policy.yaml')
    assert.equal(readPolicy('policy.yaml', file, (_, path) => readFileSync(path, 'utf8')).gates.length, 3)
  })
})
