/**
 * One pass over a text that is JSON already: depth, number of object members, and numbers whose spelling a JavaScript number would lose
 * (`1.960`, 20 digits). Offsets in UTF-16 code units.
 */
import { EvidenceError } from '../../model/errors.js'

export interface JsonScan {
  readonly members: number
  /** Start and end of each such number, alternating. */
  readonly unfaithful: readonly number[]
}

/** Deeper than any format nests; recursion below stays far from the end of the stack. */
export const maxJsonDepth = 1000

const QUOTE = 34
const BACKSLASH = 92
const COLON = 58

/** @throws EvidenceError `too-deep` */
export function scanJson(file: string, text: string): JsonScan {
  const unfaithful: number[] = []
  let members = 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = stringEnd(text, at)
    else if (code === COLON) members += 1
    else if (code === 123 || code === 91) {
      depth += 1
      if (depth > maxJsonDepth)
        throw new EvidenceError('too-deep', { file }, `nested deeper than ${maxJsonDepth}`, 'give the file as the tool wrote it')
    } else if (code === 125 || code === 93) depth -= 1
    else if (code === 45 || (code >= 48 && code <= 57)) {
      const end = numberEnd(text, at)
      if (!isFaithful(text, at, end)) unfaithful.push(at, end)
      at = end - 1
    }
  }
  return { members, unfaithful }
}

/** Offset of the closing quote of the string that opens at `open`. */
export function stringEnd(text: string, open: number): number {
  for (let end = text.indexOf('"', open + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return end
  }
  return text.length
}

function numberEnd(text: string, start: number): number {
  let end = start + 1
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    const part = (code >= 48 && code <= 57) || code === 46 || code === 43 || code === 45 || code === 69 || code === 101
    if (!part) break
  }
  return end
}

function isFaithful(text: string, start: number, end: number): boolean {
  const token = text.slice(start, end)
  return String(Number(token)) === token
}
