/** The bytes that JSON is made of, by the names of RFC 8259, and what a byte may be within a text or a number. */

export const TAB = 0x09
export const NEWLINE = 0x0a
export const RETURN = 0x0d
export const SPACE = 0x20
export const QUOTE = 0x22
export const COMMA = 0x2c
export const MINUS = 0x2d
export const POINT = 0x2e
export const ZERO = 0x30
export const NINE = 0x39
export const COLON = 0x3a
export const OPEN_LIST = 0x5b
export const BACKSLASH = 0x5c
export const OPEN_OBJECT = 0x7b

/** From an opening bracket to the one that closes it: `[` and `]`, `{` and `}`. */
export const CLOSING = 2

/** By byte: 1 where a text goes on with a character of its own, in ASCII and without an escape. */
export const plainInText = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= SPACE && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
)

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE
}

export function isHexDigit(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
}

/** True for what may follow a whole number and is no part of it. */
export function endsCount(byte: number | undefined): boolean {
  return byte === COMMA || byte === OPEN_OBJECT + CLOSING || byte === OPEN_LIST + CLOSING
}
