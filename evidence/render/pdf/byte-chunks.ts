/** Collects the many small writes of a PDF document into blocks. */
const blockSize = 1 << 18
/** Characters gathered before they are turned into bytes. */
const textSize = 1 << 14

export class ByteChunks {
  private block = Buffer.allocUnsafe(blockSize)
  private used = 0
  private text = ''
  private readonly full: Uint8Array[] = []

  add(bytes: Uint8Array): void {
    this.settle()
    this.copy(bytes)
  }

  /** One byte per character: text of a PDF file is written so. */
  addText(text: string): void {
    this.text += text
    if (this.text.length >= textSize) this.settle()
  }

  /** Full blocks so far; with `all`, also what is left. */
  take(all: boolean): readonly Uint8Array[] {
    if (all) {
      this.settle()
      this.next()
    }
    return this.full.splice(0)
  }

  private settle(): void {
    const { text } = this
    this.text = ''
    if (text.length > blockSize - this.used) this.copy(Buffer.from(text, 'latin1'))
    else this.used += this.block.write(text, this.used, 'latin1')
  }

  private copy(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const taken = Math.min(blockSize - this.used, bytes.length - at)
      this.block.set(bytes.subarray(at, at + taken), this.used)
      this.used += taken
      at += taken
      if (this.used === blockSize) this.next()
    }
  }

  private next(): void {
    if (this.used > 0) this.full.push(this.block.subarray(0, this.used))
    this.block = Buffer.allocUnsafe(blockSize)
    this.used = 0
  }
}
