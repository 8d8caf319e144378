/** Delimiter of a CSV file: what its `sep=` line says, else the candidate that stands most often in the header row, quotes apart. */
const candidates = [',', ';', '\t', '|'] as const

export interface CsvDialect {
  readonly delimiter: string
  /** Characters before the header: those of a `sep=` line, as spreadsheets write it. */
  readonly preamble: number
}

export function csvDialect(text: string): CsvDialect {
  const stated = /^sep=([^\r\n])\r?\n/i.exec(text.slice(0, 16))
  if (stated?.[1] !== undefined) return { delimiter: stated[1], preamble: stated[0].length }
  const counts = countCandidates(text)
  let best: string = candidates[0]
  for (const candidate of candidates) if ((counts.get(candidate) ?? 0) > (counts.get(best) ?? 0)) best = candidate
  return { delimiter: best, preamble: 0 }
}

/** Looks at the first row, and at no more than 64 KiB of it. */
function countCandidates(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  let quoted = false
  const end = Math.min(text.length, 65536)
  for (let at = 0; at < end; at++) {
    const char = text.charAt(at)
    if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '\n' || char === '\r') break
    else if ((candidates as readonly string[]).includes(char)) counts.set(char, (counts.get(char) ?? 0) + 1)
  }
  return counts
}
