import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AlarmClock } from '../common/device-port.js'
import { assertDeviceContract } from './device-contract.js'
import { GenericWatchdog } from './generic-watchdog.js'
import { GoldfishRtc } from './goldfish-rtc.js'

/** Time by hand: `pass` rings what has become due. */
class HandClock implements AlarmClock {
  private time = 0
  private readonly alarms: { ring: () => void; at: number | undefined }[] = []

  now(): number {
    return this.time
  }

  alarm(ring: () => void): { set: (time: number | undefined) => void } {
    const entry: { ring: () => void; at: number | undefined } = { ring, at: undefined }
    this.alarms.push(entry)
    return { set: (time) => (entry.at = time) }
  }

  pass(to: number): void {
    this.time = to
    for (const entry of this.alarms) {
      if (entry.at === undefined || entry.at > to) continue
      entry.at = undefined
      entry.ring()
    }
  }
}

const line = (): { level: boolean; set: (asserted: boolean) => void } => {
  const target = { level: false, set: (asserted: boolean) => void (target.level = asserted) }
  return target
}

const EPOCH = 0x1_2345_6789_0000n

describe('Goldfish real-time clock', () => {
  const world = (): { clock: HandClock; irq: { level: boolean }; rtc: GoldfishRtc } => {
    const clock = new HandClock()
    const irq = line()
    return { clock, irq, rtc: new GoldfishRtc(clock, irq, EPOCH) }
  }
  const alarmAt = (rtc: GoldfishRtc, time: bigint): void => {
    rtc.store(0x0c, 4, time >> 32n)
    rtc.store(0x08, 4, time & 0xffff_ffffn)
  }

  test('meets the device contract', () => {
    assertDeviceContract({ create: () => world().rtc, offsets: [0, 4, 8, 0xc, 0x10, 0x14, 0x18, 0x1c, 0x20, 0xffc] })
  })

  for (const [offset, width] of [
    [0, 8],
    [0, 1],
    [0x14, 4],
    [0x20, 4],
  ] as const)
    test(`a load of ${width} bytes at 0x${offset.toString(16)} is refused`, () => assert.equal(world().rtc.load(offset, width), undefined))

  test('time is the start time and a nanosecond a cycle; TIME_HIGH is that of the last TIME_LOW', () => {
    const { clock, rtc } = world()
    clock.pass(0x7000_0000)
    assert.equal(rtc.load(0, 4), (EPOCH + 0x7000_0000n) & 0xffff_ffffn)
    clock.pass(2 ** 40)
    assert.equal(rtc.load(4, 4), EPOCH >> 32n)
  })

  test('an alarm that is not enabled is pending in silence; enabled it interrupts until it is cleared', () => {
    const { clock, irq, rtc } = world()
    alarmAt(rtc, EPOCH + 100n)
    clock.pass(99)
    assert.deepEqual([rtc.load(0x18, 4), irq.level], [1n, false])
    clock.pass(100)
    assert.deepEqual([rtc.load(0x18, 4), irq.level], [0n, false])
    rtc.store(0x10, 4, 1n)
    assert.equal(irq.level, true)
    rtc.store(0x1c, 4, 1n)
    assert.equal(irq.level, false)
  })

  test('an alarm that was cleared does not ring', () => {
    const { clock, irq, rtc } = world()
    rtc.store(0x10, 4, 1n)
    alarmAt(rtc, EPOCH + 100n)
    rtc.store(0x14, 4, 1n)
    clock.pass(200)
    assert.equal(irq.level, false)
  })

  test('a clock restored from a snapshot rings at the same time', () => {
    const { rtc } = world()
    rtc.store(0x10, 4, 1n)
    alarmAt(rtc, EPOCH + 100n)
    const other = world()
    other.rtc.restore(structuredClone(rtc.snapshot()))
    other.clock.pass(100)
    assert.equal(other.irq.level, true)
  })
})

describe('Generic watchdog', () => {
  const [WCS, WOR, WRR] = [0, 8, 0x1000]
  const world = (): { clock: HandClock; ws0: { level: boolean }; expired: number[]; watchdog: GenericWatchdog } => {
    const clock = new HandClock()
    const ws0 = line()
    const expired: number[] = []
    return { clock, ws0, expired, watchdog: new GenericWatchdog(clock, ws0, () => expired.push(clock.now())) }
  }

  test('meets the device contract', () => {
    assertDeviceContract({ create: () => world().watchdog, offsets: [0, 4, 8, 0xc, 0x10, 0x14, 0xfcc, 0x1000, 0x1004, 0x1fcc] })
  })

  test('a watchdog that is not enabled never expires', () => {
    const { clock, ws0, expired, watchdog } = world()
    watchdog.store(WOR, 4, 100n)
    clock.pass(1000)
    assert.deepEqual([ws0.level, expired], [false, []])
  })

  test('without a refresh: after one period WS0, after a second one WS1', () => {
    const { clock, ws0, expired, watchdog } = world()
    watchdog.store(WOR, 4, 100n)
    watchdog.store(WCS, 4, 1n)
    clock.pass(100)
    assert.equal(ws0.level, false, 'the counter has to pass WCV')
    clock.pass(101)
    assert.deepEqual([ws0.level, watchdog.load(WCS, 4), expired], [true, 3n, []])
    clock.pass(202)
    assert.deepEqual([watchdog.load(WCS, 4), expired], [7n, [202]])
  })

  test('a refresh in time keeps it quiet, and one after WS0 ends it', () => {
    const { clock, ws0, expired, watchdog } = world()
    watchdog.store(WOR, 4, 100n)
    watchdog.store(WCS, 4, 1n)
    clock.pass(90)
    watchdog.store(WRR, 4, 0n)
    clock.pass(190)
    assert.equal(ws0.level, false)
    clock.pass(191)
    assert.equal(ws0.level, true)
    watchdog.store(WRR, 4, 0n)
    clock.pass(291)
    assert.deepEqual([ws0.level, expired], [false, []])
  })
})
