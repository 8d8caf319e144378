import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileConfiguration } from '../compiler/compile.js'
import type { Configuration, PartitionConfiguration } from '../configuration.js'
import { flowGraph } from './flow-graph.js'
import { readSource } from '../source/system-source.js'

/** Three partitions that have nothing to do with one another; each case adds one thing. */
const APART = compileConfiguration(
  readSource(
    'apart.yaml',
    `system: apart
revision: 1
memory: 4 MiB
majorFrame: 60000
partitions:
  - { name: a, code: 4 KiB, data: 4 KiB }
  - { name: b, code: 4 KiB, data: 4 KiB }
  - { name: c, code: 4 KiB, data: 4 KiB }
schedule:
  - { partition: a, at: 0, length: 20000 }
  - { partition: b, at: 20000, length: 20000 }
  - { partition: c, at: 40000, length: 20000 }
`,
  ),
)

const withPartition = (id: number, change: Partial<PartitionConfiguration>): Configuration => ({
  ...APART,
  partitions: APART.partitions.map((partition, i) => (i === id ? { ...partition, ...change } : partition)),
})

function withPort(kind: 'sampling' | 'queuing'): Configuration {
  const send = { kind: 'port', object: 0, send: true, receive: false } as const
  const receive = { kind: 'port', object: 0, send: false, receive: true } as const
  return {
    ...APART,
    ports: [kind === 'sampling' ? { name: 'p', messageBytes: 8, kind, refresh: 1 } : { name: 'p', messageBytes: 8, kind, depth: 2 }],
    partitions: APART.partitions.map((partition, i) => ({ ...partition, capabilities: i === 0 ? [send] : i === 1 ? [receive] : [] })),
  }
}

const region = (writers: readonly number[], readers: readonly number[]): Configuration => ({
  ...APART,
  sharedRegions: [
    {
      name: 'm',
      memory: { address: 0x8020_0000, bytes: 4096 },
      maps: [...writers, ...readers].map((partition) => ({ partition, at: 0x20_0000, write: writers.includes(partition) })),
    },
  ],
})

const notification = (sender: number | undefined): Configuration => ({
  ...(sender === undefined ? APART : withPartition(sender, { capabilities: [{ kind: 'notification', object: 0 }] })),
  notifications: [{ name: 'n', receiver: 2, mask: 1n }],
})

const alarm = notification(undefined)

const CASES: readonly (readonly [string, Configuration, readonly string[]])[] = [
  ['nothing shared has no edge', APART, []],
  ['a sampling port leads from sender to receiver', withPort('sampling'), ['a>b port']],
  ['a queuing port tells its sender how far it was read', withPort('queuing'), ['a>b port', 'b>a port-feedback']],
  ['a notification leads to its receiver', notification(0), ['a>c notification']],
  ['a shared region leads from its writer to its reader', region([0], [2]), ['a>c shared-region']],
  ['a shared region leads both ways between writers', region([0, 1], []), ['a>b shared-region', 'b>a shared-region']],
  ['a region that everyone only reads carries nothing', region([], [0, 1, 2]), []],
  [
    'observation leads from the observed',
    withPartition(0, { capabilities: [{ kind: 'partition', object: 1, control: false }] }),
    ['b>a observation'],
  ],
  [
    'control leads both ways',
    withPartition(0, { capabilities: [{ kind: 'partition', object: 1, control: true }] }),
    ['a>b control', 'b>a observation'],
  ],
  [
    'a restart of the module reaches everyone',
    withPartition(1, { systemControl: ['restart'] }),
    ['b>a system-control', 'b>c system-control'],
  ],
  ['a halt of the module reaches nobody who could notice', withPartition(1, { systemControl: ['halt'] }), []],
  [
    'the audit trail leads from its subjects to its reader',
    withPartition(2, { readAudit: true }),
    ['a>c audit-reading', 'b>c audit-reading'],
  ],
  [
    'the audit trail leads from who is no subject, but makes the kernel report',
    {
      ...withPartition(2, { readAudit: true }),
      audit: { ...APART.audit, subjects: [] },
      partitions: withPartition(2, { readAudit: true }).partitions.map((p, i) => (i === 0 ? { ...p, systemControl: ['selftest'] } : p)),
    },
    ['a>c audit-reading'],
  ],
  [
    'two readers of the audit trail tell each other what they have released',
    {
      ...APART,
      audit: { ...APART.audit, subjects: [] },
      partitions: APART.partitions.map((partition, i) => ({ ...partition, readAudit: i < 2 })),
    },
    ['a>b audit-release', 'b>a audit-release'],
  ],
  [
    'an alarm leads from everyone to who is notified',
    {
      ...alarm,
      audit: {
        ...alarm.audit,
        subjects: [],
        alarms: [{ event: 'FLOW_DENIED', count: 1, then: [], action: { kind: 'notify', notification: 0, bits: 1n } }],
      },
    },
    ['a>c alarm', 'b>c alarm'],
  ],
  [
    'an alarm that stops its subject tells nobody',
    { ...APART, audit: { ...APART.audit, alarms: [{ event: 'FLOW_DENIED', count: 1, then: [], action: { kind: 'stop' } }] } },
    [],
  ],
]

describe('The graph of flows, SKPP FDP_IFC.2', () => {
  for (const [title, configuration, expected] of CASES)
    test(title, () => {
      const name = (id: number) => configuration.partitions[id]?.name ?? '?'
      const found = flowGraph(configuration).flatMap(({ from, to, through }) =>
        through.map(({ kind }) => `${name(from)}>${name(to)} ${kind}`),
      )
      assert.deepEqual(found, expected)
    })

  test('an edge names everything that carries it', () => {
    const both: Configuration = { ...withPort('sampling'), sharedRegions: region([0], [1]).sharedRegions }
    assert.deepEqual(flowGraph(both), [
      {
        from: 0,
        to: 1,
        through: [
          { kind: 'port', object: 0, label: 'port p' },
          { kind: 'shared-region', object: 0, label: 'shared region m' },
        ],
      },
    ])
  })
})
