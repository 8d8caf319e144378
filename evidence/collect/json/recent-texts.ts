/** Names and texts come again and again: one string serves all, where it was met not long ago. */

/** A power of two. */
const slots = 4096

export class RecentTexts {
  private readonly texts: string[] = new Array<string>(slots).fill('')

  /** The bytes from `start` to `end`, which are ASCII, as a string. */
  read(bytes: Buffer, start: number, end: number): string {
    const { texts } = this
    const length = end - start
    let slot = length
    for (let i = Math.max(start, end - 8); i < end; i += 1) slot = (Math.imul(slot, 31) + (bytes[i] ?? 0)) | 0
    slot = (slot ^ (slot >>> 12)) & (slots - 1)
    const known = texts[slot] ?? ''
    if (known.length === length) {
      let i = 0
      while (i < length && known.charCodeAt(i) === bytes[start + i]) i += 1
      if (i === length) return known
    }
    return (texts[slot] = bytes.toString('latin1', start, end))
  }
}
