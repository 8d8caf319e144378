import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  CLAIMI,
  CLRIPNUM,
  DETACHED,
  EDGE0,
  EDGE1,
  IN_CLRIP,
  LEVEL0,
  LEVEL1,
  MODES,
  SETIP,
  SETIPNUM,
  SETIPNUM_BE,
  SETIPNUM_LE,
  bench,
  configured,
  idc,
  pending,
  sourcecfg,
  type AplicBench,
} from './test/aplic-bench.js'

describe('APLIC, "Precise effects on interrupt-pending bits"', () => {
  type Step = readonly [what: string, act: (bench: AplicBench) => void, pending: boolean]
  const rise: Step[1] = ({ drive }) => drive(5, true)
  const fall: Step[1] = ({ drive }) => drive(5, false)
  const set: Step[1] = ({ store }) => store(SETIPNUM, 5)
  const setWord: Step[1] = ({ store }) => store(SETIP, 1 << 5)
  const setLe: Step[1] = ({ store }) => store(SETIPNUM_LE, 5)
  const setBe: Step[1] = ({ store }) => store(SETIPNUM_BE, 5 << 24)
  const clear: Step[1] = ({ store }) => store(CLRIPNUM, 5)
  const clearWord: Step[1] = ({ store }) => store(IN_CLRIP, 1 << 5)
  const claim: Step[1] = ({ load }) => void load(idc(1, CLAIMI))
  const rows: readonly (readonly [keyof typeof MODES, boolean, readonly Step[]])[] = [
    [
      'DETACHED',
      false,
      [
        ['wire', rise, false],
        ['set', set, true],
        ['claim', claim, false],
        ['word', setWord, true],
        ['clear', clear, false],
      ],
    ],
    [
      'EDGE1',
      false,
      [
        ['rise', rise, true],
        ['claim', claim, false],
        ['fall', fall, false],
        ['set', setLe, true],
        ['clear', clearWord, false],
      ],
    ],
    [
      'EDGE1',
      false,
      [
        ['big-endian write', setBe, false],
        ['rise', rise, true],
        ['fall', fall, true],
      ],
    ],
    [
      'EDGE0',
      false,
      [
        ['rise', rise, false],
        ['fall', fall, true],
        ['clear', clear, false],
      ],
    ],
    [
      'LEVEL1',
      false,
      [
        ['set', set, false],
        ['rise', rise, true],
        ['clear', clear, true],
        ['claim', claim, true],
        ['fall', fall, false],
      ],
    ],
    [
      'LEVEL0',
      false,
      [
        ['at once', () => undefined, true],
        ['rise', rise, false],
        ['fall', fall, true],
      ],
    ],
    [
      'LEVEL1',
      true,
      [
        ['set while low', set, false],
        ['fall', fall, false],
      ],
    ],
  ]
  for (const [mode, messages, steps] of rows)
    test(`${mode}, ${messages ? 'message' : 'direct'} delivery: ${steps.map(([what]) => what).join(', ')}`, () => {
      const wired = configured(MODES[mode], messages)
      for (const [what, act, expected] of steps) {
        act(wired)
        assert.equal(pending(wired), expected, what)
      }
    })

  test('in_clrip reads the rectified inputs', () => {
    const { store, load, drive } = bench()
    ;[DETACHED, EDGE1, EDGE0, LEVEL1, LEVEL0, 0].forEach((mode, index) => {
      store(sourcecfg(index + 1), mode)
      drive(index + 1, true)
    })
    assert.equal(load(IN_CLRIP), (1 << 2) | (1 << 4))
    for (const source of [1, 2, 3, 4, 5, 6]) drive(source, false)
    assert.equal(load(IN_CLRIP), (1 << 3) | (1 << 5))
  })
})
