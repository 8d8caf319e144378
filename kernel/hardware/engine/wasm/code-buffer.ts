/**
 * Growing sequence of bytes in which code is written: an array of numbers would take eight times the space and a copy at the
 * end. WebAssembly Core 1.0, "Binary Format", "Values".
 */
const INITIAL = 1024

export class CodeBuffer {
  private store = new Uint8Array(INITIAL)
  private end = 0

  get length(): number {
    return this.end
  }

  /** A view, valid until the next byte is written. */
  written(): Uint8Array {
    return this.store.subarray(0, this.end)
  }

  byte(value: number): void {
    if (this.end === this.store.length) this.grow(1)
    this.store[this.end++] = value
  }

  bytes(values: ArrayLike<number>): void {
    if (this.end + values.length > this.store.length) this.grow(values.length)
    this.store.set(values, this.end)
    this.end += values.length
  }

  /** Unsigned LEB128 of 32 bits. */
  unsigned(value: number): void {
    let rest = value >>> 0
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    this.byte(rest)
  }

  /** Signed LEB128 of 32 bits. */
  signed32(value: number): void {
    let rest = value | 0
    while (rest < -64 || rest > 63) {
      this.byte((rest & 0x7f) | 0x80)
      rest >>= 7
    }
    this.byte(rest & 0x7f)
  }

  /** Signed LEB128 of 64 bits. */
  signed64(value: bigint): void {
    let rest = BigInt.asIntN(64, value)
    while (rest < -0x8000_0000n || rest > 0x7fff_ffffn) {
      this.byte(Number(rest & 0x7fn) | 0x80)
      rest >>= 7n
    }
    this.signed32(Number(rest))
  }

  private grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.store.length * 2, this.end + more))
    larger.set(this.store)
    this.store = larger
  }
}
