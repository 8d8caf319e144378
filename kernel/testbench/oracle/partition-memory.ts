/**
 * Memory as one partition sees it, through the page tables that lie in memory: the oracle's own walk. RISC-V Privileged, "Sv39":
 * V bit 0, R 1, W 2, X 3, U 4, PPN bits 53:10; 4 KiB pages at level 0.
 */
import type { PartitionMemory } from './transition.js'
import { word64, type RawMemory } from './raw-memory.js'
import type { PartitionMap, SystemMap } from './system-map.js'

const PAGE = 0x1000n
const LIMIT = 1n << 38n
const [R, W, U] = [1n << 1n, 1n << 2n, 1n << 4n]

export function partitionMemory(memory: () => RawMemory, map: SystemMap): PartitionMemory {
  const named = (name: string): PartitionMap => {
    const found = map.partitions.find((partition) => partition.name === name)
    if (found === undefined) throw new Error(`no partition "${name}" in the map`)
    return found
  }
  const whole = (place: 'code' | 'data' | 'image') => (name: string) => {
    const { address, bytes } = named(name)[place]
    return memory().read(address, bytes)
  }
  const pages = (name: string, address: bigint, length: number, right: bigint) =>
    userPages(memory(), named(name).root, address, length, right)
  return {
    readUser: (name, address, length) => {
      const found = pages(name, address, length, R)
      return found === undefined ? undefined : Buffer.concat(found.map((page) => memory().read(page.address, page.bytes)))
    },
    mayWrite: (name, address, length) => pages(name, address, length, W) !== undefined,
    code: whole('code'),
    data: whole('data'),
    image: whole('image'),
  }
}

interface Piece {
  readonly address: number
  readonly bytes: number
}

function userPages(memory: RawMemory, root: number, address: bigint, length: number, right: bigint): readonly Piece[] | undefined {
  const end = address + BigInt(length)
  if (end > LIMIT) return undefined
  const pieces: Piece[] = []
  for (let at = address; at < end;) {
    const page = leafOf(memory, root, at, right)
    if (page === undefined) return undefined
    const next = (at / PAGE + 1n) * PAGE
    const upTo = next < end ? next : end
    pieces.push({ address: page + Number(at % PAGE), bytes: Number(upTo - at) })
    at = upTo
  }
  return pieces
}

/** Physical address of the page; `undefined`: the partition has not this right there. */
function leafOf(memory: RawMemory, root: number, address: bigint, right: bigint): number | undefined {
  let table = root
  for (let level = 2; level >= 0; level--) {
    const index = Number((address >> BigInt(12 + 9 * level)) & 0x1ffn)
    const entry = word64(memory, table + 8 * index)
    if ((entry & 1n) === 0n) return undefined
    const target = Number((entry >> 10n) & 0xfff_ffff_ffffn) * 0x1000
    const isLeaf = (entry & 0b1110n) !== 0n
    if (isLeaf) return level === 0 && (entry & U) !== 0n && (entry & right) !== 0n ? target : undefined
    table = target
  }
  return undefined
}
