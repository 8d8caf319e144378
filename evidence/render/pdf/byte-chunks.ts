/** Collects the many small writes of a PDF document into blocks. */
const blockSize = 1 << 18

export class ByteChunks {
  private block = Buffer.allocUnsafe(blockSize)
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

  /** One byte per character: text of a PDF file is written so. */
  addText(text: string): void {
    if (text.length > blockSize - this.used) this.add(Buffer.from(text, 'latin1'))
    else this.used += this.block.write(text, this.used, 'latin1')
  }

  /** Full blocks so far; with `all`, also what is left. */
  take(all: boolean): readonly Uint8Array[] {
    if (all) this.next()
    return this.full.splice(0)
  }

  private next(): void {
    if (this.used > 0) this.full.push(this.block.subarray(0, this.used))
    this.block = Buffer.allocUnsafe(blockSize)
    this.used = 0
  }
}
