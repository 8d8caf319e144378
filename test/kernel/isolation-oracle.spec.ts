/** The oracle of isolation must find what it is there to find: each kind of departure, planted in the page tables in memory. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openSystem } from '../../kernel/testbench/open-system.js'

/** `byte` in the four table pages of the partition: root, middle, private leaves, shared leaves. */
const CODE_LEAF = 8192 + 16 * 8
const DATA_LEAF = 8192 + 256 * 8
const UNUSED_LEAF = 8192 + 64 * 8

function findings(flips: readonly { readonly byte: number; readonly bit: number }[]): readonly string[] {
  const system = openSystem('three-partitions', { engine: 'reference', amnesia: false })
  system.boot()
  for (const { byte, bit } of flips) system.stimulate({ kind: 'flip-bit', place: { kind: 'page-tables', partition: 'sensor' }, byte, bit })
  return system.observe({ kind: 'isolation' })
}

describe('oracle of isolation, SKPP FDP_IFC.2', () => {
  test('finds nothing in the tables that the kernel built', () => {
    assert.deepEqual(findings([]), [])
  })

  test('finds code that became writable', () => {
    assert.deepEqual(findings([{ byte: CODE_LEAF, bit: 2 }]), [
      'sensor may write and execute 0x80100000',
      'sensor has 20480 bytes writable, the policy gives 16384',
    ])
  })

  test('finds data that is no longer reachable', () => {
    assert.deepEqual(findings([{ byte: DATA_LEAF, bit: 4 }]), ['sensor has 12288 bytes writable, the policy gives 16384'])
  })

  test('finds a page of another partition', () => {
    // Frame 0x80104 of the sensor's data becomes 0x8010c, the controller's data: bit 3 of the frame number, bit 13 of the entry.
    const found = findings([{ byte: DATA_LEAF + 1, bit: 5 }])
    assert.ok(
      found.some((line) => line === 'sensor and controller both reach 4096 bytes, the policy lets them share 0'),
      found.join('\n'),
    )
  })

  test('finds a page of the kernel', () => {
    // V, R, U and the frame 0x80010 of the kernel's data, bit by bit, in a leaf that was zero.
    const bits = [0, 1, 4, 14, 29].map((bit) => ({ byte: UNUSED_LEAF + Math.floor(bit / 8), bit: bit % 8 }))
    assert.ok(
      findings(bits).some((line) => line === 'sensor reaches memory of the kernel at 0x80010000'),
      findings(bits).join('\n'),
    )
  })
})
