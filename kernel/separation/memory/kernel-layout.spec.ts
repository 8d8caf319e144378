import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { AUDIT_RECORD_BYTES } from '../../abi/audit.js'
import { PAGE_BYTES } from '../../common/units.js'
import { compileConfiguration } from '../config/compiler/compile.js'
import type { AlarmRule, Configuration, PartitionConfiguration, PortConfiguration } from '../config/configuration.js'
import { readSource } from '../config/source/system-source.js'
import { kernelLayout, portBytes } from './kernel-layout.js'
import { AlarmCounter, CONTEXT_BYTES, ControlRecord, PartitionRecord, SemaphoreRecord, ThreadRecord } from './kernel-records.js'

const ONE = compileConfiguration(
  readSource(
    'one.yaml',
    `system: one
revision: 1
memory: 4 MiB
majorFrame: 20000
partitions: [{ name: a, code: 4 KiB, data: 4 KiB }]
schedule: [{ partition: a, at: 0, length: 20000 }]
`,
  ),
)
const PARTITION: PartitionConfiguration = ONE.partitions[0]!
const ALARM: AlarmRule = { event: 'FLOW_DENIED', count: 1, then: [], action: { kind: 'halt' } }

const port = fc.oneof(
  fc.record({ name: fc.constant('s'), kind: fc.constant('sampling' as const), messageBytes: fc.nat({ max: 1024 }), refresh: fc.nat() }),
  fc.record({
    name: fc.constant('q'),
    kind: fc.constant('queuing' as const),
    messageBytes: fc.nat({ max: 256 }),
    depth: fc.integer({ min: 1, max: 16 }),
  }),
)

const configuration = fc
  .record({
    partitions: fc.integer({ min: 1, max: 24 }),
    ports: fc.array<PortConfiguration>(port, { maxLength: 40 }),
    capacity: fc.integer({ min: 4, max: 1024 }),
    alarms: fc.nat({ max: 32 }),
  })
  .map(({ partitions, ports, capacity, alarms }): Configuration => ({
    ...ONE,
    partitions: Array.from({ length: partitions }, () => PARTITION),
    ports,
    audit: { ...ONE.audit, capacity, alarms: Array.from({ length: alarms }, () => ALARM) },
  }))

interface Extent {
  readonly what: string
  readonly address: number
  readonly bytes: number
}

function extents(system: Configuration): readonly Extent[] {
  const layout = kernelLayout(system)
  const pages = layout.tables.flatMap((tables, index) =>
    Object.entries(tables).map(([name, address]): Extent => ({
      what: `${name} of ${index}`,
      address: address as number,
      bytes: PAGE_BYTES,
    })),
  )
  return [
    { what: 'control', address: layout.control, bytes: ControlRecord.bytes },
    ...layout.partitions.map((address, i) => ({ what: `partition ${i}`, address, bytes: PartitionRecord.bytes })),
    ...layout.threads.flatMap((threads, i) =>
      threads.flatMap(({ context, record }, thread) => [
        { what: `context ${thread} of ${i}`, address: context, bytes: CONTEXT_BYTES },
        { what: `thread ${thread} of ${i}`, address: record, bytes: ThreadRecord.bytes },
      ]),
    ),
    ...layout.semaphores.flatMap((semaphores, i) =>
      semaphores.map((address, index) => ({ what: `semaphore ${index} of ${i}`, address, bytes: SemaphoreRecord.bytes })),
    ),
    { what: 'idle context', address: layout.idleContext, bytes: CONTEXT_BYTES },
    ...layout.ports.map((address, i) => ({ what: `port ${i}`, address, bytes: portBytes(system.ports[i]!) })),
    {
      what: 'alarm counters',
      address: layout.alarmCounters,
      bytes: AlarmCounter.bytes * system.audit.alarms.length * system.partitions.length,
    },
    { what: 'audit ring', address: layout.auditRing, bytes: system.audit.capacity * AUDIT_RECORD_BYTES },
    { what: 'kernel middle', address: layout.kernelMiddle, bytes: PAGE_BYTES },
    { what: 'kernel leaves', address: layout.kernelLeaves, bytes: PAGE_BYTES },
    ...pages,
  ]
}

describe('Layout of kernel data', () => {
  test('records lie in kernel data, apart from one another, and 8-byte aligned', () =>
    fc.assert(
      fc.property(configuration, (system) => {
        let free = system.kernelData.address
        for (const { what, address, bytes } of [...extents(system)].sort((a, b) => a.address - b.address)) {
          assert.ok(address >= free, `${what} overlaps what lies before it`)
          assert.equal(address % 8, 0, what)
          free = address + bytes
        }
        assert.ok(free <= kernelLayout(system).end)
      }),
      { seed: 31, numRuns: 150 },
    ))

  test('page tables begin on pages, and every partition has tables of its own', () =>
    fc.assert(
      fc.property(configuration, (system) => {
        const layout = kernelLayout(system)
        const pages = [layout.kernelMiddle, layout.kernelLeaves, ...layout.tables.flatMap((tables) => Object.values(tables) as number[])]
        assert.ok(pages.every((address) => address % PAGE_BYTES === 0))
        assert.equal(new Set(pages).size, 2 + 4 * system.partitions.length)
      }),
      { seed: 32, numRuns: 50 },
    ))

  test('is the same for the same configuration: the kernel can compute it again at every trap', () =>
    assert.deepEqual(kernelLayout(ONE), kernelLayout(structuredClone(ONE))))

  test('a port has room for its largest message in every slot', () => {
    const sampling = { name: 's', kind: 'sampling', messageBytes: 17, refresh: 1 } as const
    const queuing = { name: 'q', kind: 'queuing', messageBytes: 17, depth: 3 } as const
    assert.equal(portBytes(sampling), 16 + 24)
    assert.equal(portBytes(queuing), 16 + 3 * (16 + 24))
  })
})
