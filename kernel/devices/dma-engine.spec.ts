import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DmaPort, Width } from '../common/device-port.js'
import { assertDeviceContract } from './device-contract.js'
import { DmaEngine, type DmaAttributes } from './dma-engine.js'

const [ID, CONTROL, STATUS, PROCESS, LIST, COUNT, FAULT] = [0, 4, 8, 12, 16, 24, 32]
const [START, IE, PV, PRIV, EXE] = [1, 2, 4, 8, 16]
const [DONE, ERROR] = [1n, 2n]
const FILL = 1n << 56n

/** 4 KiB from address 0x1000 on, an engine in front of it, and what its transfers carried. */
class Bench {
  readonly bytes = new Uint8Array(0x1000)
  readonly attributes: DmaAttributes[] = []
  line = false
  readonly engine = new DmaEngine((attributes) => this.port(attributes), { set: (level) => (this.line = level) })

  private port(attributes: DmaAttributes): DmaPort {
    this.attributes.push(attributes)
    const inside = (address: bigint, length: number): number | undefined =>
      address >= 0x1000n && address + BigInt(length) <= 0x2000n ? Number(address) - 0x1000 : undefined
    return {
      read: (address, length) => {
        const at = inside(address, length)
        return at === undefined ? undefined : this.bytes.slice(at, at + length)
      },
      write: (address, bytes) => {
        const at = inside(address, bytes.length)
        if (at !== undefined) this.bytes.set(bytes, at)
        return at !== undefined
      },
    }
  }

  descriptor(address: number, ...words: readonly bigint[]): void {
    const view = new DataView(this.bytes.buffer)
    words.forEach((word, index) => view.setBigUint64(address - 0x1000 + index * 8, word, true))
  }

  start(control = 0): void {
    this.engine.store(LIST, 8, 0x1000n)
    this.engine.store(CONTROL, 4, BigInt(control | START))
  }

  /** STATUS, COUNT, FAULT. */
  outcome(): readonly (bigint | undefined)[] {
    return [this.engine.load(STATUS, 4), this.engine.load(COUNT, 8), this.engine.load(FAULT, 8)]
  }
}

describe('DMA engine', () => {
  test('meets the device contract', () => {
    assertDeviceContract({ create: () => new Bench().engine, offsets: [0, 2, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 0xffc] })
  })

  const refused: readonly (readonly [string, number, Width])[] = [
    ['a byte', CONTROL, 1],
    ['two registers at once', CONTROL, 8],
    ['misaligned', LIST + 2, 4],
    ['behind the last register', 40, 4],
    ['a store to ID', ID, 4],
    ['a store to COUNT', COUNT, 8],
    ['a store to FAULT', FAULT, 4],
  ]
  for (const [what, offset, width] of refused)
    test(`refused: ${what}`, () => {
      const { engine } = new Bench()
      assert.equal(engine.store(offset, width, 1n), false)
      if (!what.includes('store')) assert.equal(engine.load(offset, width), undefined)
    })

  test('a list that begins outside memory: ERROR, nothing done, FAULT tells where', () => {
    const bench = new Bench()
    bench.engine.store(LIST, 8, 0x9000n)
    bench.engine.store(CONTROL, 4, BigInt(START))
    assert.deepEqual(bench.outcome(), [ERROR, 0n, 0x9000n])
  })

  const failing: readonly (readonly [string, readonly bigint[], bigint])[] = [
    ['a source outside memory', [0x8000n, 0x1800n, 8n, 0n], 0x8000n],
    ['a destination outside memory', [0x1800n, 0x8000n, 8n, 0n], 0x8000n],
    ['a length above 1 MiB', [0x1800n, 0x1900n, (1n << 20n) + 1n, 0n], 0x1900n],
  ]
  for (const [what, words, fault] of failing)
    test(`${what} ends the list with ERROR; what came before is done, what follows is not`, () => {
      const bench = new Bench()
      bench.descriptor(0x1000, 0x11n, 0x1f00n, FILL | 8n, 0x1020n)
      bench.descriptor(0x1020, ...words.slice(0, 3), 0x1040n)
      bench.descriptor(0x1040, 0x22n, 0x1f08n, FILL | 8n, 0n)
      bench.start()
      assert.deepEqual(bench.outcome(), [ERROR, 1n, fault])
      assert.deepEqual([bench.bytes[0xf00], bench.bytes[0xf08]], [0x11, 0])
    })

  test('a list that is a circle ends with ERROR after 1,024 descriptors', () => {
    const bench = new Bench()
    bench.descriptor(0x1000, 0x1800n, 0x1900n, 8n, 0x1000n)
    bench.start()
    assert.deepEqual(bench.outcome(), [ERROR, 1024n, 0x1000n])
  })

  test('gathers and scatters: copies and fills in the order of the list', () => {
    const bench = new Bench()
    bench.bytes.set([1, 2, 3, 4, 5], 0x801)
    bench.descriptor(0x1000, 0x1801n, 0x1a03n, 5n, 0x1020n)
    bench.descriptor(0x1020, 0x8877_6655_4433_2211n, 0x1a04n, FILL | 10n, 0n)
    bench.start()
    assert.deepEqual(bench.outcome(), [DONE, 2n, 0n])
    assert.deepEqual([...bench.bytes.slice(0xa02, 0xa10)], [0, 1, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x11, 0x22, 0, 0])
  })

  test('DONE interrupts while IE is set, until software clears it', () => {
    const bench = new Bench()
    bench.start()
    assert.equal(bench.line, false)
    bench.engine.store(CONTROL, 4, BigInt(IE))
    assert.equal(bench.line, true)
    bench.engine.store(STATUS, 4, 3n)
    assert.equal(bench.line, false)
  })

  test('transfers carry process, privilege and execute as CONTROL says', () => {
    const bench = new Bench()
    bench.engine.store(PROCESS, 4, 0xfff1_2345n)
    bench.start(PRIV)
    bench.start(PV | EXE)
    assert.deepEqual(bench.attributes, [
      { supervisor: true, execute: false },
      { process: 0x1_2345, supervisor: false, execute: true },
    ])
    assert.equal(bench.engine.load(CONTROL, 4), BigInt(PV | EXE), 'START reads as 0')
  })
})
