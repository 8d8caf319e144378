import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chainOfPartitions } from '../../../../test/kernel/chain-of-partitions.js'
import { AUDIT_EVENTS } from '../../../abi/audit.js'
import { PAGE_BYTES } from '../../../common/units.js'
import { kernelLayout } from '../../memory/kernel-layout.js'
import { partitionFrames, VECTOR_START } from '../../memory/physical-map.js'
import { imageRange } from '../image-range.js'
import { capabilitySymbols, sharedSymbols } from './capability-slots.js'
import { compileSystem } from './compile.js'
import { decodeVector } from '../vector.js'

const SYSTEM = `system: flight
revision: 7
memory: 4 MiB
majorFrame: 200000
partitions:
  - { name: altimeter, code: 16 KiB, data: 8 KiB, health: { MEMORY_VIOLATION: COLD }, restartLimit: 3 }
  - { name: display, code: 4 KiB, data: 12 KiB, console: true, authority: { system: [selftest, halt], control: [logger], readAudit: true } }
  - { name: logger, code: 8 KiB, data: 4 KiB, authority: { observe: [altimeter] } }
ports:
  - { name: heading, kind: sampling, message: 8, refresh: 200000, from: logger, to: [display] }
  - { name: altitude, kind: sampling, message: 16, refresh: 200000, from: altimeter, to: [display, logger] }
  - { name: commands, kind: queuing, message: 32, depth: 4, from: display, to: [altimeter] }
notifications:
  - { name: alert, from: [altimeter], to: display, bits: "0x8000000000000000" }
  - { name: wake, from: [display], to: logger, bits: 1 }
shared:
  - { name: terrain-map, size: 8 KiB, write: [logger], read: [altimeter] }
  - { name: fixed, size: 4 KiB, at: 0x200000, write: [altimeter], read: [logger] }
  - { name: trend, size: 4 KiB, write: [display], read: [logger] }
schedule:
  - { partition: altimeter, at: 0, length: 20000 }
  - { partition: display, at: 20000, length: 160000 }
  - { partition: logger, at: 180000, length: 20000 }
audit:
  records: 32
  select: [HALT, FLOW_DENIED]
  subjects: [logger, altimeter]
  onFull: lose
  alarms: [{ event: FLOW_DENIED, count: 2, action: { notify: alert, bits: "0x8000000000000000" } }]
policy:
  flows:
    - { from: altimeter, to: display }
    - { from: altimeter, to: logger }
    - { from: display, to: altimeter }
    - { from: display, to: logger }
    - { from: logger, to: display }
    - { from: logger, to: altimeter }
`

describe('A compiled configuration', () => {
  const text = SYSTEM.replace('system: [selftest, halt]', 'system: [halt]')
  const { configuration, vector, digest } = compileSystem('flight.yaml', text)
  const [altimeter, display, logger] = configuration.partitions

  test('gives code and data in file order, then shared regions, then the images in one range', () => {
    assert.deepEqual(altimeter?.code, { address: 0x8010_0000, bytes: 0x4000 })
    assert.deepEqual(altimeter.data, { address: 0x8010_4000, bytes: 0x2000 })
    assert.deepEqual(display?.code, { address: 0x8010_6000, bytes: 0x1000 })
    assert.deepEqual(logger?.data, { address: 0x8010_c000, bytes: 0x1000 })
    assert.deepEqual(
      configuration.sharedRegions.map(({ memory }) => memory.address),
      [0x8010_d000, 0x8010_f000, 0x8011_0000],
    )
    assert.deepEqual(altimeter.image, { address: 0x8011_1000, bytes: 0x4000 })
    assert.deepEqual(imageRange(configuration), { address: 0x8011_1000, bytes: 0x7000 })
  })

  test('gives each partition its capabilities: ports, notifications it sends, partitions it controls or observes', () => {
    assert.deepEqual(display?.capabilities, [
      { kind: 'port', object: 0, send: false, receive: true },
      { kind: 'port', object: 1, send: false, receive: true },
      { kind: 'port', object: 2, send: true, receive: false },
      { kind: 'notification', object: 1 },
      { kind: 'partition', object: 2, control: true },
    ])
    assert.deepEqual(logger?.capabilities.at(-1), { kind: 'partition', object: 0, control: false })
  })

  test('names the slots for programs, and no slot of an object the partition takes no part in', () => {
    assert.deepEqual(capabilitySymbols(configuration, 0), { CAP_ALTITUDE: 0n, CAP_COMMANDS: 1n, CAP_ALERT: 2n })
    assert.deepEqual(capabilitySymbols(configuration, 2), { CAP_HEADING: 0n, CAP_ALTITUDE: 1n, CAP_ALTIMETER: 2n })
    assert.deepEqual(capabilitySymbols(configuration, 3), {})
  })

  test('puts shared regions where they are written to be, and others at the lowest free place', () => {
    assert.deepEqual(sharedSymbols(configuration, 2), {
      SHARED_TERRAIN_MAP: 0x20_1000n,
      SHARED_FIXED: 0x20_0000n,
      SHARED_TREND: 0x20_3000n,
    })
    assert.deepEqual(sharedSymbols(configuration, 1), { SHARED_TREND: 0x20_3000n })
  })

  test('lets readers read and writers write', () => {
    assert.deepEqual(configuration.sharedRegions[0]?.maps, [
      { partition: 0, at: 0x20_1000, write: false },
      { partition: 2, at: 0x20_1000, write: true },
    ])
  })

  test('keeps 64 bits of a notification, and sorts what has no order', () => {
    assert.equal(configuration.notifications[0]?.mask, 1n << 63n)
    assert.deepEqual(configuration.audit.subjects, [0, 2])
    assert.deepEqual(
      configuration.audit.select,
      AUDIT_EVENTS.filter((event) => event === 'FLOW_DENIED' || event === 'HALT'),
    )
  })

  test('is what its vector decodes to, and has the same digest every time', () => {
    assert.deepEqual(decodeVector(vector), { ok: true, value: configuration })
    assert.equal(compileSystem('elsewhere.yaml', text).digest, digest)
    assert.notEqual(compileSystem('flight.yaml', text.replace('revision: 7', 'revision: 8')).digest, digest)
  })

  test('is refused where a self-test would not fit, with file, line and remedy', () => {
    assert.throws(() => compileSystem('flight.yaml', SYSTEM), {
      name: 'ConfigurationError',
      message: /^flight\.yaml:7: self-test-window: .*; remedy: lengthen one of its windows/,
    })
  })
})

describe('A system of 1,024 partitions', () => {
  const { configuration, vector } = compileSystem('chain.yaml', chainOfPartitions(1024))

  test('is accepted, and has kernel data of its own size behind a larger vector', () => {
    assert.equal(configuration.partitions.length, 1024)
    assert.ok(vector.length > 100_000)
    assert.equal(configuration.kernelData.address % PAGE_BYTES, 0)
    assert.ok(configuration.kernelData.address >= VECTOR_START + vector.length)
    assert.ok(kernelLayout(configuration).end <= partitionFrames(configuration))
  })

  test('is what its vector decodes to', () => assert.deepEqual(decodeVector(vector), { ok: true, value: configuration }))

  test('is refused as a whole where the first could learn of the last', () => {
    const text = chainOfPartitions(1024).replace('  never:', '    - { from: partition-1023, to: partition-0000 }\n  never:')
    const back = text.replace(
      'schedule:',
      '  - { name: back, kind: sampling, message: 1, refresh: 24576000, from: partition-1023, to: [partition-0000] }\nschedule:',
    )
    assert.throws(() => compileSystem('chain.yaml', back), /never-contradicted/)
  })
})
