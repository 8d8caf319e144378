/**
 * The memory pages of IMSICs, to which MSIs are written: one page for each interrupt file. Offsets in bytes.
 * RISC-V AIA, "Memory region for an interrupt file", "Arrangement of the memory regions of multiple interrupt files".
 *
 * | offset in page | register                                                        |
 * | -------------- | --------------------------------------------------------------- |
 * | 0              | seteipnum_le: storing an identity makes it pending; reads as 0  |
 * | 4              | seteipnum_be: ignored, for all software here is little-endian   |
 * | others         | read-only zero                                                  |
 */
import type { DeviceModel, Width } from '../../common/device-port.js'
import type { InterruptFile, InterruptFileState } from './interrupt-file.js'

const PAGE = 0x1000
const SETEIPNUM_LE = 0

export class Imsic implements DeviceModel<readonly InterruptFileState[]> {
  readonly size: number

  /** `files` in the order of their pages. */
  constructor(
    readonly name: string,
    private readonly files: readonly InterruptFile[],
  ) {
    this.size = files.length * PAGE
  }

  load(offset: number, width: Width): bigint | undefined {
    return this.aligned(offset, width) ? 0n : undefined
  }

  store(offset: number, width: Width, value: bigint): boolean {
    if (!this.aligned(offset, width)) return false
    if (offset % PAGE === SETEIPNUM_LE) this.files[offset / PAGE]?.raise(Number(value))
    return true
  }

  reset(): void {
    for (const file of this.files) file.reset()
  }

  snapshot(): readonly InterruptFileState[] {
    return this.files.map((file) => file.snapshot())
  }

  restore(state: readonly InterruptFileState[]): void {
    this.files.forEach((file, index) => {
      const saved = state[index]
      if (saved !== undefined) file.restore(saved)
    })
  }

  /** "Only naturally aligned 32-bit simple reads and writes are supported". */
  private aligned(offset: number, width: Width): boolean {
    return width === 4 && offset % 4 === 0 && offset < this.size
  }
}
