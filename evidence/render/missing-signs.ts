/**
 * A last part for the characters that no font of a document has: each was printed as its number, and here the reader is told which and
 * how many. Nothing is added where every character was shown. PDF only: a browser has fonts of its own.
 */
import type { Chunk, DocumentPlan, Part } from './document-plan.js'

/** Distinct characters in the table. */
const mostListed = 200

/** @param missing is read when everything else has been printed. */
export function withMissingSigns(plan: DocumentPlan, missing: () => ReadonlyMap<string, number>): DocumentPlan {
  const last = Math.max(0, ...plan.parts.map(({ number }) => Number(number)))
  const part: Part = { id: 'missing-signs', number: String(last + 1), title: 'Characters that are not shown', page: 'missing-signs' }
  return {
    ...plan,
    *chunks() {
      yield* plan.chunks()
      if (missing().size > 0) yield chunkOf(part, missing())
    },
  }
}

/** One line for whoever runs the command; null: every character was shown. */
export function missingSignsText(missing: ReadonlyMap<string, number>): string | null {
  if (missing.size === 0) return null
  return `${sum(missing)} characters (${missing.size} different) are in no font of the theme and stand as their numbers; name a font that has them under fonts.further of a theme`
}

function chunkOf(part: Part, missing: ReadonlyMap<string, number>): Chunk {
  const signs = [...missing].map(([character, count]) => ({ character, count })).sort((a, b) => code(a.character) - code(b.character))
  return {
    part,
    template: 'missing-signs',
    front: false,
    context: {
      part,
      total: sum(missing),
      different: missing.size,
      rows: signs.slice(0, mostListed).map(({ character, count }) => ({ number: numberOf(character), count })),
      more: Math.max(0, signs.length - mostListed),
    },
  }
}

const code = (character: string): number => character.codePointAt(0) ?? 0

/** As the Unicode Standard writes it. */
const numberOf = (character: string): string => `U+${code(character).toString(16).toUpperCase().padStart(4, '0')}`

function sum(missing: ReadonlyMap<string, number>): number {
  return [...missing.values()].reduce((total, count) => total + count, 0)
}
