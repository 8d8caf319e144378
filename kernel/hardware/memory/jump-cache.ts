/**
 * A hart's jump cache, from which translated code finds the code that goes on: direct-mapped by address and fetch set. An entry is
 * a hint: the code that it names checks that it is the right one for the present translation of addresses.
 *
 * Entry: 8 bytes pc, 4 bytes fetch set (0: none), 4 bytes place of the function in the engine's table.
 */
import { hartOffset, JUMP_CACHE, JUMP_ENTRIES, JUMP_ENTRY_BYTES, TLB_SET_BYTES } from './layout.js'
import type { MachineMemory } from './machine-memory.js'

export const JUMP_ENTRY = { pc: 0, set: 8, code: 12 } as const
/** Sets of the TLB lie this far apart, as a power of two. */
export const SET_SHIFT = Math.log2(TLB_SET_BYTES)

export class JumpCache {
  private readonly base: number

  constructor(
    private readonly memory: MachineMemory,
    hart: number,
  ) {
    this.base = hartOffset(hart) + JUMP_CACHE
  }

  enter(pc: bigint, set: number, code: number): void {
    const { view } = this.memory
    const entry = this.base + ((Number((pc >> 1n) & 0x7fff_ffffn) ^ (set >>> SET_SHIFT)) & (JUMP_ENTRIES - 1)) * JUMP_ENTRY_BYTES
    view.setBigUint64(entry + JUMP_ENTRY.pc, pc, true)
    view.setUint32(entry + JUMP_ENTRY.set, set, true)
    view.setUint32(entry + JUMP_ENTRY.code, code, true)
  }

  clear(): void {
    this.memory.clear(this.base, JUMP_ENTRIES * JUMP_ENTRY_BYTES)
  }
}
