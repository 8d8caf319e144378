import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Width } from '../common/device-port.js'
import { assertDeviceContract } from './device-contract.js'
import { Uart16550 } from './uart16550.js'

const [THR, IER, IIR, LCR, MCR, LSR, MSR, SCR] = [0, 1, 2, 3, 4, 5, 6, 7] as const
const BYTES = new TextEncoder()

/** A UART and the level of its interrupt line. */
function connected(): { uart: Uart16550; line: { level: boolean } } {
  const line = { level: false }
  return { uart: new Uart16550({ set: (asserted) => (line.level = asserted) }), line }
}

describe('UART 16550A', () => {
  test('meets the device contract', () => {
    assertDeviceContract({ create: () => new Uart16550(), offsets: [0, 1, 2, 3, 4, 5, 6, 7, 8, 255] })
  })

  const refused: readonly (readonly [number, Width])[] = [
    [THR, 4],
    [THR, 2],
    [LSR, 8],
    [8, 1],
    [255, 1],
  ]
  for (const [offset, width] of refused)
    test(`an access of ${width} bytes at ${offset} is refused`, () => {
      const { uart } = connected()
      assert.equal(uart.load(offset, width), undefined)
      assert.equal(uart.store(offset, width, 0x41n), false)
      assert.equal(uart.outputText(), '')
    })

  test('stores to LSR and MSR have no effect', () => {
    const { uart } = connected()
    uart.store(LSR, 1, 0n)
    uart.store(MSR, 1, 0n)
    assert.equal(uart.load(LSR, 1), 0x60n)
    assert.equal(uart.load(MSR, 1), 0xb0n)
  })

  test('what is written to THR is output, in order, and THR is empty again at once', () => {
    const { uart } = connected()
    for (const byte of BYTES.encode('boot ok\n')) uart.store(THR, 1, BigInt(byte))
    assert.equal(uart.outputText(), 'boot ok\n')
    assert.equal(uart.load(LSR, 1), 0x60n)
  })

  test('received bytes are read in order; LSR.DR tells whether one is there', () => {
    const { uart } = connected()
    uart.input(BYTES.encode('hi'))
    assert.equal(uart.load(LSR, 1), 0x61n)
    assert.deepEqual([uart.load(THR, 1), uart.load(THR, 1)], [0x68n, 0x69n])
    assert.equal(uart.load(LSR, 1), 0x60n)
    assert.equal(uart.load(THR, 1), 0n)
  })

  test('with LCR.DLAB the divisor latch answers, and nothing is sent', () => {
    const { uart } = connected()
    uart.store(LCR, 1, 0x83n)
    uart.store(THR, 1, 0x41n)
    uart.store(IER, 1, 0x02n)
    assert.deepEqual([uart.load(THR, 1), uart.load(IER, 1)], [0x41n, 0x02n])
    uart.store(LCR, 1, 0x03n)
    assert.equal(uart.outputText(), '')
    assert.equal(uart.load(IER, 1), 0n)
  })

  test('received data interrupts only while enabled, and until it is read', () => {
    const { uart, line } = connected()
    uart.input(BYTES.encode('x'))
    assert.equal(line.level, false)
    uart.store(IER, 1, 1n)
    assert.equal(line.level, true)
    assert.equal(uart.load(IIR, 1), 4n)
    assert.equal(line.level, true, 'reading IIR does not end it')
    uart.load(THR, 1)
    assert.equal(line.level, false)
    assert.equal(uart.load(IIR, 1), 1n)
  })

  test('THR empty interrupts when enabled and after each byte, until IIR has reported it', () => {
    const { uart, line } = connected()
    uart.store(IER, 1, 2n)
    assert.equal(line.level, true)
    assert.equal(uart.load(IIR, 1), 2n)
    assert.equal(line.level, false)
    uart.store(THR, 1, 0x41n)
    assert.equal(line.level, true)
  })

  test('FCR enables the FIFOs, which IIR shows, and clears the receiver', () => {
    const { uart } = connected()
    uart.input(BYTES.encode('lost'))
    uart.store(IIR, 1, 3n)
    assert.equal(uart.load(LSR, 1), 0x60n)
    assert.equal(uart.load(IIR, 1), 0xc1n)
  })

  test('in loop mode what is sent is received, nothing leaves, and the modem outputs come back', () => {
    const { uart } = connected()
    uart.store(MCR, 1, 0x1fn)
    uart.store(THR, 1, 0x5an)
    assert.equal(uart.load(THR, 1), 0x5an)
    assert.equal(uart.outputText(), '')
    assert.equal(uart.load(MSR, 1), 0xf0n)
  })

  test('SCR keeps a byte', () => {
    const { uart } = connected()
    uart.store(SCR, 1, 0xa5n)
    assert.equal(uart.load(SCR, 1), 0xa5n)
  })
})
