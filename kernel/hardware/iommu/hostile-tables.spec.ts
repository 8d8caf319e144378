/** Tables, queues and register writes that no honest software makes. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Width } from '../../common/device-port.js'
import { A, BASE, D, IommuBench, LEAF, PDTV, pte, V } from './test/iommu-bench.js'

const SEED = 20_260_101
const FAULT_PAGE = 2
const TABLE_PAGES = 40
const MSI_PTE = V | 6n
const [GADE, SADE] = [1n << 7n, 1n << 8n]

const page = fc.integer({ min: 0, max: TABLE_PAGES }).map((number) => (BASE >> 12n) + BigInt(number))
const any64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n })
const pointer = (modes: readonly bigint[]): fc.Arbitrary<bigint> =>
  fc.tuple(fc.constantFrom(...modes), page).map(([mode, number]) => (mode << 60n) | (number & ~3n))

/** An entry of a table: a pointer, a leaf, an MSI PTE, with or without permissions, or anything. */
const flags = fc.constantFrom(V, LEAF, LEAF, LEAF & ~(A | D), MSI_PTE)
const entry = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(page, flags).map(([number, bits]) => pte(number, bits)) },
  { weight: 1, arbitrary: pointer([0n, 8n]) },
  { weight: 1, arbitrary: any64 },
)
const contextOf = (tc: readonly bigint[], fsc: readonly bigint[]): fc.Arbitrary<readonly bigint[]> =>
  fc
    .tuple(fc.constantFrom(...tc), pointer([0n, 0n, 8n, 9n]), pointer(fsc), pointer([0n, 0n, 1n]), fc.constantFrom(0n, 3n, 0xffffn), page)
    .map(([control, iohgatp, first, msi, mask, pattern]) => [
      control,
      iohgatp,
      7n << 12n,
      first,
      iohgatp >> 60n === 0n ? 0n : msi,
      mask,
      pattern,
      0n,
    ])
const context = fc.oneof(
  contextOf([V, V | GADE | SADE], [0n, 0n, 8n, 9n, 10n, 11n]),
  contextOf([V | PDTV, V | PDTV | SADE], [0n, 1n, 1n, 2n, 3n, 4n]),
)
const request = fc.record({
  iova: fc
    .oneof(
      any64,
      fc.bigInt({ min: 0n, max: (1n << 38n) - 1n }),
      fc.nat(0xf_ffff).map((offset) => BASE + BigInt(offset)),
    )
    .map((address) => address & ~7n), // within a page
  device: fc.nat(63),
  process: fc.option(fc.nat(0x1ff), { nil: undefined }),
  execute: fc.boolean(),
})

/** Tables of repeated words; the fault queue's page stays its own. */
function filled(words: readonly bigint[], contexts: readonly (readonly bigint[])[]): IommuBench {
  const bench = new IommuBench()
  for (let index = 0; index < TABLE_PAGES * 512; index++)
    if (index >> 9 !== FAULT_PAGE) bench.memory.put64(BASE + BigInt(index * 8), words[(index * 7) % words.length] ?? 0n)
  for (let device = 0; device < 64; device++) bench.context(device, contexts[device % contexts.length] ?? [])
  return bench
}

/** A fault record, or an entry of a table that differs by the bits that a walk sets. */
function isOfTheIommu({ address, before, after }: { address: bigint; before: Uint8Array; after: Uint8Array }): boolean {
  if ((address - BASE) >> 12n === BigInt(FAULT_PAGE)) return after.length === 32
  const word = (bytes: Uint8Array): bigint => new DataView(bytes.buffer).getBigUint64(0, true)
  return after.length === 8 && ((word(before) ^ word(after)) & ~(A | D)) === 0n
}

describe('IOMMU and hostile tables', () => {
  test('whatever memory holds, a transaction is done or refused; a refused one changes A and D of tables and its fault record alone', () => {
    const seen = { done: 0, refused: 0 }
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 16, maxLength: 128 }),
        fc.array(context, { minLength: 1, maxLength: 8 }),
        fc.array(request, { minLength: 20, maxLength: 20 }),
        (words, contexts, requests) => {
          const bench = filled(words, contexts)
          for (const { iova, device, process, execute } of requests) {
            const attributes = process === undefined ? { execute } : { process, execute, supervisor: execute }
            bench.memory.stores.length = 0
            const read = bench.read(device, iova, attributes)
            const written = bench.write(device, iova, attributes)
            assert.ok(written || bench.memory.stores.every(isOfTheIommu))
            const refusals = (read === undefined ? 1 : 0) + (written ? 0 : 1)
            assert.ok(bench.takeFaults().length <= refusals)
            seen.done += 2 - refusals
            seen.refused += refusals
          }
        },
      ),
      { seed: SEED, numRuns: 60 },
    )
    assert.ok(seen.done > 40 && seen.refused > 1000, `${seen.done} done, ${seen.refused} refused: the tables do not say enough`)
  })

  test('whatever software writes to registers and queues, the IOMMU answers', () => {
    const offsets = [8, 12, 16, 20, 24, 36, 40, 48, 52, 72, 76, 84, 600, 608, 616, 760, 768, 776, 780]
    const store = fc.tuple(fc.constantFrom(...offsets), fc.constantFrom<Width>(4, 8), fc.oneof(entry, fc.nat(0xff).map(BigInt)))
    fc.assert(
      fc.property(fc.array(store, { maxLength: 60 }), fc.array(entry, { minLength: 32, maxLength: 32 }), (stores, commands) => {
        const bench = new IommuBench()
        bench.memory.put64(bench.commandPage << 12n, ...commands)
        for (const [offset, width, value] of stores) bench.iommu.store(offset, width, BigInt.asUintN(width * 8, value))
        bench.iommu.port(1).write(BASE, new Uint8Array(4))
        assert.equal(bench.load(0, 8) & 0xffn, 0x10n)
        assert.ok(bench.load(32) < 2n ** 32n)
      }),
      { seed: SEED, numRuns: 200 },
    )
  })
})
