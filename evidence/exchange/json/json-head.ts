/**
 * Names of members seen in the head of a JSON file, which may be cut anywhere: what a reader recognises its format by. `outer`: names of
 * the top object; `inner`: names up to five levels below, whatever holds them.
 */
import { stringEnd } from './string-end.js'

export interface JsonHead {
  readonly kind: 'object' | 'list' | 'none'
  readonly outer: ReadonlySet<string>
  readonly inner: ReadonlySet<string>
}

const deepest = 6

/** One head is looked at by the readers of several formats. */
let last: { readonly head: string; readonly found: JsonHead } | undefined

export function jsonHead(head: string): JsonHead {
  if (last?.head !== head) last = { head, found: look(head) }
  return last.found
}

function look(head: string): JsonHead {
  const first = head.trimStart().charAt(0)
  const kind = first === '{' ? 'object' : first === '[' ? 'list' : 'none'
  const outer = new Set<string>()
  const inner = new Set<string>()
  let depth = 0
  for (let at = 0; kind !== 'none' && at < head.length; at++) {
    const char = head.charAt(at)
    if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') depth -= 1
    else if (char === '"') {
      const end = stringEnd(head, at)
      if (end < head.length && depth <= deepest && /^\s*:/.test(head.slice(end + 1, end + 20)))
        (depth === 1 && kind === 'object' ? outer : inner).add(head.slice(at + 1, end))
      at = end
    }
  }
  return { kind, outer, inner }
}
