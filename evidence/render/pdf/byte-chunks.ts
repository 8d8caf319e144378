/**
 * Collects the many small writes of a PDF document into blocks. The document must be flowing before it is painted: otherwise
 * every write waits in its buffer as an object of its own, which for a thousand pages is most of the memory.
 */
const blockSize = 1 << 18

export class ByteChunks {
  private block = Buffer.alloc(blockSize)
  private used = 0
  private readonly full: Uint8Array[] = []

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const taken = Math.min(blockSize - this.used, bytes.length - at)
      this.block.set(bytes.subarray(at, at + taken), this.used)
      this.used += taken
      at += taken
      if (this.used === blockSize) this.next()
    }
  }

  /** Full blocks so far; with `all`, also what is left. */
  take(all: boolean): readonly Uint8Array[] {
    if (all) this.next()
    return this.full.splice(0)
  }

  private next(): void {
    if (this.used > 0) this.full.push(this.block.subarray(0, this.used))
    this.block = Buffer.alloc(blockSize)
    this.used = 0
  }
}
