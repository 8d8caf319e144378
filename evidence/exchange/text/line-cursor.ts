/** Lines of a text one at a time, with the next one in sight; a list of all of them would take more memory than the text. */
export class LineCursor {
  /** 1-based number of `line`; 0 before the first call of `next`. */
  number = 0
  line = ''
  /** The line after `line`; undefined: there is none. */
  following: string | undefined
  private at = 0

  constructor(private readonly text: string) {
    this.following = this.take()
  }

  /** False when there is no further line. */
  next(): boolean {
    if (this.following === undefined) return false
    this.line = this.following
    this.number += 1
    this.following = this.take()
    return true
  }

  /** `\n` and `\r\n` end a line; an end at the very end of the text begins none. */
  private take(): string | undefined {
    if (this.at >= this.text.length) return undefined
    const end = this.text.indexOf('\n', this.at)
    const stop = end < 0 ? this.text.length : end
    const line = this.text.slice(this.at, stop > this.at && this.text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop)
    this.at = stop + 1
    return line
  }
}
