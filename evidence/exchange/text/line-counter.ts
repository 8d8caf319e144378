/** Line numbers of rising offsets into one text, 1-based; each newline is looked at once, however long the lines are. */
export class LineCounter {
  private line = 1
  private next: number

  constructor(private readonly text: string) {
    this.next = text.indexOf('\n')
  }

  /** `offset` must not be smaller than at the call before. */
  lineAt(offset: number): number {
    while (this.next >= 0 && this.next < offset) {
      this.line += 1
      this.next = this.text.indexOf('\n', this.next + 1)
    }
    return this.line
  }
}
