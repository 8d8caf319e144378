/**
 * Packets of the GDB Remote Serial Protocol: `$data#checksum`, acknowledged by `+`. GDB, "Overview" of that protocol.
 * Text is one character per byte (latin1).
 */
export type Incoming =
  | { readonly kind: 'packet'; readonly data: string }
  /** The checksum is wrong: ask for it again. */
  | { readonly kind: 'garbled' }
  /** Ctrl-C. */
  | { readonly kind: 'interrupt' }

/** No command of this stub is longer: 16 KiB of memory in hexadecimal and its head. */
const LONGEST = 0x1_0000
const INTERRUPT = '\u0003'

const checksum = (data: string): string => {
  let sum = 0
  for (let index = 0; index < data.length; index++) sum = (sum + data.charCodeAt(index)) & 0xff
  return sum.toString(16).padStart(2, '0')
}

/** `}`, `$`, `#` and `*` are escaped. */
export function frame(data: string): string {
  const escaped = data.replace(/[}$#*]/gu, (character) => `}${String.fromCharCode(character.charCodeAt(0) ^ 0x20)}`)
  return `$${escaped}#${checksum(escaped)}`
}

/** Collects what arrives in pieces. */
export class PacketReader {
  private pending = ''

  push(text: string): Incoming[] {
    this.pending += text
    const incoming: Incoming[] = []
    for (;;) {
      const next = this.take()
      if (next === undefined) break
      incoming.push(next)
    }
    // What can no longer become a packet is not kept.
    if (this.pending.length > LONGEST) this.pending = ''
    return incoming
  }

  private take(): Incoming | undefined {
    const start = this.pending.search(/[$\u0003]/u)
    if (start === -1) {
      this.pending = '' // acknowledgements
      return undefined
    }
    if (this.pending[start] === INTERRUPT) {
      this.pending = this.pending.slice(start + 1)
      return { kind: 'interrupt' }
    }
    const end = this.pending.indexOf('#', start)
    if (end === -1 || end + 2 >= this.pending.length) return undefined
    // `$` is escaped within a packet: what came before the last one lost its end.
    const data = this.pending.slice(this.pending.lastIndexOf('$', end) + 1, end)
    const sum = this.pending.slice(end + 1, end + 3).toLowerCase()
    this.pending = this.pending.slice(end + 3)
    if (sum !== checksum(data)) return { kind: 'garbled' }
    return { kind: 'packet', data: data.replace(/\}([^])/gu, (_, c: string) => String.fromCharCode(c.charCodeAt(0) ^ 0x20)) }
  }
}
