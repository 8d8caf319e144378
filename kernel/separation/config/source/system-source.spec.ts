import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AUDIT_EVENTS } from '../../../abi/audit.js'
import { FAULTS } from '../../../abi/health.js'
import { ConfigurationError } from './configuration-error.js'
import { readSource } from './system-source.js'

const SMALLEST = `system: small
revision: 1
memory: 4 MiB
majorFrame: 50000
partitions:
  - name: only
    code: 4 KiB
    data: 4 KiB
schedule:
  - { partition: only, at: 0, length: 50000 }
`

function refusal(text: string): ConfigurationError {
  try {
    readSource('system.yaml', text)
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  return assert.fail('was accepted')
}

describe('The YAML a configuration may be written in', () => {
  const refused: readonly (readonly [string, string, 'yaml' | 'schema' | 'unreadable', string, number])[] = [
    ['an empty file', '', 'yaml', 'yaml-empty', 1],
    ['a comment alone', '# nothing\n', 'yaml', 'yaml-empty', 1],
    ['a syntax error', `${SMALLEST}policy: [`, 'yaml', 'yaml-syntax', 11],
    ['a tab as indentation', 'system: x\npartitions:\n\t- name: a\n', 'yaml', 'yaml-syntax', 3],
    ['a duplicate key', `${SMALLEST}revision: 2\n`, 'yaml', 'yaml-duplicate-key', 11],
    ['two documents', `${SMALLEST}---\n${SMALLEST}`, 'yaml', 'yaml-documents', 11],
    ['an anchor', SMALLEST.replace('code: 4 KiB', 'code: &size 4 KiB'), 'yaml', 'yaml-alias', 7],
    ['an alias of nothing', SMALLEST.replace('code: 4 KiB', 'code: *size'), 'yaml', 'yaml-alias', 7],
    ['a merge key', `${SMALLEST}policy:\n  <<: { flows: [] }\n`, 'schema', 'schema', 12],
    ['a tag', SMALLEST.replace('revision: 1', 'revision: !!binary "eA=="'), 'yaml', 'yaml-tag', 2],
    ['a tag that changes nothing', SMALLEST.replace('system: small', 'system: !!str small'), 'yaml', 'yaml-tag', 1],
    ['a tag of its own', SMALLEST.replace('revision: 1', 'revision: !evil 1'), 'yaml', 'yaml-tag', 2],
    ['a number as key', `${SMALLEST}7: x\n`, 'yaml', 'yaml-key', 11],
    ['a map as key', `${SMALLEST}? { a: 1 }\n: x\n`, 'yaml', 'yaml-key', 11],
    ['nesting in one line', `${SMALLEST}policy: ${'['.repeat(100_000)}`, 'yaml', 'yaml-depth', 11],
    ['nesting of maps', `${SMALLEST}policy: ${'{a: '.repeat(30_000)}`, 'yaml', 'yaml-depth', 11],
    ['nesting by indicators', `${SMALLEST}policy:\n  ${'- '.repeat(60_000)}x\n`, 'yaml', 'yaml-depth', 12],
    [
      'nesting by indentation',
      `x:\n${Array.from({ length: 500 }, (_, i) => `${' '.repeat(i + 1)}x:\n`).join('')}`,
      'yaml',
      'yaml-depth',
      66,
    ],
    ['a file that is too large', `${SMALLEST}#${'x'.repeat(1_100_000)}`, 'unreadable', 'yaml-size', 1],
    [
      'a bomb of aliases',
      `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
        .map(
          (k, i) =>
            `${k}: &${k} [${Array(9)
              .fill(`*${'abcdefghi'[i] ?? ''}`)
              .join(', ')}]\n`,
        )
        .join('')}`,
      'yaml',
      'yaml-alias',
      1,
    ],
  ]
  for (const [title, text, code, rule, line] of refused)
    test(`${title} is refused in one line`, () => {
      const error = refusal(text)
      assert.deepEqual([error.code, error.findings[0]?.rule, error.findings[0]?.line], [code, rule, line])
      assert.match(error.message, /^system\.yaml:\d+: [a-z-]+: [^\n]+; remedy: [^\n]+$/)
    })
})

describe('The schema of a configuration', () => {
  const refused: readonly (readonly [string, string, number, RegExp])[] = [
    ['a list instead of a system', '- x\n', 1, /must be object/],
    ['a missing key', SMALLEST.replace('majorFrame: 50000\n', ''), 1, /lacks "majorFrame"/],
    ['a key missing deeper', SMALLEST.replace('    data: 4 KiB\n', ''), 6, /partitions\.0 lacks "data"/],
    ['an unknown key', `${SMALLEST}polcy: {}\n`, 11, /unknown key "polcy"/],
    ['an unknown key deeper', SMALLEST.replace('    data:', '    stack: 1\n    data:'), 8, /unknown key "stack" in partitions\.0/],
    ['a key that names the prototype', `${SMALLEST}__proto__: {}\n`, 11, /unknown key "__proto__"/],
    ['a wrong type', SMALLEST.replace('revision: 1', 'revision: one'), 2, /revision must be integer/],
    ['nothing where a list is meant', `${SMALLEST}ports:\n`, 11, /ports must be array/],
    ['a fraction of a cycle', SMALLEST.replace('majorFrame: 50000', 'majorFrame: 0.5'), 4, /majorFrame must be integer/],
    ['an infinite number', SMALLEST.replace('majorFrame: 50000', 'majorFrame: .inf'), 4, /majorFrame must be integer/],
    ['a negative number', SMALLEST.replace('at: 0', 'at: -1'), 10, /schedule\.0\.at must be >= 0/],
    ['a number that loses precision', SMALLEST.replace('majorFrame: 50000', 'majorFrame: 9007199254740993'), 4, /majorFrame must be <=/],
    ['a unit nobody defined', SMALLEST.replace('code: 4 KiB', 'code: 4 KB'), 7, /partitions\.0\.code/],
    ['a size without unit as text', SMALLEST.replace('code: 4 KiB', 'code: "4096"'), 7, /partitions\.0\.code/],
    [
      'an unknown health action',
      SMALLEST.replace('data: 4 KiB', 'data: 4 KiB\n    health: { MEMORY_VIOLATION: RETRY }'),
      9,
      /use one of IGNORE, LOG, HANDLER, STOP_PROCESS, IDLE, COLD, WARM, SWITCH_SCHEDULE, MAINTENANCE, RESTART_MODULE, HALT/,
    ],
    ['an unknown health error', SMALLEST.replace('data: 4 KiB', 'data: 4 KiB\n    health: { POWER: IDLE }'), 9, /unknown key "POWER"/],
    [
      'a port of no kind',
      `${SMALLEST}ports:\n  - { name: p, kind: pipe, message: 1, from: only, to: [] }\n`,
      12,
      /sampling or kind: queuing/,
    ],
    [
      'a sampling port with a depth',
      `${SMALLEST}ports:\n  - { name: p, kind: sampling, depth: 1, refresh: 1, message: 1, from: only, to: [] }\n`,
      12,
      /unknown key "depth"/,
    ],
    [
      'a queuing port without a depth',
      `${SMALLEST}ports:\n  - { name: p, kind: queuing, message: 1, from: only, to: [] }\n`,
      12,
      /lacks "depth"/,
    ],
    [
      'subjects without end',
      `${SMALLEST}audit:\n  subjects: [${Array.from({ length: 1025 }, (_, i) => `a${i}`).join(', ')}]\n`,
      12,
      /audit\.subjects must NOT have more than 1024 items/,
    ],
    ['an unknown event', `${SMALLEST}audit:\n  select: [FLOW_DENIED, NOISE]\n`, 12, /audit\.select/],
    [
      'bits that lose precision',
      `${SMALLEST}notifications:\n  - { name: n, from: [], to: only, bits: 0xffffffffffffffff }\n`,
      12,
      /notifications\.0\.bits/,
    ],
  ]
  for (const [title, text, line, what] of refused)
    test(`${title} is refused where it stands`, () => {
      const error = refusal(text)
      assert.equal(error.code, 'schema')
      assert.equal(error.findings[0]?.line, line, error.message)
      assert.match(error.message, what)
      assert.match(error.message, /^system\.yaml:\d+: schema: [^\n]+; remedy: [^\n]+$/)
    })
})

describe('What is left out of a configuration', () => {
  const { system } = readSource('system.yaml', SMALLEST)

  test('denies: no ports, no notifications, no shared memory, no flows, no authority', () => {
    assert.deepEqual([system.ports, system.notifications, system.shared, system.policy.flows], [[], [], [], []])
    assert.deepEqual(system.partitions[0]?.authority, { readAudit: false, system: [], selectSchedule: false, control: [], observe: [] })
    assert.equal(system.partitions[0].console, false)
  })

  test('stops a partition at a fault and records what it merely asked for', () => {
    const { health, restartLimit } = system.partitions[0] ?? assert.fail()
    for (const error of FAULTS) assert.deepEqual(health[error], { action: 'IDLE', escalation: undefined })
    for (const error of ['ILLEGAL_REQUEST', 'APPLICATION_ERROR'] as const) assert.equal(health[error].action, 'LOG')
    assert.equal(restartLimit, 0)
  })

  test('records every event of every partition', () => {
    assert.deepEqual(system.audit, { records: 64, select: AUDIT_EVENTS, subjects: ['only'], onFull: 'overwrite', alarms: [] })
  })
})
