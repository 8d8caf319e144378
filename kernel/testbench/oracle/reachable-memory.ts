/**
 * Every page that user-mode code reaches through a page table, read from raw memory: the oracle's own walk, apart from the
 * machine's MMU and from the kernel's check. RISC-V Privileged, "Sv39": V bit 0, R 1, W 2, X 3, U 4, PPN bits 53:10.
 */
import { word64, type RawMemory } from './raw-memory.js'

export interface ReachablePage {
  readonly virtual: number
  readonly physical: number
  readonly bytes: number
  readonly read: boolean
  readonly write: boolean
  readonly execute: boolean
}

const SPANS = [0x1000, 0x20_0000, 0x4000_0000] as const

export function reachableMemory(memory: RawMemory, root: number): readonly ReachablePage[] {
  return walk(memory, root, 2, 0)
}

function walk(memory: RawMemory, table: number, level: number, base: number): readonly ReachablePage[] {
  const span = SPANS[level] ?? 0
  const pages: ReachablePage[] = []
  for (let index = 0; index < 512; index++) {
    const entry = word64(memory, table + 8 * index)
    if ((entry & 1n) === 0n) continue
    const target = Number((entry >> 10n) & 0xfff_ffff_ffffn) * 0x1000
    const virtual = base + index * span
    const has = (bit: bigint): boolean => ((entry >> bit) & 1n) === 1n
    const isLeaf = has(1n) || has(2n) || has(3n)
    if (isLeaf && has(4n)) pages.push({ virtual, physical: target, bytes: span, read: has(1n), write: has(2n), execute: has(3n) })
    if (!isLeaf && level > 0) pages.push(...walk(memory, target, level - 1, virtual))
  }
  return pages
}
