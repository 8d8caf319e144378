/**
 * Test reports carry what tests print, and many writers pass on control characters that XML 1.0 does not allow ("Characters"), raw or as
 * references. They are shown as U+FFFD and counted, so that one colour code in a log does not cost the results.
 */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu
const reference = /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/giu

/** A reference is shorter than this. */
const longestReference = 12

export class AllowedCharacters {
  /** Characters that were replaced so far. */
  replaced = 0
  private held = ''

  /** What may be the begin of a reference waits for the next piece. */
  prepare(piece: string, isLast: boolean): string {
    const text = this.held + piece
    const open = isLast ? -1 : text.lastIndexOf('&')
    const waits = open >= 0 && text.length - open < longestReference && !text.includes(';', open)
    const start = waits ? open : text.length
    this.held = text.slice(start)
    return this.clean(start === text.length ? text : text.slice(0, start))
  }

  private clean(text: string): string {
    const plain = text.replace(forbidden, () => this.replace())
    if (!plain.includes('&#')) return plain
    return plain.replace(reference, (whole, hexadecimal: string | undefined, decimal: string | undefined) => {
      const code = hexadecimal === undefined ? Number(decimal) : parseInt(hexadecimal, 16)
      return isAllowed(code) ? whole : this.replace()
    })
  }

  private replace(): string {
    this.replaced += 1
    return '\ufffd'
  }
}

/** XML 1.0, "Character Range". */
function isAllowed(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}
