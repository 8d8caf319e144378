/**
 * The one WebAssembly.Memory of a machine, and the only place that puts views over it (with its neighbours in this room).
 * Offsets are those of layout.ts, in bytes; values are little-endian and zero-extended.
 */
import type { Width } from '../../common/device-port.js'
import { PAGE_BYTES } from '../../common/units.js'
import { CodePages } from './code-pages.js'
import { SINCE_DIGEST, SINCE_SNAPSHOT, WRITTEN } from './dirty-map.js'
import { DIRTY_MAP, RAM, WASM_PAGE_BYTES } from './layout.js'

export class MachineMemory {
  /** Initial = maximum: a memory that grows would detach every view. */
  readonly wasm: WebAssembly.Memory
  readonly ramBytes: number
  readonly view: DataView
  /** Hears of every store but those of engines through the TLB. */
  readonly code = new CodePages()
  private readonly bytes: Uint8Array

  constructor(ramBytes: number) {
    // One page more than the machine uses: an engine reads four bytes where an instruction of two may be the last of RAM.
    const pages = (RAM + ramBytes) / WASM_PAGE_BYTES + 1
    this.wasm = new WebAssembly.Memory({ initial: pages, maximum: pages })
    this.ramBytes = ramBytes
    this.view = new DataView(this.wasm.buffer)
    this.bytes = new Uint8Array(this.wasm.buffer)
  }

  load(offset: number, width: Width): bigint {
    switch (width) {
      case 1:
        return BigInt(this.view.getUint8(offset))
      case 2:
        return BigInt(this.view.getUint16(offset, true))
      case 4:
        return BigInt(this.view.getUint32(offset, true))
      case 8:
        return this.view.getBigUint64(offset, true)
    }
  }

  /** Stores and marks the page dirty; `offset` lies in RAM. */
  store(offset: number, width: Width, value: bigint): void {
    this.markDirty(offset)
    switch (width) {
      case 1:
        this.view.setUint8(offset, Number(value & 0xffn))
        break
      case 2:
        this.view.setUint16(offset, Number(value & 0xffffn), true)
        break
      case 4:
        this.view.setUint32(offset, Number(value & 0xffff_ffffn), true)
        break
      case 8:
        this.view.setBigUint64(offset, value, true)
    }
    this.code.stored(offset, width)
  }

  /** The RAM page that holds `offset` differs, or may differ, from what it was at any time before (dirty-map.ts). */
  markDirty(offset: number): void {
    this.bytes[DIRTY_MAP + Math.floor((offset - RAM) / PAGE_BYTES)] = WRITTEN | SINCE_SNAPSHOT | SINCE_DIGEST
  }

  copyOut(offset: number, length: number): Uint8Array {
    return this.bytes.slice(offset, offset + length)
  }

  /** A view, not a copy: for hashing only. */
  peek(offset: number, length: number): Uint8Array {
    return this.bytes.subarray(offset, offset + length)
  }

  copyIn(offset: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, offset)
    this.code.stored(offset, bytes.length)
  }

  clear(offset: number, length: number): void {
    this.bytes.fill(0, offset, offset + length)
    this.code.stored(offset, length)
  }
}
