/**
 * Page tables under which most of a random program works and some of it does not: pages, superpages (one of them misaligned), random
 * flags; with H the same again for the G-stage. RISC-V Privileged, "Sv39: Page-Based 39-bit Virtual-Memory System", "Two-Stage Address
 * Translation".
 */
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { DATA, GUEST_TABLES, PAGE_TABLES, RAM_BYTES } from './program-layout.js'
import type { SeededRandom } from './seeded-random.js'

/** A doubleword of a page table, `offset` bytes after RAM's base. */
export interface TableEntry {
  readonly offset: number
  readonly value: bigint
}

const PAGE_SHIFT = 12
const PAGES = RAM_BYTES >> PAGE_SHIFT

/** Flags: V R W X U G A D from bit 0. */
const POINTER = 0x01
const USER = 0x10
const DEVICES = 0xc7
const EVERYTHING = 0xcf

const physical = (address: number, flags: number): bigint => ((BigInt(address) >> 12n) << 10n) | BigInt(flags)

export function randomPageTables(random: SeededRandom, hypervisor: boolean): TableEntry[] {
  return [...firstStage(random), ...(hypervisor ? guestStage(random) : [])]
}

/** The RAM at 0x8000_0000 for S, at 0xc000_0000 for U. Tables: 0 the root, 1 and 2 for S, 3 and 4 for U. */
function firstStage(random: SeededRandom): TableEntry[] {
  const table = (index: number): number => PAGE_TABLES + (index << PAGE_SHIFT)
  const { entry, pointer } = tables(table)
  return [
    entry(0, 0, physical(0, DEVICES)),
    entry(0, 2, pointer(1)),
    entry(0, 3, pointer(3)),
    entry(1, 0, pointer(2)),
    entry(1, 1, physical(RAM_BASE, EVERYTHING)),
    entry(1, 2, physical(RAM_BASE + 0x1000, EVERYTHING)),
    entry(3, 0, pointer(4)),
    entry(3, 1, physical(RAM_BASE, EVERYTHING | USER)),
    ...pages((page) => entry(2, page, physical(RAM_BASE + page * 4096, randomFlags(random, page, 0)))),
    ...pages((page) => entry(4, page, physical(RAM_BASE + page * 4096, randomFlags(random, page, USER)))),
  ]
}

/** Guest physical addresses are physical ones, and 0xc000_0000 is the RAM again. All leaves are of U ("Guest-Page Faults"). */
function guestStage(random: SeededRandom): TableEntry[] {
  const table = (index: number): number => GUEST_TABLES + (index === 0 ? 0 : (index + 3) << PAGE_SHIFT)
  const { entry, pointer } = tables(table)
  return [
    entry(0, 0, physical(0, DEVICES | USER)),
    entry(0, 2, pointer(1)),
    entry(0, 3, pointer(2)),
    entry(1, 0, pointer(3)),
    entry(1, 1, physical(RAM_BASE, EVERYTHING | USER)),
    entry(2, 0, pointer(3)),
    ...pages((page) => entry(3, page, physical(RAM_BASE + page * 4096, random.once(16) ? random.below(256) : EVERYTHING | USER))),
  ]
}

const pages = (entryOf: (page: number) => TableEntry): TableEntry[] => Array.from({ length: PAGES }, (_, page) => entryOf(page))

function tables(table: (index: number) => number) {
  return {
    entry: (index: number, slot: number, value: bigint): TableEntry => ({ offset: table(index) + slot * 8, value }),
    pointer: (index: number): bigint => physical(RAM_BASE + table(index), POINTER),
  }
}

/** Code is mostly executable, data mostly accessible; sometimes anything. */
function randomFlags(random: SeededRandom, page: number, user: number): number {
  if (random.once(16)) return random.below(256)
  return page < DATA >> PAGE_SHIFT ? (random.once(4) ? EVERYTHING : 0x4b) | user : (random.once(6) ? 0x43 : 0xc7) | user
}
