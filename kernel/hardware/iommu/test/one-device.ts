/**
 * Devices with one page behind them, and their faults: what several specs of this room begin with.
 */
import { invariant } from '../../../common/errors.js'
import { IommuBench, LEAF, pte, SV39, type FaultRecord } from './iommu-bench.js'

export const DEVICE = 5
export const IOVA = 0x12_3456_7008n
export const GPA = 0x4_5678_9010n
/** A page number where nothing is. */
export const OUTSIDE = 0x9_0000n
/** The same number. */
export const SV39X4 = SV39

/** A device of one first-stage page at IOVA, 8-byte word 0x77 behind it. */
export function firstStage(leaf = LEAF, changes: readonly bigint[] = []): { bench: IommuBench; place: bigint; page: bigint } {
  const bench = new IommuBench()
  const [root, page] = [bench.memory.pages(), bench.memory.pages()]
  const place = bench.memory.map(root, 3, IOVA, pte(page, leaf))
  bench.memory.put64((page << 12n) + 8n, 0x77n)
  const words = [0n, 0n, 0x123n << 12n, SV39 | root]
  bench.context(
    DEVICE,
    words.map((word, index) => word | (changes[index] ?? 0n)),
  )
  return { bench, place, page }
}

/** A device of which a second stage alone maps GPA. */
export function secondStage(leaf = LEAF, iohgatp = 0n): { bench: IommuBench; place: bigint; page: bigint; root: bigint } {
  const bench = new IommuBench()
  const [root, page] = [bench.memory.pages(4), bench.memory.pages()]
  const place = bench.memory.map(root, 3, GPA, pte(page, leaf))
  bench.memory.put64((page << 12n) + 16n, 0x77n)
  bench.context(DEVICE, [0n, SV39X4 | (9n << 44n) | root | iohgatp, 0n, 0n])
  return { bench, place, page, root }
}

/** The one fault record that there is. */
export function onlyFault(bench: IommuBench): FaultRecord {
  const [record, ...others] = bench.takeFaults()
  invariant(record !== undefined && others.length === 0, 'there is not one fault record')
  return record
}
