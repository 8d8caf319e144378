import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { MINIMUM_WINDOW } from './charges.js'
import { timeline } from './timeline.js'

/** Windows by the gap before each and its length, and the gap after the last. */
const schedule = fc
  .record({
    parts: fc.array(
      fc.record({
        partition: fc.nat({ max: 7 }),
        gap: fc.oneof(fc.constant(0), fc.nat({ max: 3 * MINIMUM_WINDOW }), fc.constantFrom(MINIMUM_WINDOW - 1, MINIMUM_WINDOW)),
        length: fc.integer({ min: MINIMUM_WINDOW, max: 10 * MINIMUM_WINDOW }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    rest: fc.nat({ max: 3 * MINIMUM_WINDOW }),
  })
  .map(({ parts, rest }) => {
    let at = 0
    const windows = parts.map(({ partition, gap, length }) => {
      const offset = at + gap
      at = offset + length
      return { partition, offset, length }
    })
    return { windows, majorFrame: at + rest }
  })

const fixed = { seed: 51, numRuns: 300 }

describe('Timeline of a major frame', () => {
  test('a gap one cycle shorter than the shortest window is no slot of its own', () =>
    assert.deepEqual(
      timeline({ windows: [{ partition: 0, offset: MINIMUM_WINDOW - 1, length: 20000 }], majorFrame: MINIMUM_WINDOW + 19999 }),
      [{ partition: 0, offset: MINIMUM_WINDOW - 1, length: 20000 }],
    ))

  test('a gap as long as the shortest window is a slot in which nobody runs', () =>
    assert.deepEqual(
      timeline({ windows: [{ partition: 0, offset: MINIMUM_WINDOW, length: 20000 }], majorFrame: 2 * MINIMUM_WINDOW + 20000 }),
      [
        { partition: undefined, offset: 0, length: MINIMUM_WINDOW },
        { partition: 0, offset: MINIMUM_WINDOW, length: 20000 },
        { partition: undefined, offset: MINIMUM_WINDOW + 20000, length: MINIMUM_WINDOW },
      ],
    ))

  test('every window is a slot exactly as configured, in order of time, whatever the order in the configuration', () =>
    fc.assert(
      fc.property(schedule, fc.boolean(), ({ windows, majorFrame }, reversed) => {
        const slots = timeline({ windows: reversed ? [...windows].reverse() : windows, majorFrame })
        assert.deepEqual(
          slots.filter(({ partition }) => partition !== undefined),
          windows,
        )
      }),
      fixed,
    ))

  test('slots never overlap, never leave the frame, and no slot is shorter than the shortest window', () =>
    fc.assert(
      fc.property(schedule, (system) => {
        let free = 0
        for (const { offset, length } of timeline(system)) {
          assert.ok(offset >= free && length >= MINIMUM_WINDOW)
          // What lies between is too short to idle in.
          assert.ok(offset - free < MINIMUM_WINDOW)
          free = offset + length
        }
        assert.ok(free <= system.majorFrame && system.majorFrame - free < MINIMUM_WINDOW)
      }),
      fixed,
    ))
})
