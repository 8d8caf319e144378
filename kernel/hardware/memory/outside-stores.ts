/**
 * The one door for stores to RAM that no hart makes: bus masters, loaders, the testbench. It marks the pages dirty and tells
 * those who must know that memory changed under them: reservations, translated code. Offsets in bytes of machine memory.
 */
import { PAGE_BYTES } from '../../common/units.js'
import type { MachineMemory } from './machine-memory.js'

/** Called after the bytes have changed. */
export type OutsideStoreListener = (offset: number, length: number) => void

export class OutsideStores {
  private readonly listeners: OutsideStoreListener[] = []

  constructor(private readonly memory: MachineMemory) {}

  listen(listener: OutsideStoreListener): void {
    this.listeners.push(listener)
  }

  /** The range lies in RAM. */
  write(offset: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.memory.copyIn(offset, bytes)
    for (let page = offset - (offset % PAGE_BYTES); page < offset + bytes.length; page += PAGE_BYTES) this.memory.markDirty(page)
    for (const listener of this.listeners) listener(offset, bytes.length)
  }
}
