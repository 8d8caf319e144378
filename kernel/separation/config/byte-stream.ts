/** Bytes written and read in order, little endian. A read that the bytes cannot serve is refused once and yields zeros from then on. */

export class ByteWriter {
  private readonly written: number[] = []

  u8(value: number): void {
    this.written.push(value & 0xff)
  }

  u32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.u8(value >>> shift)
  }

  u64(value: bigint): void {
    this.u32(Number(value & 0xffff_ffffn))
    this.u32(Number(value >> 32n))
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.written)
  }
}

export interface Refusal {
  /** Where reading stood, in bytes from the start. */
  readonly offset: number
  readonly what: string
}

export class ByteReader {
  private offset = 0
  private first: Refusal | undefined

  constructor(private readonly source: Uint8Array) {}

  get refusal(): Refusal | undefined {
    return this.first
  }

  get refused(): boolean {
    return this.first !== undefined
  }

  /** Keeps the first refusal only; hands back `instead`, so that a codec can go on to its end. */
  refuse<T>(what: string, instead: T): T {
    this.first ??= { offset: this.offset, what }
    return instead
  }

  u8(): number {
    const value = this.source[this.offset]
    if (this.refused || value === undefined) return this.refuse('ends too early', 0)
    this.offset++
    return value
  }

  u32(): number {
    return this.u8() + this.u8() * 2 ** 8 + this.u8() * 2 ** 16 + this.u8() * 2 ** 24
  }

  u64(): bigint {
    const low = this.u32()
    return BigInt(low) + (BigInt(this.u32()) << 32n)
  }

  bytes(count: number): Uint8Array {
    const from = this.offset
    if (this.refused || from + count > this.source.length) return this.refuse('ends too early', new Uint8Array(count))
    this.offset += count
    return this.source.subarray(from, this.offset)
  }

  /** Refuses what is left over. */
  end(): void {
    if (this.offset < this.source.length) this.refuse(`${this.source.length - this.offset} bytes too many`, undefined)
  }
}
