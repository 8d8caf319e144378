/**
 * The radix tree that device and process directories share: non-leaf entries of 8 bytes, and a table of contexts at the leaves.
 * RISC-V IOMMU, "Process to locate the Device-context", "Process to locate the Process-context".
 */
import { iommuFault, type IommuFault } from './transaction.js'

const V = 1n
/** Bits 9:1 and 63:54. */
const RESERVED = (0x1ffn << 1n) | (0x3ffn << 54n)
const PPN_SHIFT = 10n
export const PPN = (1n << 44n) - 1n
const ENTRY_BYTES = 8

export interface Directory {
  /** Page number of the root table. */
  readonly root: bigint
  /** The index at each level, that of the root first, that of the leaf table last. */
  readonly indexes: readonly number[]
  /** Doublewords of a context. */
  readonly contextWords: number
  readonly causes: { readonly load: number; readonly invalid: number; readonly misconfigured: number }
  /** `undefined`: access fault; a fault of its own is that of reaching the directory's memory. */
  readonly read: (address: bigint, doublewords: number) => readonly bigint[] | IommuFault | undefined
}

/** The doublewords of the context that the indexes lead to; its validity and configuration are the caller's to check. */
export function locateContext({ root, indexes, contextWords, causes, read }: Directory): readonly bigint[] | IommuFault {
  let table = root << 12n
  for (const [level, index] of indexes.entries()) {
    const leaf = level === indexes.length - 1
    const place = table + BigInt(index * (leaf ? contextWords * 8 : ENTRY_BYTES))
    const words = read(place, leaf ? contextWords : 1)
    if (words === undefined) return iommuFault(causes.load)
    if ('cause' in words) return words
    const [first = 0n] = words
    if ((first & V) === 0n) return iommuFault(causes.invalid)
    if (leaf) return words
    if ((first & RESERVED) !== 0n) return iommuFault(causes.misconfigured)
    table = ((first >> PPN_SHIFT) & PPN) << 12n
  }
  return iommuFault(causes.invalid)
}
