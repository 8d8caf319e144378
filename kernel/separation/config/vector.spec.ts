import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { AUDIT_EVENTS } from '../../abi/audit.js'
import { THREAD_KINDS } from '../../abi/threads.js'
import { HEALTH_ACTIONS } from '../../abi/health.js'
import { PAGE_BYTES } from '../../common/units.js'
import { partitionFrames } from '../memory/physical-map.js'
import { type Configuration, SYSTEM_OPERATIONS } from './configuration.js'
import { configurationDigest, decodeVector, encodeVector, VECTOR_HEADER_BYTES, vectorLength } from './vector.js'

const SEED = 20_240_105
const MEBIBYTE = 1024 * 1024

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,5}){0,2}$/)
const time = fc.integer({ min: 1, max: 2 ** 40 })
const bits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const u32 = fc.integer({ min: 0, max: 0xffff_ffff })
const pages = fc.integer({ min: 1, max: 32 })
const action = fc.constantFrom(...HEALTH_ACTIONS)
const response = fc.record({
  action,
  escalation: fc.option(fc.record({ count: fc.integer({ min: 0, max: 16 }), within: time, action }), { nil: undefined }),
})
const health = fc.record({
  MEMORY_VIOLATION: response,
  STACK_OVERFLOW: response,
  ILLEGAL_INSTRUCTION: response,
  HARDWARE_FAULT: response,
  ILLEGAL_REQUEST: response,
  APPLICATION_ERROR: response,
  NUMERIC_ERROR: response,
  DEADLINE_MISSED: response,
})
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 4 })

/** Enough for the largest of these configurations. */
const KERNEL_DATA = { address: 0x8001_0000, bytes: 0x3f_0000 }

const thread = fc.record({
  name,
  kind: fc.constantFrom(...THREAD_KINDS),
  priority: fc.nat(255),
  period: time,
  deadline: time,
})
const units = fc.nat(0xffff)
const semaphore = fc.record({ name, initial: units, maximum: units, ceiling: fc.option(fc.nat(255), { nil: undefined }) })

const window = (id: fc.Arbitrary<number>) => fc.record({ partition: id, gap: fc.nat(1000), length: time })

/** Sizes first, addresses from them in order: any such configuration keeps its partitions apart. */
const arbitraryConfiguration: fc.Arbitrary<Configuration> = fc
  .record({
    partitions: fc.integer({ min: 1, max: 4 }),
    ports: fc.integer({ min: 0, max: 3 }),
    notifications: fc.integer({ min: 0, max: 3 }),
  })
  .chain(({ partitions, ports, notifications }) => {
    const id = fc.nat(partitions - 1)
    const capability = fc.oneof(
      ...(ports > 0
        ? [fc.record({ kind: fc.constant('port' as const), object: fc.nat(ports - 1), send: fc.boolean(), receive: fc.boolean() })]
        : []),
      ...(notifications > 0 ? [fc.record({ kind: fc.constant('notification' as const), object: fc.nat(notifications - 1) })] : []),
      fc.record({ kind: fc.constant('partition' as const), object: id, control: fc.boolean() }),
    )
    const alarmAction = fc.oneof(
      fc.constant({ kind: 'halt' as const }),
      fc.constant({ kind: 'stop' as const }),
      ...(notifications > 0 ? [fc.record({ kind: fc.constant('notify' as const), notification: fc.nat(notifications - 1), bits })] : []),
    )
    return fc.record({
      name,
      revision: u32,
      partitions: fc.array(
        fc.record({
          name,
          pages: fc.record({ code: pages, data: pages }),
          capabilities: list(capability),
          health,
          threads: list(thread),
          semaphores: list(semaphore),
          restartLimit: fc.nat(1_000_000),
          readAudit: fc.boolean(),
          systemControl: fc.subarray([...SYSTEM_OPERATIONS]),
          selectSchedule: fc.boolean(),
        }),
        { minLength: partitions, maxLength: partitions },
      ),
      owners: fc.record({ console: fc.nat(partitions), maintenance: fc.nat(partitions) }),
      ports: fc.array(
        fc.oneof(
          fc.record({ name, messageBytes: fc.nat(1024), kind: fc.constant('sampling' as const), refresh: time }),
          fc.record({ name, messageBytes: fc.nat(1024), kind: fc.constant('queuing' as const), depth: fc.nat(256) }),
        ),
        { minLength: ports, maxLength: ports },
      ),
      notifications: fc.array(fc.record({ name, receiver: id, mask: bits }), { minLength: notifications, maxLength: notifications }),
      shared: list(fc.record({ name, pages, users: fc.uniqueArray(id), write: fc.boolean() })),
      windows: list(window(id)),
      schedules: list(fc.record({ name, windows: list(window(id)) })),
      fallback: fc.nat(4),
      audit: fc.record({
        capacity: fc.nat(4096),
        select: fc.subarray([...AUDIT_EVENTS]),
        subjects: fc.uniqueArray(id).map((subjects) => subjects.sort((a, b) => a - b)),
        onFull: fc.constantFrom('overwrite' as const, 'lose' as const, 'halt' as const),
        alarms: list(
          fc.record({
            event: fc.constantFrom(...AUDIT_EVENTS),
            count: u32,
            then: list(fc.constantFrom(...AUDIT_EVENTS)),
            action: alarmAction,
          }),
        ),
      }),
    })
  })
  .map(({ partitions, owners, shared, windows, schedules, fallback, ...rest }) => {
    const placed = (parts: typeof windows) => {
      let cycle = 0
      return parts.map(({ partition, gap, length }) => {
        const offset = cycle + gap
        cycle = offset + length
        return { partition, offset, length }
      })
    }
    let address = partitionFrames({ kernelData: KERNEL_DATA })
    const take = (count: number) => ({ address: (address += count * PAGE_BYTES) - count * PAGE_BYTES, bytes: count * PAGE_BYTES })
    let at = 0x20_0000
    return {
      ...rest,
      ramBytes: 64 * MEBIBYTE,
      kernelData: KERNEL_DATA,
      partitions: partitions.map(({ pages, ...partition }, i) => ({
        ...partition,
        code: take(pages.code),
        data: take(pages.data),
        image: take(pages.code),
        console: owners.console === i,
        maintenance: owners.maintenance === i,
      })),
      sharedRegions: shared.map(({ name, pages, users, write }) => {
        const memory = take(pages)
        at += memory.bytes
        return { name, memory, maps: users.sort((a, b) => a - b).map((partition) => ({ partition, at: at - memory.bytes, write })) }
      }),
      windows: placed(windows),
      schedules: schedules.map((schedule, i) => ({ name: schedule.name, fallback: i === fallback, windows: placed(schedule.windows) })),
      majorFrame: 2 ** 45,
    }
  })
  // Plain objects: fast-check's own have no prototype.
  .map((configuration) => structuredClone(configuration))

/** A header that vouches for changed content, as a forger would make it. */
function sealed(content: Uint8Array): Uint8Array {
  const vector = encodeVector(sample()).slice(0, VECTOR_HEADER_BYTES)
  new DataView(vector.buffer).setBigUint64(8, BigInt(content.length), true)
  vector.set(createHash('sha256').update(content).digest(), 16)
  return Uint8Array.of(...vector, ...content)
}

const contentOf = (vector: Uint8Array): Uint8Array => vector.slice(VECTOR_HEADER_BYTES)

function sample(): Configuration {
  const [configuration] = fc.sample(arbitraryConfiguration, { seed: SEED, numRuns: 1 })
  return configuration ?? assert.fail('fast-check sampled nothing')
}

const codeOf = (vector: Uint8Array): string => {
  const decoded = decodeVector(vector)
  return decoded.ok ? 'accepted' : decoded.error.code
}

describe('The configuration vector', () => {
  const valid = encodeVector(sample())

  const malformed: readonly (readonly [string, (vector: Uint8Array) => Uint8Array, string])[] = [
    ['nothing', () => new Uint8Array(), 'header'],
    ['a header cut short', (vector) => vector.slice(0, VECTOR_HEADER_BYTES - 1), 'header'],
    ['another magic', (vector) => vector.with(0, 0x62), 'header'],
    ['another format version', (vector) => vector.with(4, 1), 'version'],
    ['a byte too few', (vector) => vector.slice(0, -1), 'length'],
    ['a byte too many', (vector) => Uint8Array.of(...vector, 0), 'length'],
    ['another digest', (vector) => vector.with(16, (vector[16] ?? 0) ^ 1), 'digest'],
    ['changed content', (vector) => vector.with(60, (vector[60] ?? 0) ^ 1), 'digest'],
    ['no content, vouched for', () => sealed(new Uint8Array()), 'content'],
    ['content cut short, vouched for', (vector) => sealed(contentOf(vector).slice(0, -1)), 'content'],
    ['content with a byte too many, vouched for', (vector) => sealed(Uint8Array.of(...contentOf(vector), 0)), 'content'],
    ['zeros, vouched for', () => sealed(new Uint8Array(400)), 'content'],
    ['ones, vouched for', () => sealed(new Uint8Array(400).fill(0xff)), 'content'],
  ]
  for (const [title, change, code] of malformed)
    test(`is refused as ${title}`, () => {
      assert.equal(codeOf(change(valid)), code)
    })

  test('is refused at every length but its own', () => {
    for (let length = 0; length < valid.length; length++) assert.notEqual(codeOf(valid.slice(0, length)), 'accepted', `${length} bytes`)
  })

  test('is refused with any one bit changed', () => {
    for (let bit = 0; bit < valid.length * 8; bit++) {
      const at = bit >> 3
      assert.notEqual(codeOf(valid.with(at, (valid[at] ?? 0) ^ (1 << (bit & 7)))), 'accepted', `bit ${bit}`)
    }
  })

  const lying: readonly (readonly [string, (configuration: Configuration) => Configuration])[] = [
    ['an image of another size', (valid) => withPartition(valid, { image: { address: 0x8300_0000, bytes: 1 << 20 } })],
    ['kernel data inside a page', (valid) => withKernelData(valid, 0x8001_0800, 0x3f_0000)],
    ['kernel data where the vector is', (valid) => withKernelData(valid, 0x8000_1000, 0x3f_f000)],
    ['kernel data that ends before its records do', (valid) => withKernelData(valid, 0x8001_0000, 0x1000)],
    ['data that lies in the kernel', (valid) => withPartition(valid, { data: { address: 0x8001_0000, bytes: PAGE_BYTES } })],
    [
      'windows of another schedule that overlap',
      (valid) => ({ ...valid, schedules: [{ name: 'other', fallback: false, windows: [window(0, 20), window(10, 20)] }] }),
    ],
    [
      'two schedules to fall back on',
      (valid) => ({ ...valid, schedules: ['one', 'two'].map((name) => ({ name, fallback: true, windows: [] })) }),
    ],
    ['data that lies in code', (valid) => withPartition(valid, { data: valid.partitions[0]?.code ?? assert.fail() })],
    ['data beyond RAM', (valid) => withPartition(valid, { data: { address: 0x8400_0000, bytes: PAGE_BYTES } })],
    ['data inside a page', (valid) => withPartition(valid, { data: { address: 0x83ff_0800, bytes: PAGE_BYTES } })],
    ['no data', (valid) => withPartition(valid, { data: { address: 0x83ff_0000, bytes: 0 } })],
    [
      'no partition',
      (valid) => ({ ...valid, partitions: [], notifications: [], windows: [], sharedRegions: [], audit: { ...valid.audit, subjects: [] } }),
    ],
    ['windows that overlap', (valid) => ({ ...valid, majorFrame: 99, windows: [window(0, 50), window(49, 50)] })],
    ['windows out of order', (valid) => ({ ...valid, majorFrame: 99, windows: [window(50, 10), window(0, 10)] })],
    ['an empty window', (valid) => ({ ...valid, majorFrame: 99, windows: [window(50, 0)] })],
    ['a window after the frame', (valid) => ({ ...valid, majorFrame: 99, windows: [window(50, 50)] })],
    ['two owners of the console', (valid) => twice(valid, { console: true })],
    ['two partitions for maintenance', (valid) => twice(valid, { maintenance: true })],
    ['a shared region in private memory', (valid) => sharedAt(valid, 0x10_0000)],
    ['a shared region where devices are', (valid) => sharedAt(valid, 0x3f_0000)],
    ['a shared region inside a page', (valid) => sharedAt(valid, 0x20_0800)],
  ]
  const withKernelData = (valid: Configuration, address: number, bytes: number) => ({ ...valid, kernelData: { address, bytes } })
  const window = (offset: number, length: number) => ({ partition: 0, offset, length })
  const withPartition = (valid: Configuration, change: Partial<Configuration['partitions'][number]>): Configuration => ({
    ...valid,
    partitions: valid.partitions.map((partition, i) => (i === 0 ? { ...partition, ...change } : partition)),
  })
  const twice = (valid: Configuration, change: Partial<Configuration['partitions'][number]>): Configuration => {
    const [first] = valid.partitions
    assert.ok(first !== undefined)
    const moved = (page: number) => ({ address: 0x83f0_0000 + page * PAGE_BYTES, bytes: PAGE_BYTES })
    return {
      ...valid,
      partitions: [first, { ...first, code: moved(0), data: moved(1), image: moved(2) }].map((partition) => ({ ...partition, ...change })),
      notifications: [],
      windows: [],
      sharedRegions: [],
      audit: { ...valid.audit, subjects: [], alarms: [] },
    }
  }
  const sharedAt = (valid: Configuration, at: number): Configuration => ({
    ...valid,
    sharedRegions: [{ name: 'map', memory: { address: 0x83ff_0000, bytes: PAGE_BYTES }, maps: [{ partition: 0, at, write: true }] }],
  })
  const single: Configuration = { ...withoutReferences(sample()), ports: [], notifications: [], sharedRegions: [] }
  test('is accepted with the configuration that the next cases start from', () => {
    assert.equal(codeOf(encodeVector(single)), 'accepted')
  })
  for (const [title, change] of lying)
    test(`is refused when it describes ${title}`, () => {
      assert.equal(codeOf(encodeVector(change(single))), 'layout')
    })

  const dangling: readonly (readonly [string, Partial<Configuration>])[] = [
    [
      'a capability for an absent port',
      { partitions: single.partitions.map((p) => ({ ...p, capabilities: [{ kind: 'port', object: 0, send: true, receive: true }] })) },
    ],
    [
      'a capability for an absent notification',
      { partitions: single.partitions.map((p) => ({ ...p, capabilities: [{ kind: 'notification', object: 0 }] })) },
    ],
    [
      'a capability for an absent partition',
      { partitions: single.partitions.map((p) => ({ ...p, capabilities: [{ kind: 'partition', object: 9, control: true }] })) },
    ],
    ['a notification to an absent partition', { notifications: [{ name: 'n', receiver: 9, mask: 1n }] }],
    ['a window of an absent partition', { majorFrame: 99, windows: [{ partition: 9, offset: 0, length: 9 }] }],
    ['an absent subject', { audit: { ...single.audit, subjects: [9] } }],
    ['subjects out of order', { audit: { ...single.audit, subjects: [0, 0] } }],
    [
      'an alarm on an absent notification',
      {
        audit: { ...single.audit, alarms: [{ event: 'HALT', count: 1, then: [], action: { kind: 'notify', notification: 0, bits: 1n } }] },
      },
    ],
    [
      'a shared region of an absent partition',
      {
        sharedRegions: [
          { name: 'map', memory: { address: 0x83ff_0000, bytes: 4096 }, maps: [{ partition: 9, at: 0x20_0000, write: true }] },
        ],
      },
    ],
    [
      'a region mapped twice in one partition',
      {
        sharedRegions: [
          {
            name: 'map',
            memory: { address: 0x83ff_0000, bytes: 4096 },
            maps: [0, 0].map((partition) => ({ partition, at: 0x20_0000, write: true })),
          },
        ],
      },
    ],
  ]
  for (const [title, change] of dangling)
    test(`is refused when it describes ${title}`, () => {
      assert.equal(codeOf(encodeVector({ ...single, ...change })), 'reference')
    })

  test('of every configuration decodes to that configuration', () => {
    fc.assert(
      fc.property(arbitraryConfiguration, (configuration) => {
        const decoded = decodeVector(encodeVector(configuration))
        assert.deepEqual(decoded, { ok: true, value: configuration })
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  test('with any byte changed and vouched for is refused, or is the one vector of another configuration', () => {
    const outcomes = new Map<string, number>()
    fc.assert(
      fc.property(arbitraryConfiguration, fc.nat(), fc.integer({ min: 1, max: 255 }), (configuration, position, change) => {
        const content = contentOf(encodeVector(configuration))
        const at = position % content.length
        const forged = sealed(content.with(at, (content[at] ?? 0) ^ change))
        const decoded = decodeVector(forged)
        const outcome = decoded.ok ? 'accepted' : decoded.error.code
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        if (!decoded.ok) return
        assert.notDeepEqual(decoded.value, configuration)
        assert.deepEqual(encodeVector(decoded.value), forged)
      }),
      { seed: SEED, numRuns: 2000 },
    )
    assert.deepEqual([...outcomes.keys()].sort(), ['accepted', 'content', 'layout', 'reference'], 'every way out is taken')
  })

  test('of random bytes, vouched for, is refused without a defect', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (content) => {
        assert.equal(codeOf(sealed(content)), 'content')
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  test('tells its own length, and nothing else does', () => {
    assert.equal(vectorLength(valid), valid.length)
    assert.equal(vectorLength(valid.slice(0, 16)), valid.length)
    assert.equal(vectorLength(valid.slice(0, 15)), undefined)
    assert.equal(vectorLength(new Uint8Array(64)), undefined)
    assert.equal(vectorLength(valid.with(15, 0xff)), undefined)
  })

  test('is named by the SHA-256 of its content', () => {
    assert.equal(configurationDigest(valid), createHash('sha256').update(contentOf(valid)).digest('hex'))
  })
})

function withoutReferences(configuration: Configuration): Configuration {
  const partitions = configuration.partitions.slice(0, 1).map((partition) => ({ ...partition, capabilities: [] }))
  return { ...configuration, partitions, windows: [], schedules: [], audit: { ...configuration.audit, subjects: [], alarms: [] } }
}
