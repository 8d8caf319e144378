/**
 * Bus masters of a whole machine behind its IOMMU, driven by a program in machine code that makes the tables and starts the devices.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../common/units.js'
import { BlockDevice } from '../../devices/virtio/block-device.js'
import { ConsoleDevice } from '../../devices/virtio/console-device.js'
import { Disk } from '../../devices/virtio/disk.js'
import { EntropyDevice } from '../../devices/virtio/entropy-device.js'
import { NetworkDevice } from '../../devices/virtio/network-device.js'
import { NetworkSwitch } from '../../devices/virtio/network-switch.js'
import type { VirtioFunction } from '../../devices/virtio/virtio-function.js'
import { MemoryImage } from '../../devices/virtio/memory-image.js'
import { ENGINE_KINDS, type EngineKind } from '../engine/engine.js'
import { Machine } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'
import { DMA_ENGINE_BASE, DMA_ENGINE_DEVICE_ID, IOMMU_BASE, VIRTIO_BASE } from '../platform/memory-map.js'
import { loadStores, type RegisterStore } from '../test/register-stores.js'

const register = (address: number, value: number): RegisterStore => ({ address, width: 4, value: BigInt(value) })
const long = (address: number, value: bigint): RegisterStore => ({ address, width: 8, value })

const [DIRECTORY, LEAF_DIRECTORY, FAULTS, LIST, TARGET, TABLES] = [0x2_0000, 0x2_1000, 0x2_3000, 0x2_4000, 0x2_5000, 0x3_0000].map(
  (offset) => RAM_BASE + offset,
) as [number, number, number, number, number, number]
const ppn = (address: number): bigint => BigInt(address) >> 12n
const pointer = (address: number): bigint => (ppn(address) << 10n) | 1n
const LEAF = 0xdfn // V, R, W, X, U, A, D
const FILL = 1n << 56n

type Mode = { readonly ddtp: 2n | 3n | 4n; readonly stage: 'first' | 'second'; readonly scheme: 8n | 9n | 10n }

/** An address whose entry in the root table is another than that of memory. */
const iovaOf = ({ scheme }: Mode): bigint => (1n << BigInt(12 + 9 * (Number(scheme) - 6))) | 0x340_0000n

/** Device contexts of 64 bytes; of levels above the leaf's the first entry leads on. */
function directory({ ddtp }: Mode, device: number, [iohgatp, fsc]: readonly [bigint, bigint]): readonly RegisterStore[] {
  const above = Array.from({ length: Number(ddtp) - 2 }, (_, level) => DIRECTORY - level * 0x1000)
  const links = above.map((table, index) => long(table, pointer(above[index + 1] ?? LEAF_DIRECTORY)))
  const context = LEAF_DIRECTORY + device * 64
  const root = above[0] ?? LEAF_DIRECTORY
  return [
    ...links,
    long(context + 8, iohgatp),
    long(context + 24, fsc),
    long(context, 1n),
    long(IOMMU_BASE + 16, (ppn(root) << 10n) | ddtp),
  ]
}

/** Page tables that map one page to TARGET and the list to itself, nothing else. Tables lie at TABLES, the root four pages wide. */
function tables(mode: Mode): { readonly atp: bigint; readonly stores: readonly RegisterStore[] } {
  const { scheme } = mode
  const levels = Number(scheme) - 5
  const stores: RegisterStore[] = []
  for (const [number, [address, page]] of [[iovaOf(mode), TARGET] as const, [BigInt(LIST), LIST] as const].entries()) {
    let table = TABLES
    for (let level = levels - 1; level >= 0; level--) {
      const place = table + Number((address >> BigInt(12 + 9 * level)) & 0x1ffn) * 8
      table = TABLES + 0x4000 + (number * levels + level) * 0x1000
      stores.push(long(place, level === 0 ? (ppn(page) << 10n) | LEAF : pointer(table)))
    }
  }
  return { atp: (scheme << 60n) | ppn(TABLES), stores }
}

/** Fault queue of 128 records. */
const FAULT_QUEUE = [long(IOMMU_BASE + 40, (ppn(FAULTS) << 10n) | 6n), register(IOMMU_BASE + 76, 1)]

/** The engine fills eight bytes at an address. */
const fill = (address: bigint): readonly RegisterStore[] => [
  long(LIST, 0xeeee_eeee_eeee_eeeen),
  long(LIST + 8, address),
  long(LIST + 16, FILL | 8n),
  long(DMA_ENGINE_BASE + 16, BigInt(LIST)),
  register(DMA_ENGINE_BASE + 4, 1),
]

function run(stores: readonly RegisterStore[], engine: EngineKind = 'reference', virtio: readonly VirtioFunction[] = []): Machine {
  const iommu = { reset: 'off', msiFlat: true } as const
  const machine = new Machine({ ramBytes: 512 * KIB, rom: new Uint8Array(), engine, iommu, dmaEngine: true, virtio })
  loadStores(machine, stores)
  assert.equal(machine.run().kind, 'idle')
  return machine
}

/** CAUSE, TTYP, DID and iotval of the fault records. */
function faults(machine: Machine): readonly (readonly [number, number, number, bigint])[] {
  const records: (readonly [number, number, number, bigint])[] = []
  for (let place = FAULTS; machine.memory.read64(place) !== 0n; place += 32) {
    const first = machine.memory.read64(place)
    records.push([Number(first & 0xfffn), Number((first >> 34n) & 0x3fn), Number(first >> 40n), machine.memory.read64(place + 16)])
  }
  return records
}

const untouched = (machine: Machine): boolean => machine.memory.read(TARGET, 0x1000).every((byte) => byte === 0)

const MODES: readonly Mode[] = ([2n, 3n, 4n] as const).flatMap((ddtp) =>
  (['first', 'second'] as const).flatMap((stage) => ([8n, 9n, 10n] as const).map((scheme) => ({ ddtp, stage, scheme }))),
)

describe('DMA of a machine behind its IOMMU', () => {
  test('off at reset: nothing moves, not even the fetch of a descriptor; cause 256', () => {
    const machine = run([...FAULT_QUEUE, ...fill(BigInt(TARGET))])
    assert.ok(untouched(machine))
    assert.deepEqual(faults(machine), [[256, 2, DMA_ENGINE_DEVICE_ID, BigInt(LIST)]])
  })

  for (const mode of MODES) {
    const name = `${Number(mode.ddtp) - 1}LVL, ${mode.stage} stage, ${Number(mode.scheme) - 5} levels`
    const { atp, stores } = tables(mode)
    const iova = iovaOf(mode)
    const pointers = mode.stage === 'first' ? ([0n, atp] as const) : ([atp, 0n] as const)
    const prepare = [...FAULT_QUEUE, ...stores, ...directory(mode, DMA_ENGINE_DEVICE_ID, pointers)]

    test(`${name}: a mapped page is written, at the place to which it is mapped`, () => {
      const machine = run([...prepare, ...fill(iova + 0x10n)])
      assert.equal(machine.memory.read64(TARGET + 0x10), 0xeeee_eeee_eeee_eeeen)
      assert.deepEqual(faults(machine), [])
    })

    test(`${name}: a page that is not mapped is not written; the record has cause and address`, () => {
      const machine = run([...prepare, ...fill(BigInt(TARGET)), ...fill(iova + 0x1000n)])
      assert.ok(untouched(machine))
      const cause = mode.stage === 'first' ? 15 : 23
      assert.deepEqual(
        faults(machine),
        [BigInt(TARGET), iova + 0x1000n].map((address) => [cause, 3, DMA_ENGINE_DEVICE_ID, address]),
      )
    })
  }

  test('every engine leaves the same machine', () => {
    const [mode] = MODES
    assert.ok(mode !== undefined)
    const { atp, stores } = tables(mode)
    const program = [
      ...FAULT_QUEUE,
      ...stores,
      ...directory(mode, DMA_ENGINE_DEVICE_ID, [0n, atp]),
      ...fill(iovaOf(mode)),
      ...fill(iovaOf(mode) + 0x1000n),
    ]
    const [first, ...others] = ENGINE_KINDS.map((engine) => run(program, engine).digest())
    for (const other of others) assert.equal(other, first)
  })
})

describe('Virtio devices of a machine behind its IOMMU', () => {
  const [STATUS, DRIVER_FEATURES, FEATURES_SELECT, QUEUE, SIZE, READY, NOTIFY] = [0x70, 0x20, 0x24, 0x30, 0x38, 0x44, 0x50]
  const RINGS = [0x80, 0x90, 0xa0]
  const network = new NetworkSwitch()
  const masters: readonly (readonly [string, () => VirtioFunction, number])[] = [
    ['block', () => new BlockDevice(new Disk(new MemoryImage(new Uint8Array(4096))), { readOnly: false, serial: 'test' }), 0],
    ['network', () => new NetworkDevice(network, [2, 0, 0, 0, 0, 1]), 1],
    ['console', () => new ConsoleDevice(() => undefined), 1],
    ['entropy', () => new EntropyDevice(1), 0],
  ]

  /** Accepts VERSION_1 and ACCESS_PLATFORM, places the rings of one queue, and notifies. */
  function drive(slot: number, queue: number, rings: number): readonly RegisterStore[] {
    const base = VIRTIO_BASE + slot * 0x1000
    const at = (offset: number, value: number): RegisterStore => register(base + offset, value)
    const places = RINGS.flatMap((ring, index) => [at(ring, rings + index * 0x100), at(ring + 4, 0)])
    const features = [at(FEATURES_SELECT, 1), at(DRIVER_FEATURES, 3), at(STATUS, 11)]
    return [at(STATUS, 3), ...features, at(QUEUE, queue), at(SIZE, 2), ...places, at(READY, 1), at(STATUS, 15), at(NOTIFY, queue)]
  }

  for (const [slot, [name, create, queue]] of masters.entries())
    test(`${name}: rings in a page that its context does not map are not reached; the record names the device`, () => {
      const functions = masters.slice(0, slot + 1).map(([, make], index) => (index === slot ? create() : make()))
      const mode: Mode = { ddtp: 2n, stage: 'first', scheme: 8n }
      const { atp, stores } = tables(mode)
      const machine = run(
        [...FAULT_QUEUE, ...stores, ...directory(mode, slot + 1, [0n, atp]), ...drive(slot, queue, TARGET)],
        'reference',
        functions,
      )
      assert.ok(untouched(machine))
      const records = faults(machine)
      assert.ok(records.length > 0)
      for (const [cause, , device, address] of records) {
        assert.ok(cause === 13 || cause === 15)
        assert.equal(device, slot + 1)
        assert.equal(address >> 12n, ppn(TARGET))
      }
    })
})
