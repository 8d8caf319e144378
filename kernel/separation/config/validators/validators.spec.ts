/** One mutation for each validator: a valid system with one thing wrong, which that validator and no other finds, at its line. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SHARED_LIMIT } from '../../../abi/partition-memory.js'
import { compileConfiguration } from '../compiler/compile.js'
import type { Configuration, PartitionConfiguration } from '../configuration.js'
import { ConfigurationError } from '../source/configuration-error.js'
import { readSource } from '../source/system-source.js'
import { findingsInConfiguration } from './check.js'
import { COMPILED_VALIDATORS, COUNT_VALIDATORS, SOURCE_VALIDATORS } from './registry.js'

const VALID = `system: test-system
revision: 1
memory: 4 MiB
majorFrame: 500000
partitions:
  - name: alpha
    code: 16 KiB
    data: 16 KiB
    health: { ILLEGAL_INSTRUCTION: COLD }
    restartLimit: 2
  - name: beta
    code: 16 KiB
    data: 16 KiB
    console: true
    maintenance: true
    authority:
      readAudit: true
      system: [halt, maintenance, resume, selftest]
      control: [alpha]
      observe: [gamma]
  - name: gamma
    code: 16 KiB
    data: 16 KiB
  - name: spare
    code: 16 KiB
    data: 16 KiB
    idle: true
ports:
  - { name: altitude, kind: sampling, message: 16, refresh: 200000, from: alpha, to: [beta, gamma] }
  - { name: orders, kind: queuing, message: 32, depth: 4, from: beta, to: [alpha] }
notifications:
  - { name: alert, from: [alpha], to: beta, bits: 0x3 }
  - { name: alarm, from: [], to: beta, bits: 0xf0 }
shared:
  - { name: map, size: 8 KiB, write: [beta], read: [gamma] }
  - { name: log, size: 8 KiB, write: [gamma], read: [beta] }
schedule:
  - { partition: alpha, at: 0, length: 40000 }
  - { partition: beta, at: 40000, length: 300000 }
  - { partition: gamma, at: 400000, length: 40000 }
audit:
  records: 64
  select: [FLOW_DENIED, CALL_REFUSED]
  subjects: [alpha, gamma]
  onFull: overwrite
  alarms:
    - { event: FLOW_DENIED, count: 3, action: { notify: alarm, bits: 0x10 } }
    - { event: CALL_REFUSED, count: 9, action: stop }
policy:
  flows:
    - { from: alpha, to: beta }
    - { from: alpha, to: gamma }
    - { from: beta, to: alpha }
    - { from: beta, to: gamma }
    - { from: gamma, to: beta }
    - { from: beta, to: spare }
    - { from: spare, to: beta }
`

interface SourceMutation {
  readonly rule: string
  readonly title: string
  readonly edits: readonly Edit[]
  /** Stands in the line that the finding must name. */
  readonly at: string
}

type Edit = readonly [replace: string, by: string]

const wrong = (rule: string, title: string, replace: string, by: string, at = by, ...others: readonly Edit[]): SourceMutation => ({
  rule,
  title,
  edits: [[replace, by], ...others],
  at,
})

const ALARMS = VALID.slice(VALID.indexOf('  alarms:'), VALID.indexOf('policy:'))
const manyPorts = Array.from(
  { length: 65 },
  (_, i) => `  - { name: p${i}, kind: sampling, message: 1, refresh: 1, from: alpha, to: [beta] }\n`,
).join('')
const manyRegions = Array.from({ length: 65 }, (_, i) => `  - { name: r${i}, size: 4 KiB, write: [alpha], read: [beta] }\n`).join('')
const manyAlarms = Array.from({ length: 31 }, (_, i) => `    - { event: FLOW_DENIED, count: ${i + 10}, action: stop }\n`).join('')

const SOURCE_MUTATIONS: readonly SourceMutation[] = [
  wrong('object-counts', 'too many shared regions', 'shared:\n', `shared:\n${manyRegions}`, 'shared:'),
  wrong('name-form', 'an underscore in a name', 'system: test-system', 'system: test_system'),
  wrong('name-form', 'a name that is too long', 'system: test-system', `system: ${'a'.repeat(33)}`),
  wrong('name-form', 'a capital letter in a name', 'name: log', 'name: Log'),
  wrong('name-form', 'an empty name', 'name: log', "name: ''"),
  wrong('name-unique', 'a port that is called as a partition', 'name: orders', 'name: spare', 'kind: queuing'),
  wrong('system-name', 'a partition that is called as the system', 'system: test-system', 'system: alpha'),
  wrong('memory-size', 'too little memory', 'memory: 4 MiB', 'memory: 1 MiB'),
  wrong('memory-size', 'too much memory', 'memory: 4 MiB', 'memory: 1024 MiB'),
  wrong('memory-pages', 'half a page of memory', 'memory: 4 MiB', 'memory: 4196352'),
  wrong('memory-pages', 'a page and a byte of data', 'data: 16 KiB', 'data: 4097 B'),
  wrong('memory-pages', 'a shared region of a page and a byte', 'size: 8 KiB', 'size: 4097'),
  wrong('code-size', 'a partition without code', 'code: 16 KiB', 'code: 0 B'),
  wrong(
    'code-size',
    'code beyond its window',
    'code: 16 KiB\n    data: 16 KiB\n    idle',
    'code: 960 KiB\n    data: 16 KiB\n    idle',
    'code: 960 KiB',
  ),
  wrong('data-size', 'a partition without data', 'data: 16 KiB', 'data: 0 B'),
  wrong('data-size', 'data beyond its window', 'data: 16 KiB\n    idle', 'data: 1028 KiB\n    idle', 'data: 1028 KiB'),
  wrong('port-partitions', 'a port from nowhere', 'depth: 4, from: beta', 'depth: 4, from: delta'),
  wrong('port-partitions', 'a port to nowhere', 'to: [beta, gamma]', 'to: [beta, gamma, delta]'),
  wrong('port-receivers', 'a port without receiver', 'from: beta, to: [alpha]', 'from: beta, to: []'),
  wrong('port-receivers', 'a receiver named twice', 'to: [beta, gamma]', 'to: [beta, gamma, beta]'),
  wrong('port-direction', 'a port to its sender', 'to: [beta, gamma]', 'to: [beta, gamma, alpha]'),
  wrong('port-message', 'an empty message', 'message: 16', 'message: 0'),
  wrong('port-message', 'a message that is too large', 'message: 16', 'message: 1025'),
  wrong('queue-depth', 'a queue that holds nothing', 'depth: 4', 'depth: 0'),
  wrong('queue-depth', 'a queue that is too deep', 'depth: 4', 'depth: 257'),
  wrong('queue-receiver', 'a queue with two receivers', 'from: beta, to: [alpha]', 'from: beta, to: [alpha, gamma]'),
  wrong('sampling-refresh', 'a message that is never valid', 'refresh: 200000', 'refresh: 0'),
  wrong('notification-partitions', 'a notification to nowhere', 'to: beta, bits: 0xf0', 'to: delta, bits: 0xf0'),
  wrong('notification-partitions', 'a notification from nowhere', 'from: [alpha], to: beta', 'from: [alpha, delta], to: beta'),
  wrong('notification-senders', 'a sender named twice', 'from: [alpha], to: beta', 'from: [alpha, alpha], to: beta'),
  wrong('notification-senders', 'a notification to its sender', 'from: [alpha], to: beta', 'from: [alpha, beta], to: beta'),
  wrong('notification-used', 'a notification nobody sends', 'from: [alpha], to: beta', 'from: [], to: beta'),
  wrong('notification-bits', 'a notification without bits', 'bits: 0x3', 'bits: 0x0'),
  wrong('notification-bits', 'two notifications that share a bit', 'bits: 0xf0', 'bits: 0xf1'),
  wrong('shared-partitions', 'a region that nobody known reads', 'write: [beta], read: [gamma]', 'write: [beta], read: [gamma, delta]'),
  wrong('shared-partitions', 'a region that nobody known writes', 'write: [beta], read: [gamma]', 'write: [beta, delta], read: [gamma]'),
  wrong('shared-users', 'a region without writer', 'write: [beta], read: [gamma]', 'write: [], read: [gamma, beta]'),
  wrong('shared-users', 'a region of one partition', 'write: [beta], read: [gamma]', 'write: [beta], read: []'),
  wrong('shared-users', 'a writer that is listed as reader', 'write: [beta], read: [gamma]', 'write: [beta], read: [gamma, beta]'),
  wrong('frame-length', 'a frame that never ends', 'majorFrame: 500000', 'majorFrame: 1099511627777'),
  wrong(
    'window-partition',
    'a window of nobody',
    'at: 400000, length: 40000 }',
    'at: 400000, length: 40000 }\n  - { partition: delta, at: 450000, length: 20000 }',
    'partition: delta',
  ),
  wrong(
    'window-order',
    'windows out of order',
    '  - { partition: gamma, at: 400000, length: 40000 }',
    '  - { partition: gamma, at: 450000, length: 40000 }\n  - { partition: gamma, at: 400000, length: 40000 }',
    'at: 400000',
  ),
  wrong('window-overlap', 'two windows that share a cycle', 'at: 40000', 'at: 39999'),
  wrong('window-in-frame', 'a window that ends after the frame', 'at: 400000, length: 40000', 'at: 400000, length: 100001'),
  wrong('window-minimum', 'a window that the switch fills', 'at: 400000, length: 40000', 'at: 400000, length: 7999'),
  wrong('window-restart', 'a window in which its partition cannot start', 'at: 400000, length: 40000', 'at: 400000, length: 9000'),
  wrong('partition-scheduled', 'a partition that never runs', '    idle: true\n', '', 'name: spare'),
  wrong(
    'idle-unscheduled',
    'an idle partition with a window',
    'at: 40000, length: 300000 }',
    'at: 40000, length: 300000 }\n  - { partition: spare, at: 350000, length: 40000 }',
    'idle: true',
  ),
  wrong('authority-partitions', 'authority over nobody', 'observe: [gamma]', 'observe: [gamma, delta]'),
  wrong('authority-partitions', 'authority over oneself', 'observe: [gamma]', 'observe: [gamma, beta]'),
  wrong('authority-once', 'observation of what is controlled', 'observe: [gamma]', 'observe: [gamma, alpha]', 'authority:'),
  wrong('console-owner', 'two owners of the console', 'idle: true', 'idle: true\n    console: true', '    console: true'),
  wrong(
    'maintenance-partition',
    'two partitions for maintenance',
    'restartLimit: 2',
    'restartLimit: 2\n    maintenance: true\n    authority: { system: [halt] }',
    '    maintenance: true',
  ),
  wrong('maintenance-partition', 'maintenance in which nobody runs', '    maintenance: true\n', '', 'system: [halt', [
    'maintenance, resume, ',
    'maintenance, ',
  ]),
  wrong(
    'maintenance-return',
    'maintenance that nobody ends',
    'system: [halt, maintenance, resume, selftest]',
    'system: [maintenance]',
    'maintenance: true',
  ),
  wrong(
    'maintenance-scheduled',
    'maintenance by an idle partition',
    '    maintenance: true\n',
    '',
    'idle: true',
    ['maintenance, resume, ', 'maintenance, '],
    ['idle: true', 'idle: true\n    maintenance: true\n    authority: { system: [halt] }'],
  ),
  wrong(
    'resume-authority',
    'resuming by one who does not run',
    'restartLimit: 2',
    'restartLimit: 2\n    authority: { system: [resume] }',
    'authority: { system',
  ),
  ...['HALT', 'RESTART_MODULE', 'MAINTENANCE', '{ action: LOG, escalate: { count: 2, within: 9, action: HALT } }'].map((answer) =>
    wrong(
      'health-module',
      `an error that leads to ${answer} by one who may not`,
      'health: { ILLEGAL_INSTRUCTION: COLD }',
      `health: { ILLEGAL_INSTRUCTION: COLD, ILLEGAL_REQUEST: ${answer} }`,
    ),
  ),
  wrong('health-ignore', 'a fault that nobody learns of', 'ILLEGAL_INSTRUCTION: COLD', 'ILLEGAL_INSTRUCTION: COLD, HARDWARE_FAULT: IGNORE'),
  ...['count: 1, within: 9', 'count: 17, within: 9', 'count: 2, within: 0'].map((after) =>
    wrong(
      'health-escalation',
      `an escalation after ${after}`,
      'ILLEGAL_INSTRUCTION: COLD',
      `ILLEGAL_INSTRUCTION: { action: COLD, escalate: { ${after}, action: IDLE } }`,
    ),
  ),
  ...['COLD', 'LOG'].map((action) =>
    wrong(
      'health-severity',
      `an escalation from COLD to ${action}`,
      'ILLEGAL_INSTRUCTION: COLD',
      `ILLEGAL_INSTRUCTION: { action: COLD, escalate: { count: 2, within: 9, action: ${action} } }`,
    ),
  ),
  wrong('restart-limit', 'a restart that is never allowed', 'restartLimit: 2', 'restartLimit: 0', 'health:'),
  wrong('restart-limit', 'restarts without end', 'restartLimit: 2', 'restartLimit: 1000001'),
  wrong('restart-used', 'a limit of restarts that never happen', 'idle: true', 'idle: true\n    restartLimit: 1', '    restartLimit: 1'),
  wrong('audit-capacity', 'an audit ring for nothing', 'records: 64', 'records: 3'),
  wrong('audit-capacity', 'an audit ring that is too large', 'records: 64', 'records: 4097'),
  wrong(
    'audit-boot',
    'a ring that the start fills',
    'records: 64\n  select: [FLOW_DENIED, CALL_REFUSED]\n  subjects: [alpha, gamma]\n  onFull: overwrite',
    'records: 6\n  select: [FLOW_DENIED, CALL_REFUSED]\n  subjects: [alpha, gamma]\n  onFull: halt',
    'records: 6',
  ),
  wrong('audit-subjects', 'an audited stranger', 'subjects: [alpha, gamma]', 'subjects: [alpha, gamma, delta]'),
  wrong(
    'audit-readable',
    'a reader of nothing',
    'select: [FLOW_DENIED, CALL_REFUSED]',
    'select: []',
    'readAudit',
    [ALARMS, '  alarms: []\n'],
    ['name: alarm, from: []', 'name: alarm, from: [alpha]'],
  ),
  wrong('audit-reader', 'a ring that nobody empties', 'onFull: overwrite', 'onFull: halt', 'onFull: halt', [
    'readAudit: true',
    'readAudit: false',
  ]),
  wrong('alarm-event', 'an alarm about what is not recorded', 'event: CALL_REFUSED', 'event: MEMORY_VIOLATION'),
  wrong('alarm-cause', 'an alarm about what the kernel does', 'event: CALL_REFUSED', 'event: HALT', 'event: HALT', [
    '[FLOW_DENIED, CALL_REFUSED]',
    '[FLOW_DENIED, HALT]',
  ]),
  wrong('alarm-count', 'an alarm without cause', 'count: 9', 'count: 0'),
  wrong(
    'alarm-unique',
    'two alarms for one cause',
    '  alarms:\n',
    '  alarms:\n    - { event: FLOW_DENIED, count: 3, action: stop }\n',
    'action: { notify',
  ),
  wrong('object-counts', 'too many alarms', '  alarms:\n', `  alarms:\n${manyAlarms}`, 'alarms:'),
  wrong('alarm-notification', 'an alarm to nobody', 'action: { notify: alarm', 'action: { notify: alert-two', 'notify: alert-two', [
    'name: alarm, from: []',
    'name: alarm, from: [alpha]',
  ]),
  wrong('alarm-notification', 'an alarm with foreign bits', 'bits: 0x10 }', 'bits: 0x100 }'),
  wrong('alarm-notification', 'an alarm without bits', 'bits: 0x10 }', 'bits: 0x0 }'),
  wrong(
    'flow-partitions',
    'a flow to nobody',
    '- { from: alpha, to: gamma }',
    '- { from: alpha, to: gamma }\n    - { from: alpha, to: delta }',
    'to: delta',
  ),
  wrong(
    'flow-partitions',
    'a flow to oneself',
    '- { from: alpha, to: gamma }',
    '- { from: alpha, to: gamma }\n    - { from: alpha, to: alpha }',
    'from: alpha, to: alpha',
  ),
  wrong(
    'flow-once',
    'a flow listed twice',
    '    - { from: spare, to: beta }\n',
    '    - { from: spare, to: beta }\n    - { from: spare, to: beta } # again\n',
    '# again',
  ),
  wrong('memory-fits', 'partitions that memory does not hold', 'data: 16 KiB\n    idle', 'data: 1024 KiB\n    idle', 'memory: 2 MiB', [
    'memory: 4 MiB',
    'memory: 2 MiB',
  ]),
  wrong('shared-place', 'a shared region outside its part', 'size: 8 KiB, write: [beta]', 'size: 8 KiB, at: 0x100000, write: [beta]'),
  wrong('shared-place', 'a shared region inside a page', 'size: 8 KiB, write: [beta]', 'size: 8 KiB, at: 0x280800, write: [beta]'),
  wrong(
    'shared-place',
    'a shared region beyond its part',
    'size: 8 KiB, write: [beta]',
    `size: 8 KiB, at: ${SHARED_LIMIT - 4096}, write: [beta]`,
  ),
  wrong(
    'shared-overlap',
    'two shared regions in one place',
    'size: 8 KiB, write: [gamma]',
    'size: 8 KiB, at: 0x201000, write: [gamma]',
    'at: 0x201000',
    ['size: 8 KiB, write: [beta]', 'size: 8 KiB, at: 0x200000, write: [beta]'],
  ),
  wrong('self-test-window', 'a self-test that fits no window', 'at: 40000, length: 300000', 'at: 40000, length: 100000', 'system: [halt'),
  wrong('capability-count', 'too many capabilities', 'ports:\n', `ports:\n${manyPorts}`, 'name: alpha'),
  wrong('flow-declared', 'a flow the policy does not list', '    - { from: alpha, to: gamma }\n', '', 'name: altitude'),
  wrong(
    'flow-used',
    'a flow that nothing carries',
    '- { from: alpha, to: gamma }',
    '- { from: alpha, to: gamma }\n    - { from: gamma, to: alpha }',
    'from: gamma, to: alpha',
  ),
]

function refusalOf(text: string): ConfigurationError {
  try {
    compileConfiguration(readSource('system.yaml', text))
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  return assert.fail('was accepted')
}

describe('Validators of what was written', () => {
  test('accept the system that the mutations start from', () => {
    assert.equal(compileConfiguration(readSource('system.yaml', VALID)).partitions.length, 4)
  })

  for (const { rule, title, edits, at } of SOURCE_MUTATIONS)
    test(`${rule} refuses ${title}`, () => {
      const text = edits.reduce((valid, [replace, by]) => {
        assert.ok(valid.includes(replace), `the valid system contains ${replace}`)
        return valid.replace(replace, by)
      }, VALID)
      const error = refusalOf(text)
      assert.equal(error.code, 'rule')
      const [first, ...others] = error.findings
      assert.equal(first?.rule, rule, error.message)
      assert.ok((text.split('\n')[first.line - 1] ?? '').includes(at), `${error.message} stands at ${at}`)
      assert.match(error.message, new RegExp(`^system\\.yaml:\\d+: ${rule}: [^\\n]+; remedy: [^\\n]+$`))
      assert.ok(
        others.every((other) => other.rule === rule),
        `${rule} alone finds it, not ${others.map((other) => other.rule).join()}`,
      )
    })
})

const onPartition = (configuration: Configuration, id: number, change: Partial<PartitionConfiguration>): Configuration => ({
  ...configuration,
  partitions: configuration.partitions.map((partition, i) => (i === id ? { ...partition, ...change } : partition)),
})

/** What no source can lead to: the compiler's own work, changed behind its back. */
const COMPILED_MUTATIONS: readonly (readonly [string, string, (valid: Configuration) => Configuration])[] = [
  ['memory-disjoint', 'data that overlaps code', (valid) => onPartition(valid, 1, { data: valid.partitions[1]?.code ?? assert.fail() })],
  ['memory-disjoint', 'data inside a page', (valid) => onPartition(valid, 3, { data: { address: 0x802f_0800, bytes: 4096 } })],
  [
    'memory-after-kernel',
    'data in the memory of the kernel',
    (valid) => onPartition(valid, 3, { data: { address: 0x8001_0000, bytes: 4096 } }),
  ],
  [
    'image-size',
    'an image that is not as large as its code',
    (valid) => onPartition(valid, 0, { code: { address: 0x802f_0000, bytes: 4096 } }),
  ],
  [
    'images-contiguous',
    'an image among other memory',
    (valid) => onPartition(valid, 3, { image: { address: 0x802f_0000, bytes: 16_384 } }),
  ],
  ['kernel-data', 'kernel data within the vector', (valid) => ({ ...valid, kernelData: { address: 0x8000_1000, bytes: 0xf_f000 } })],
  ['kernel-data', 'kernel data smaller than its records', (valid) => ({ ...valid, kernelData: { address: 0x8001_0000, bytes: 0x1000 } })],
  ['kernel-data-size', 'kernel data without end', (valid) => ({ ...valid, kernelData: { address: 0x8001_0000, bytes: 0x0401_0000 } })],
]

describe('Validators of what was compiled', () => {
  const source = readSource('system.yaml', VALID)
  const valid = compileConfiguration(source)

  for (const [rule, title, change] of COMPILED_MUTATIONS)
    test(`${rule} refuses ${title}`, () => {
      const findings = findingsInConfiguration(source, change(valid))
      assert.ok(
        findings.some((finding) => finding.rule === rule && finding.line > 0),
        JSON.stringify(findings),
      )
    })

  test('find nothing in what the compiler makes', () => {
    assert.deepEqual(findingsInConfiguration(source, valid), [])
  })
})

describe('The registry of validators', () => {
  const all = [...COUNT_VALIDATORS, ...SOURCE_VALIDATORS, ...COMPILED_VALIDATORS]

  test('gives every validator a name of its own, a rule and a remedy', () => {
    assert.equal(new Set(all.map(({ name }) => name)).size, all.length)
    for (const { name, states, remedy } of all) {
      assert.match(name, /^[a-z]+(-[a-z]+)*$/)
      assert.match(states, /^[A-Z].*\.$/, name)
      assert.match(remedy, /^[a-z].*[^.]$/, name)
    }
  })

  test('has a mutation here for every validator, and no mutation for another', () => {
    const mutated = new Set([...SOURCE_MUTATIONS.map(({ rule }) => rule), ...COMPILED_MUTATIONS.map(([rule]) => rule)])
    assert.deepEqual([...mutated].sort(), all.map(({ name }) => name).sort())
  })
})
