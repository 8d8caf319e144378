/**
 * Verification methods as people write them in a cell: `Inspection, Unit Test`, `T/A`. A word that is none of test, analysis and
 * inspection is handed back: an element closes only when all its methods do, so an unknown one must not vanish.
 */
import { methods as allMethods, type Method } from '../../../model/verdict.js'

export interface ReadMethods {
  readonly methods: readonly Method[]
  readonly unknown: readonly string[]
}

const noMethods: ReadMethods = { methods: [], unknown: [] }

export function readMethods(text: string): ReadMethods {
  if (text === '') return noMethods
  if (/^\s*(n\/a|none|-+)?\s*$/i.test(text)) return { methods: [], unknown: [] }
  const found = new Set<Method>()
  const unknown: string[] = []
  for (const part of text.split(/[,;/|+&\n]|\band\b/i)) {
    const word = part.trim()
    if (word === '') continue
    const method = methodOf(word.toLowerCase())
    if (method === undefined) unknown.push(word)
    else found.add(method)
  }
  return { methods: allMethods.filter((method) => found.has(method)), unknown }
}

function methodOf(word: string): Method | undefined {
  if (word === 't' || word.includes('test')) return 'test'
  if (word === 'a' || word.includes('analy')) return 'analysis'
  if (word === 'i' || word.includes('inspect') || word.includes('review')) return 'inspection'
  return undefined
}
