/** Sampling and queuing ports through the decoders of the calls, against a plain model. Messages lie in the caller's own memory. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { ArrayPort } from '../../../test/kernel/array-port.js'
import { DATA } from '../../abi/partition-memory.js'
import type { Decode } from '../calls/call.js'
import { compileConfiguration } from '../config/compiler/compile.js'
import { readSource } from '../config/source/system-source.js'
import { element, type Kernel } from '../kernel.js'
import { kernelLayout } from '../memory/kernel-layout.js'
import { KernelIntegrityError, KernelMemory } from '../memory/kernel-memory.js'
import { QueueRecord, SamplingRecord } from '../memory/kernel-records.js'
import { LEAST_KERNEL_DATA } from '../memory/physical-map.js'
import { decodePortReceive } from './port-receive.js'
import { decodePortSend } from './port-send.js'
import { decodePortStatus } from './port-status.js'

const LONGEST = 24
const DEPTH = 3
const REFRESH = 5000
const CONFIGURATION = compileConfiguration(
  readSource(
    'ports.yaml',
    `system: ports
revision: 1
memory: 4 MiB
majorFrame: 60000
partitions:
  - { name: sender, code: 4 KiB, data: 4 KiB }
  - { name: receiver, code: 4 KiB, data: 4 KiB }
  - { name: stranger, code: 4 KiB, data: 4 KiB }
ports:
  - { name: sample, kind: sampling, message: ${LONGEST}, refresh: ${REFRESH}, from: sender, to: [receiver] }
  - { name: queue, kind: queuing, message: ${LONGEST}, depth: ${DEPTH}, from: sender, to: [receiver] }
schedule:
  - { partition: sender, at: 0, length: 20000 }
  - { partition: receiver, at: 20000, length: 20000 }
  - { partition: stranger, at: 40000, length: 20000 }
policy: { flows: [{ from: sender, to: receiver }, { from: receiver, to: sender }] }
`,
  ),
)
const [SENDER, RECEIVER, STRANGER] = [0, 1, 2]
const SAMPLE = 0n
const QUEUE = 1n
const ROOM = DATA + 256

type Hart = Kernel & { readonly port: ArrayPort }

function hart(): Hart {
  const port = new ArrayPort([LEAST_KERNEL_DATA, { address: DATA, bytes: 4096, user: true }])
  const memory = new KernelMemory(port, 0)
  return {
    port,
    memory,
    configuration: CONFIGURATION,
    layout: kernelLayout(CONFIGURATION),
    timelines: [],
    hostedDigest: new Uint8Array(32),
  }
}

/** The outcome's code, and what a1 and on would hold. */
function call(kernel: Hart, decode: Decode, caller: number, a0: bigint, a1 = 0n, a2 = 0n): readonly [string, ...bigint[]] {
  const decoded = decode(kernel, { caller, thread: 0, a0, a1, a2, a3: 0n })
  if (typeof decoded !== 'function') return [decoded.refused]
  const { code, values } = decoded()
  return [code, ...values]
}

function send(kernel: Hart, slot: bigint, message: Uint8Array): string {
  kernel.port.raw(DATA, 4096).set(message)
  return call(kernel, decodePortSend, SENDER, slot, BigInt(DATA), BigInt(message.length))[0]
}

function receive(
  kernel: Hart,
  slot: bigint,
  room = LONGEST,
): { readonly result: readonly [string, ...bigint[]]; readonly message: Uint8Array } {
  kernel.port.raw(ROOM, LONGEST + 8).fill(0xee)
  const result = call(kernel, decodePortReceive, RECEIVER, slot, BigInt(ROOM), BigInt(room))
  return { result, message: kernel.port.raw(ROOM, Number(result[1] ?? 0n)).slice() }
}

const snapshot = ({ port }: Hart): Uint8Array => port.raw(LEAST_KERNEL_DATA.address, LEAST_KERNEL_DATA.bytes).slice()
const text = (words: string): Uint8Array => new TextEncoder().encode(words)

const refusals: readonly (readonly [
  what: string,
  decode: Decode,
  caller: number,
  slot: bigint,
  address: number,
  length: number,
  code: string,
])[] = [
  ['a stranger sends', decodePortSend, STRANGER, SAMPLE, DATA, 8, 'CAP'],
  ['a stranger receives', decodePortReceive, STRANGER, QUEUE, ROOM, 24, 'CAP'],
  ['a stranger asks for the status', decodePortStatus, STRANGER, QUEUE, 0, 0, 'CAP'],
  ['a slot beyond the list', decodePortSend, SENDER, 2n, DATA, 8, 'CAP'],
  ['a slot beyond 64 bits of list', decodePortSend, SENDER, 2n ** 64n - 1n, DATA, 8, 'CAP'],
  ['the receiver sends', decodePortSend, RECEIVER, SAMPLE, DATA, 8, 'PERM'],
  ['the sender receives', decodePortReceive, SENDER, QUEUE, ROOM, 24, 'PERM'],
  ['no right and a bad address: the right is looked at first', decodePortSend, RECEIVER, SAMPLE, 0, 0, 'PERM'],
  ['an empty message', decodePortSend, SENDER, QUEUE, DATA, 0, 'LEN'],
  ['a message one byte too long', decodePortSend, SENDER, QUEUE, DATA, LONGEST + 1, 'LEN'],
  ['a message outside the caller’s memory', decodePortSend, SENDER, QUEUE, DATA + 4090, 8, 'ARG'],
  ['room outside the caller’s memory', decodePortReceive, RECEIVER, QUEUE, DATA + 4090, 24, 'ARG'],
  ['room one byte too small', decodePortReceive, RECEIVER, QUEUE, ROOM, 7, 'LEN'],
  ['room in kernel memory', decodePortReceive, RECEIVER, QUEUE, LEAST_KERNEL_DATA.address, 24, 'ARG'],
]

describe('Refused port calls, SKPP FDP_IFF.1', () => {
  for (const [what, decode, caller, slot, address, length, code] of refusals)
    test(`${what}: ${code}, and neither port nor caller changed`, () => {
      const kernel = hart()
      send(kernel, SAMPLE, text('sampled.'))
      send(kernel, QUEUE, text('queued..'))
      const before = snapshot(kernel)
      const user = kernel.port.raw(DATA, 4096).slice()
      assert.deepEqual(call(kernel, decode, caller, slot, BigInt(address), BigInt(length)), [code])
      assert.deepEqual(snapshot(kernel), before)
      assert.deepEqual(kernel.port.raw(DATA, 4096).slice(), user)
    })

  for (const slot of [SAMPLE, QUEUE])
    test(`nothing was sent to port ${slot}: EMPTY`, () => assert.deepEqual(receive(hart(), slot).result, ['EMPTY']))
})

describe('Records that a fault altered', () => {
  const port = (kernel: Hart, object: number): number => element(kernel.layout.ports, object)
  for (const [what, alter, slot] of [
    ['a sample longer than its port', (k: Hart) => SamplingRecord.at(k.memory, port(k, 0)).set({ length: 0x4000_0000 }), SAMPLE],
    ['a queue with more messages than slots', (k: Hart) => QueueRecord.at(k.memory, port(k, 1)).set({ count: DEPTH + 1 }), QUEUE],
    ['a queue that begins beyond its slots', (k: Hart) => QueueRecord.at(k.memory, port(k, 1)).set({ head: DEPTH }), QUEUE],
  ] as const)
    test(`${what} is an integrity error, and reaches no one`, () => {
      const kernel = hart()
      send(kernel, slot, text('sound'))
      alter(kernel)
      assert.throws(() => receive(kernel, slot), KernelIntegrityError)
      assert.ok(kernel.port.raw(ROOM, LONGEST).every((byte) => byte === 0xee))
    })
})

const message = fc.uint8Array({ minLength: 1, maxLength: LONGEST })
const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), message }),
  fc.record({ kind: fc.constant('receive' as const) }),
  fc.record({ kind: fc.constant('pass' as const), cycles: fc.nat({ max: 2 * REFRESH }) }),
)

describe('Queuing port, ARINC 653 SEND_QUEUING_MESSAGE and RECEIVE_QUEUING_MESSAGE', () => {
  test('delivers each message once, in order, refuses what does not fit, counts that, and keeps nothing it delivered', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const kernel = hart()
        const model: Uint8Array[] = []
        let overflows = 0
        for (const action of steps) {
          if (action.kind === 'pass') kernel.port.time += action.cycles
          else if (action.kind === 'send') {
            const full = model.length === DEPTH
            assert.equal(send(kernel, QUEUE, action.message), full ? 'FULL' : 'OK')
            if (full) overflows += 1
            else model.push(action.message)
          } else {
            const expected = model.shift()
            const { result, message: received } = receive(kernel, QUEUE)
            assert.equal(result[0], expected === undefined ? 'EMPTY' : 'OK')
            if (expected !== undefined) {
              assert.deepEqual(received, Uint8Array.from(expected))
              assert.equal(result[2], 1n)
            }
          }
          assert.deepEqual(call(kernel, decodePortStatus, SENDER, QUEUE), [
            'OK',
            BigInt(model.length),
            BigInt(DEPTH),
            BigInt(LONGEST),
            BigInt(overflows),
          ])
        }
        while (model.shift() !== undefined) receive(kernel, QUEUE)
        const slots = element(kernel.layout.ports, 1) + QueueRecord.bytes
        assert.ok(kernel.port.raw(slots, DEPTH * (16 + LONGEST)).every((byte) => byte === 0))
      }),
      { seed: 71, numRuns: 200 },
    ))
})

describe('Sampling port, ARINC 653 WRITE_SAMPLING_MESSAGE and READ_SAMPLING_MESSAGE', () => {
  test('delivers the latest message as often as it is asked for, valid until its refresh period is over', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const kernel = hart()
        let latest: Uint8Array | undefined
        for (const action of steps) {
          if (action.kind === 'pass') kernel.port.time += action.cycles
          else if (action.kind === 'send') {
            latest = action.message
            assert.equal(send(kernel, SAMPLE, latest), 'OK')
          } else {
            const { result, message: received } = receive(kernel, SAMPLE)
            assert.equal(result[0], latest === undefined ? 'EMPTY' : 'OK')
            if (latest === undefined) continue
            assert.deepEqual(received, Uint8Array.from(latest))
            assert.equal(result[2], (result[3] ?? 0n) <= BigInt(REFRESH) ? 1n : 0n)
          }
        }
        assert.equal(call(kernel, decodePortStatus, RECEIVER, SAMPLE)[1], latest === undefined ? 0n : 1n)
      }),
      { seed: 72, numRuns: 200 },
    ))

  test('a message is as old as the time since it was written', () => {
    const kernel = hart()
    send(kernel, SAMPLE, text('old'))
    kernel.port.time += REFRESH + 1
    const [code, length, valid, age] = receive(kernel, SAMPLE).result
    assert.deepEqual([code, length, valid], ['OK', 3n, 0n])
    assert.ok((age ?? 0n) > BigInt(REFRESH))
  })
})
