import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { ArrayPort } from '../../../test/kernel/array-port.js'
import { AUDIT_EVENTS, AUDIT_RECORD_BYTES, NO_SUBJECT } from '../../abi/audit.js'
import { RETURN_CODES } from '../../abi/return-codes.js'
import { compileConfiguration } from '../config/compiler/compile.js'
import type { AuditConfiguration } from '../config/configuration.js'
import { readSource } from '../config/source/system-source.js'
import { controlOf, type Kernel } from '../kernel.js'
import { kernelLayout } from '../memory/kernel-layout.js'
import { KernelMemory } from '../memory/kernel-memory.js'
import { AUDIT_KEY, LEAST_KERNEL_DATA } from '../memory/physical-map.js'
import { appendRecord, extractRecords, type AuditEntry } from './audit-trail.js'

const CONFIGURATION = compileConfiguration(
  readSource(
    'audited.yaml',
    `system: audited
revision: 1
memory: 4 MiB
majorFrame: 40000
partitions:
  - { name: a, code: 4 KiB, data: 4 KiB }
  - { name: b, code: 4 KiB, data: 4 KiB }
schedule:
  - { partition: a, at: 0, length: 20000 }
  - { partition: b, at: 20000, length: 20000 }
`,
  ),
)

function kernelWith(audit: Partial<AuditConfiguration>): Kernel & { readonly port: ArrayPort } {
  const configuration = {
    ...CONFIGURATION,
    audit: { ...CONFIGURATION.audit, capacity: 4, select: [...AUDIT_EVENTS], subjects: [0, 1], ...audit },
  }
  const port = new ArrayPort([LEAST_KERNEL_DATA, AUDIT_KEY])
  const layout = kernelLayout(configuration)
  return { port, memory: new KernelMemory(port, 0), configuration, layout, timelines: [], hostedDigest: new Uint8Array(32) }
}

const EVENT: AuditEntry = { event: 'FLOW_DENIED', subject: 0 }
const sequenceOf = (record: Uint8Array): number => Number(new DataView(record.buffer, record.byteOffset).getBigUint64(0, true))
const kept = (kernel: Kernel, cursor = 0, count = 16): readonly number[] => extractRecords(kernel, cursor, count).records.map(sequenceOf)
const append = (kernel: Kernel, times: number) => Array.from({ length: times }, () => appendRecord(kernel, EVENT))

describe('Selection, SKPP FAU_SEL.1', () => {
  test('an event that is not selected leaves nothing', () => {
    const kernel = kernelWith({ select: ['HALT'] })
    assert.equal(appendRecord(kernel, EVENT), 'not-selected')
    assert.deepEqual(kept(kernel), [])
  })

  test('an event of a subject that is not selected leaves nothing', () => {
    const kernel = kernelWith({ subjects: [1] })
    assert.equal(appendRecord(kernel, EVENT), 'not-selected')
    assert.equal(appendRecord(kernel, { ...EVENT, subject: 1 }), 'recorded')
    assert.deepEqual(kept(kernel), [0])
  })

  test('an event of the kernel itself cannot be deselected by subject', () =>
    assert.equal(appendRecord(kernelWith({ subjects: [] }), { event: 'HALT' }), 'recorded'))
})

describe('A full trail, SKPP FAU_GEN.1', () => {
  test('that loses: the new record is lost and counted, the old ones stay', () => {
    const kernel = kernelWith({ onFull: 'lose' })
    assert.deepEqual(append(kernel, 6), [...Array<string>(4).fill('recorded'), 'lost', 'lost'])
    assert.deepEqual(kept(kernel), [0, 1, 2, 3])
    assert.equal(extractRecords(kernel, 0, 1).lost, 2)
  })

  test('that halts: the new record finds no room, and its loss is counted', () => {
    const kernel = kernelWith({ onFull: 'halt' })
    assert.deepEqual(append(kernel, 5), [...Array<string>(4).fill('recorded'), 'full'])
    assert.deepEqual(kept(kernel), [0, 1, 2, 3])
    assert.equal(extractRecords(kernel, 0, 1).lost, 1)
  })

  test('that overwrites: the oldest record goes and is counted', () => {
    const kernel = kernelWith({ onFull: 'overwrite' })
    assert.deepEqual(append(kernel, 6), Array<string>(6).fill('recorded'))
    assert.deepEqual(kept(kernel), [2, 3, 4, 5])
    assert.equal(extractRecords(kernel, 0, 1).lost, 2)
  })

  test('has room again for what the reader has passed', () => {
    const kernel = kernelWith({ onFull: 'halt' })
    append(kernel, 4)
    assert.deepEqual(kept(kernel, 3), [3])
    assert.deepEqual(append(kernel, 4), ['recorded', 'recorded', 'recorded', 'full'])
    assert.deepEqual(kept(kernel), [3, 4, 5, 6])
  })
})

describe('Reading, SKPP FAU_SAR.1', () => {
  test('a cursor beyond the newest record releases what is there and nothing that is to come', () => {
    const kernel = kernelWith({})
    append(kernel, 2)
    assert.deepEqual(kept(kernel, 100), [])
    append(kernel, 1)
    assert.deepEqual(kept(kernel), [2])
  })

  test('a cursor cannot be turned back to what was released', () => {
    const kernel = kernelWith({})
    append(kernel, 3)
    kept(kernel, 2)
    assert.deepEqual(kept(kernel, 0), [2])
  })

  test('a record lies as kernel/abi states it', () => {
    const kernel = kernelWith({})
    kernel.port.time = 1234
    appendRecord(kernel, { event: 'FLOW_DENIED', subject: 1, object: 7, outcome: 'PERM', detail: 6n, address: 0xffff_ffff_ffff_ffffn })
    appendRecord(kernel, { event: 'HALT' })
    const [first, second] = extractRecords(kernel, 0, 2).records.map((record) => new DataView(record.buffer, record.byteOffset))
    assert.equal(first!.byteLength, AUDIT_RECORD_BYTES)
    assert.ok(first!.getBigUint64(8, true) >= 1234n)
    assert.deepEqual(
      [16, 20, 24, 28].map((offset) => first!.getUint32(offset, true)),
      [AUDIT_EVENTS.indexOf('FLOW_DENIED'), 1, 7, RETURN_CODES.PERM],
    )
    assert.deepEqual([first!.getBigUint64(32, true), first!.getBigUint64(40, true)], [6n, 2n ** 64n - 1n])
    assert.deepEqual(
      [20, 24, 28].map((offset) => second!.getUint32(offset, true)),
      [NO_SUBJECT, NO_SUBJECT, 0],
    )
  })
})

/** What the trail must hold, kept as a plain list. */
class Model {
  readonly records: number[] = []
  next = 0
  lost = 0

  constructor(
    private readonly capacity: number,
    private readonly onFull: AuditConfiguration['onFull'],
  ) {}

  append(): void {
    if (this.records.length === this.capacity) {
      this.lost += 1
      if (this.onFull !== 'overwrite') return
      this.records.shift()
    }
    this.records.push(this.next++)
  }

  read(cursor: number, count: number): number[] {
    while (this.records.length > 0 && this.records[0]! < cursor) this.records.shift()
    return this.records.slice(0, count)
  }
}

test('The trail keeps what a plain list would, in order, with every loss counted', () =>
  fc.assert(
    fc.property(
      fc.constantFrom('overwrite' as const, 'lose' as const, 'halt' as const),
      fc.integer({ min: 1, max: 6 }),
      fc.array(
        fc.oneof(fc.constant('append' as const), fc.record({ cursor: fc.nat({ max: 30 }), count: fc.integer({ min: 1, max: 5 }) })),
        {
          maxLength: 60,
        },
      ),
      (onFull, capacity, steps) => {
        const kernel = kernelWith({ onFull, capacity })
        const model = new Model(capacity, onFull)
        for (const step of steps) {
          if (step === 'append') {
            model.append()
            appendRecord(kernel, EVENT)
          } else {
            const { records, lost } = extractRecords(kernel, step.cursor, step.count)
            assert.deepEqual(records.map(sequenceOf), model.read(step.cursor, step.count))
            assert.equal(lost, model.lost)
          }
        }
        assert.equal(controlOf(kernel).get('auditNext'), model.next)
      },
    ),
    { seed: 61, numRuns: 200 },
  ))
