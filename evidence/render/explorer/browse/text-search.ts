/**
 * Search over columns of joined texts: each block is one lower-case string, so a term is found at the speed of a scan of memory.
 * Every word must occur in the item, in any of its texts; words between quotes are one.
 */
import { SEPARATOR } from '../format/column.js'

interface Block {
  readonly first: number
  /** As joined; lowered at the first search, so that opening the page does not wait for it. */
  joined: string | null
  lower: string
  /** Where each text begins in `lower`, and its end as the last entry. */
  starts: Int32Array
}

export class TextSearch {
  private readonly blocks: Block[] = []

  constructor(private readonly count: number) {}

  /** `first`: index of the item of the first text. */
  add(joined: string, first: number): void {
    this.blocks.push({ first, joined, lower: '', starts: new Int32Array(0) })
  }

  /** 1 for each item that has every term; null for a query without a term: everything matches. */
  find(query: string): Uint8Array | null {
    const terms = termsOf(query)
    if (terms.length === 0) return null
    const found = new Uint8Array(this.count)
    terms.forEach((term, round) => {
      for (const block of this.blocks) markHits(ready(block), term, found, round)
    })
    const all = terms.length
    for (let index = 0; index < found.length; index += 1) found[index] = found[index] === all ? 1 : 0
    return found
  }
}

/** Lower-case; 255 rounds are as many as a byte can count. */
export function termsOf(query: string): readonly string[] {
  const words = query.toLowerCase().matchAll(/"([^"]+)"|[^\s"]+/g)
  return [...words].map(([word, quoted]) => quoted ?? word).slice(0, 255)
}

function ready(block: Block): Block {
  if (block.joined === null) return block
  block.lower = block.joined.toLowerCase()
  block.joined = null
  const starts = [0]
  for (let at = block.lower.indexOf(SEPARATOR); at >= 0; at = block.lower.indexOf(SEPARATOR, at + 1)) starts.push(at + 1)
  block.starts = Int32Array.from([...starts, block.lower.length + 1])
  return block
}

/** An item counts a term once, and only when it had every term before: `found` holds the number of terms so far. */
function markHits({ first, lower, starts }: Block, term: string, found: Uint8Array, round: number): void {
  let item = 0
  for (let at = lower.indexOf(term); at >= 0; at = lower.indexOf(term, starts[item + 1] ?? lower.length)) {
    while ((starts[item + 1] ?? Infinity) <= at) item += 1
    if (found[first + item] === round) found[first + item] = round + 1
  }
}
