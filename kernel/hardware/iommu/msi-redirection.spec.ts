/** Messages of a device that a guest controls, through the IOMMU's MSI page table to the guest's own interrupt file. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../common/units.js'
import { Machine } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'
import { DMA_ENGINE_BASE, DMA_ENGINE_DEVICE_ID, IMSIC_S_BASE, IOMMU_BASE } from '../platform/memory-map.js'
import { loadStores, type RegisterStore } from '../test/register-stores.js'

const long = (address: number, value: bigint): RegisterStore => ({ address, width: 8, value })
const register = (address: number, value: number): RegisterStore => ({ address, width: 4, value: BigInt(value) })
const ppn = (address: number): bigint => BigInt(address) >> 12n

const [DIRECTORY, FAULTS, LIST, MSI_TABLE, ROOT] = [0x2_0000, 0x2_1000, 0x2_2000, 0x2_3000, 0x2_4000].map(
  (offset) => RAM_BASE + offset,
) as [number, number, number, number, number]
const CONTEXT = DIRECTORY + DMA_ENGINE_DEVICE_ID * 64
/** Where the guest sees its interrupt file; the mask's bit tells its virtual harts apart. */
const VIRTUAL_FILE = 0x2800_0000n
const MASK = 8n
const IDENTITY = 33n
const GUEST = 5
const [VSISELECT, VSIREG, HSTATUS, HGEIP] = [0x250, 0x251, 0x600, 0xe12]
const FILL = 1n << 56n

/** The second stage maps the gigapage of memory onto itself; virtual hart 1's file leads to `file`. */
const tables = (file: number): readonly RegisterStore[] => [
  long(ROOT + 16, ((BigInt(RAM_BASE) >> 12n) << 10n) | 0xdfn),
  long(MSI_TABLE + 16, (ppn(file) << 10n) | 7n),
  long(CONTEXT + 8, (8n << 60n) | ppn(ROOT)),
  long(CONTEXT + 32, (1n << 60n) | ppn(MSI_TABLE)),
  long(CONTEXT + 40, MASK),
  long(CONTEXT + 48, VIRTUAL_FILE >> 12n),
  long(CONTEXT, 1n),
  long(IOMMU_BASE + 40, (ppn(FAULTS) << 10n) | 6n),
  register(IOMMU_BASE + 76, 1),
  long(IOMMU_BASE + 16, (ppn(DIRECTORY) << 10n) | 2n),
]

/** The engine stores the identity at the file of a virtual hart. */
const message = (virtualHart: bigint): readonly RegisterStore[] => [
  long(LIST, IDENTITY),
  long(LIST + 8, VIRTUAL_FILE + virtualHart * (MASK << 12n)),
  long(LIST + 16, FILL | 4n),
  long(DMA_ENGINE_BASE + 16, BigInt(LIST)),
  register(DMA_ENGINE_BASE + 4, 1),
]

/** The page of a guest interrupt file of hart 0. */
const guestFile = (guest: number): number => IMSIC_S_BASE + guest * 0x1000

function run(stores: readonly RegisterStore[]): Machine {
  const machine = new Machine({
    ramBytes: 512 * KIB,
    rom: new Uint8Array(),
    engine: 'reference',
    extensions: ['H'],
    interruptController: 'aplic-imsic',
    iommu: { reset: 'off', msiFlat: true },
    dmaEngine: true,
  })
  const hart = machine.hart(0)
  for (let guest = 1; guest <= 7; guest++) {
    hart.setCsr(HSTATUS, BigInt(guest) << 12n)
    for (const [select, value] of [
      [0x70n, 1n],
      [0xc0n, (1n << 64n) - 2n],
    ] as const) {
      hart.setCsr(VSISELECT, select)
      hart.setCsr(VSIREG, value)
    }
  }
  loadStores(machine, stores)
  assert.equal(machine.run().kind, 'idle')
  return machine
}

describe('Messages of a guest’s device', () => {
  test('reach the interrupt file that the MSI page table names, and show in hgeip', () => {
    const machine = run([...tables(guestFile(GUEST)), ...message(1n)])
    assert.equal(machine.hart(0).csr(HGEIP), 1n << BigInt(GUEST))
    assert.equal(machine.memory.read64(FAULTS), 0n)
  })

  test('to a virtual hart that has no valid PTE reach no file: cause 262', () => {
    const machine = run([...tables(guestFile(GUEST)), ...message(0n)])
    assert.equal(machine.hart(0).csr(HGEIP), 0n)
    assert.equal(machine.memory.read64(FAULTS) & 0xfffn, 262n)
  })

  test('to the real file of another guest, which the second stage does not map, do not reach it: cause 23', () => {
    const elsewhere = BigInt(guestFile(2))
    const machine = run([
      ...tables(guestFile(GUEST)),
      ...message(1n).map((store) => (store.address === LIST + 8 ? long(LIST + 8, elsewhere) : store)),
    ])
    assert.equal(machine.hart(0).csr(HGEIP), 0n)
    assert.equal(machine.memory.read64(FAULTS) & 0xfffn, 23n)
  })
})
