/** Finds the first member that an object of a JSON text names twice; JSON.parse keeps the last of them without a word. */
import { LineCounter } from '../text/line-counter.js'
import { stringEnd } from './string-end.js'

export function twiceNamed(text: string): { readonly name: string; readonly line: number } {
  const lines = new LineCounter(text)
  const open: Set<string>[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 123 || code === 91) open.push(new Set())
    else if (code === 125 || code === 93) open.pop()
    else if (code === 34) {
      const end = stringEnd(text, at)
      if (isName(text, end + 1)) {
        const name = String(JSON.parse(text.slice(at, end + 1)))
        if (open.at(-1)?.has(name) === true) return { name, line: lines.lineAt(at) }
        open.at(-1)?.add(name)
      }
      at = end
    }
  }
  return { name: '', line: 1 }
}

function isName(text: string, from: number): boolean {
  let at = from
  while (text.charCodeAt(at) <= 32) at += 1
  return text.charCodeAt(at) === 58
}
