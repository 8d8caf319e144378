/** Walks a text that is JSON already, to find the line of each entry of one list or object. */
import { LineCounter } from '../text/line-counter.js'
import { stringEnd } from './json-scan.js'

export interface JsonEntry {
  /** Name of the member; empty for an entry of a list. */
  readonly name: string
  readonly line: number
}

const QUOTE = 34
const OPEN_OBJECT = 123
const OPEN_LIST = 91

/** Entries of the list or object at `path`; none when there is no such place. A member given twice appears twice. */
export function jsonEntries(text: string, path: readonly string[]): JsonEntry[] {
  const cursor = new JsonCursor(text)
  for (const name of path) if (!cursor.enter(name)) return []
  return cursor.entries()
}

class JsonCursor {
  private at = 0

  constructor(private readonly text: string) {}

  /** Moves to the value of the last member `name` of the object here: what JSON.parse keeps. */
  enter(name: string): boolean {
    let found = -1
    this.members((member) => {
      if (member === name) found = this.at
    })
    if (found < 0) return false
    this.at = found
    return true
  }

  entries(): JsonEntry[] {
    const lines = new LineCounter(this.text)
    const entries: JsonEntry[] = []
    this.members((name, start) => entries.push({ name, line: lines.lineAt(start) }))
    return entries
  }

  /** Calls `visit` with `at` on each value; `start` is where the entry begins, its name included. */
  private members(visit: (name: string, start: number) => void): void {
    const begin = this.skipSpace(this.at)
    const open = this.text.charCodeAt(begin)
    if (open !== OPEN_OBJECT && open !== OPEN_LIST) return
    let at = this.skipSpace(begin + 1)
    while (at < this.text.length) {
      const code = this.text.charCodeAt(at)
      if (code === 125 || code === 93) return
      const start = at
      let name = ''
      if (open === OPEN_OBJECT) {
        const end = stringEnd(this.text, at)
        name = String(JSON.parse(this.text.slice(at, end + 1)))
        at = this.skipSpace(this.skipSpace(end + 1) + 1)
      }
      this.at = at
      visit(name, start)
      at = this.skipSpace(this.valueEnd(at))
      if (this.text.charCodeAt(at) === 44) at = this.skipSpace(at + 1)
    }
  }

  private skipSpace(from: number): number {
    let at = from
    while (this.text.charCodeAt(at) <= 32) at += 1
    return at
  }

  private valueEnd(start: number): number {
    let depth = 0
    for (let at = start; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at)
      if (code === QUOTE) {
        at = stringEnd(this.text, at)
        if (depth === 0) return at + 1
      } else if (code === OPEN_OBJECT || code === OPEN_LIST) depth += 1
      else if (code === 125 || code === 93) {
        if (depth === 0) return at
        depth -= 1
        if (depth === 0) return at + 1
      } else if (code === 44 && depth === 0) return at
    }
    return this.text.length
  }
}
