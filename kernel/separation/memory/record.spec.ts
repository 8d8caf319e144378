import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { ArrayPort } from '../../../test/kernel/array-port.js'
import { KernelIntegrityError, KernelMemory } from './kernel-memory.js'
import { CONTEXT_BYTES, ControlRecord, PartitionRecord, QueueRecord, QueueSlot, SamplingRecord } from './kernel-records.js'
import { record, type FieldKind } from './record.js'

const SIZE: Readonly<Record<FieldKind, number>> = { u32: 4, time: 8, u64: 8 }
const BASE = 0x1000

const memoryOf = (bytes: number): { readonly port: ArrayPort; readonly memory: KernelMemory } => {
  const port = new ArrayPort([{ address: BASE, bytes }])
  return { port, memory: new KernelMemory(port, 0) }
}

describe('Record layouts', () => {
  test('a record outside the memory is refused by the hart, and no value is made up', () => {
    const { memory } = memoryOf(8)
    const view = record({ a: 'u32' }).at(memory, 0x2000)
    assert.throws(() => view.get('a'), KernelIntegrityError)
    assert.throws(() => {
      view.set({ a: 1 })
    }, KernelIntegrityError)
  })

  test('fields are aligned to their size, apart, in order, and inside the record', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom<FieldKind>('u32', 'time', 'u64'), { minLength: 1, maxLength: 12 }), (kinds) => {
        const fields = Object.fromEntries(kinds.map((kind, index) => [`f${index}`, kind]))
        const layout = record(fields)
        let free = 0
        kinds.forEach((kind, index) => {
          const offset = layout.offsets[`f${index}`] ?? NaN
          assert.equal(offset % SIZE[kind], 0)
          assert.ok(offset >= free)
          free = offset + SIZE[kind]
        })
        assert.ok(free <= layout.bytes)
        assert.equal(layout.bytes % 8, 0)
      }),
      { seed: 11, numRuns: 200 },
    ))

  test('setting one field changes no byte of another', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<FieldKind>('u32', 'time', 'u64'), { minLength: 2, maxLength: 8 }),
        fc.nat(),
        fc.nat({ max: 0xffff_ffff }),
        (kinds, pick, value) => {
          const layout = record(Object.fromEntries(kinds.map((kind, index) => [`f${index}`, kind])))
          const { port, memory } = memoryOf(layout.bytes)
          port.raw(BASE, layout.bytes).fill(0xa5)
          const name = `f${pick % kinds.length}`
          const kind = kinds[pick % kinds.length] ?? 'u32'
          layout.at(memory, BASE).set({ [name]: kind === 'u64' ? BigInt(value) : value })
          const expected = new Uint8Array(layout.bytes).fill(0xa5)
          const view = new DataView(expected.buffer)
          if (kind === 'u32') view.setUint32(layout.offsets[name]!, value, true)
          else view.setBigUint64(layout.offsets[name]!, BigInt(value), true)
          assert.deepEqual(Uint8Array.from(port.raw(BASE, layout.bytes)), expected)
          assert.equal(Number(layout.at(memory, BASE).get(name)), value)
        },
      ),
      { seed: 12, numRuns: 200 },
    ))

  for (const [name, layout, offsets] of [
    [
      'ControlRecord',
      ControlRecord,
      {
        state: 0,
        haltReason: 4,
        slot: 8,
        frameStart: 16,
        frame: 24,
        schedule: 32,
        nextSchedule: 36,
        order: 40,
        auditNext: 48,
        auditOldest: 56,
        auditLost: 64,
      },
    ],
    ['PartitionRecord', PartitionRecord, { mode: 0, startMode: 4, startCondition: 8, restarts: 12, pending: 16 }],
    ['SamplingRecord', SamplingRecord, { writtenAt: 0, length: 8, written: 12 }],
    ['QueueRecord', QueueRecord, { head: 0, count: 4, overflows: 8 }],
    ['QueueSlot', QueueSlot, { writtenAt: 0, length: 8 }],
  ] as const)
    test(`${name} lies as the crash analyst knows it`, () => assert.deepEqual(layout.offsets, offsets))

  test('a saved context holds pc and x1 to x31, 8 bytes each', () => assert.equal(CONTEXT_BYTES, 32 * 8))
})
