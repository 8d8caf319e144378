/**
 * The boot manifest: what the boot ROM measures before anything else runs, and the digest it must find. It lies in ROM behind
 * the boot code. Little endian: count (8 bytes), then per item kind (8), address (8), length (8), SHA-256 (32).
 * SKPP FPT_ESS_EXP.1, FPT_TST_EXP.1.
 */
import type { KernelMemory } from '../memory/kernel-memory.js'
import { BOOT_MANIFEST } from '../memory/physical-map.js'

export const MEASURED_KINDS = ['boot-code', 'trap-stub', 'configuration', 'image', 'hosted-code', 'configuration-key'] as const
export type MeasuredKind = (typeof MEASURED_KINDS)[number]

/**
 * `address` 0 and `length` 0: not in physical memory (hosted code, whose digest the platform states). A `configuration-key` says of the
 * vector at `address` who must have signed it (`digest`: the Ed25519 public key) and its least revision (`length`).
 */
export interface MeasuredItem {
  readonly kind: MeasuredKind
  readonly address: number
  readonly length: number
  /** SHA-256, 32 bytes. */
  readonly digest: Uint8Array
}

export const ITEM_BYTES = 56
/** An image of each partition and little else; a larger count means a broken ROM, which holds no more. */
export const MOST_ITEMS = 1096

export function encodeManifest(items: readonly MeasuredItem[]): Uint8Array {
  const bytes = new Uint8Array(8 + items.length * ITEM_BYTES)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(items.length), true)
  items.forEach(({ kind, address, length, digest }, index) => {
    const at = 8 + index * ITEM_BYTES
    view.setBigUint64(at, BigInt(MEASURED_KINDS.indexOf(kind)), true)
    view.setBigUint64(at + 8, BigInt(address), true)
    view.setBigUint64(at + 16, BigInt(length), true)
    bytes.set(digest, at + 24)
  })
  return bytes
}

/** Every item of the manifest in ROM; undefined when the manifest is none, or one of its items is of no kind this kernel knows. */
export function manifestItems(memory: KernelMemory): readonly MeasuredItem[] | undefined {
  const count = memory.u64(BOOT_MANIFEST)
  if (count === 0n || count > BigInt(MOST_ITEMS)) return undefined
  const items: MeasuredItem[] = []
  for (let index = 0; index < count; index++) {
    const item = decodeItem(memory.bytes(BOOT_MANIFEST + 8 + index * ITEM_BYTES, ITEM_BYTES))
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

/** `undefined`: not an item of a kind this kernel knows. */
export function decodeItem(bytes: Uint8Array): MeasuredItem | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = MEASURED_KINDS[Number(view.getBigUint64(0, true))]
  if (kind === undefined) return undefined
  return {
    kind,
    address: Number(view.getBigUint64(8, true)),
    length: Number(view.getBigUint64(16, true)),
    digest: bytes.slice(24, ITEM_BYTES),
  }
}
