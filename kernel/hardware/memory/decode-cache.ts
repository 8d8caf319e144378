/**
 * A hart's decoded instructions, for the interpreter: direct-mapped by the instruction's place in machine memory, and valid
 * only while the four bytes there are those that were decoded (of a 16-bit instruction, the two that follow it count too). So
 * stores to code need no invalidation. A new memory's zeros are valid too: an illegal instruction, with handler 0, the slow
 * path. An instruction that lies in two pages never gets an entry, for its second half may be mapped to anywhere.
 */
import { DECODE_CACHE, DECODE_ENTRIES, DECODE_ENTRY_BYTES, hartOffset, X_SINK } from './layout.js'
import type { MachineMemory } from './machine-memory.js'

/** Byte offsets in an entry; registers are offsets in machine memory. */
export const DECODE_ENTRY = { word: 0, handler: 4, rd: 8, rs1: 12, rs2: 16, rs3: 20, immediate: 24 } as const

/** An instruction at memory offset `a` has its entry at `(a & DECODE_MASK) * DECODE_SCALE`. */
export const DECODE_MASK = (DECODE_ENTRIES - 1) * 2
export const DECODE_SCALE = DECODE_ENTRY_BYTES / 2

export interface DecodeEntry {
  readonly handler: number
  readonly rd: number
  /** rd names an f register: then 0 is one like the others. */
  readonly writesFloat: boolean
  readonly rs1: number
  readonly rs2: number
  readonly rs3: number
  readonly immediate: number
}

export class DecodeCache {
  private readonly view: DataView
  private readonly registers: number

  constructor(memory: MachineMemory, hart: number) {
    this.view = memory.view
    this.registers = hartOffset(hart)
  }

  /** The entry at `offset`, if it has one, names handler 0, the slow path. */
  forget(offset: number): void {
    this.view.setUint32(this.place(offset) + DECODE_ENTRY.handler, 0, true)
  }

  fill(offset: number, entry: DecodeEntry): void {
    const at = this.place(offset)
    const { view, registers } = this
    view.setUint32(at + DECODE_ENTRY.word, view.getUint32(offset, true), true)
    view.setUint32(at + DECODE_ENTRY.handler, entry.handler, true)
    view.setUint32(at + DECODE_ENTRY.rd, registers + (entry.rd === 0 && !entry.writesFloat ? X_SINK : entry.rd * 8), true)
    view.setUint32(at + DECODE_ENTRY.rs1, registers + entry.rs1 * 8, true)
    view.setUint32(at + DECODE_ENTRY.rs2, registers + entry.rs2 * 8, true)
    view.setUint32(at + DECODE_ENTRY.rs3, registers + entry.rs3 * 8, true)
    view.setBigInt64(at + DECODE_ENTRY.immediate, BigInt(entry.immediate), true)
  }

  private place(offset: number): number {
    return this.registers + DECODE_CACHE + (offset & DECODE_MASK) * DECODE_SCALE
  }
}
