/**
 * Reads one record of a tracefile, `SF` to `end_of_record`, into its module. Old syntax `FN:line,name`; lcov 2 `FN:line,end,name` and
 * `FNL:index,line[,end]` with `FNA:index,hits,name`: names of one index are aliases of one function. geninfo(1), "FILES".
 */
import { EvidenceError, type SourcePlace } from '../../../model/errors.js'
import type { LcovModule } from './lcov-module.js'

const stated = new Set(['LF', 'LH', 'FNF', 'FNH', 'BRF', 'BRH'])
/** Known and without use here: test name, version, checksums, MC/DC of lcov 2.2. */
const ignored = new Set(['TN', 'VER', 'MCDC', 'MCF', 'MCH', 'MRF', 'MRH'])

interface NamedLine {
  readonly name: string
  readonly line: number
}

export class LcovRecord {
  private readonly declared: NamedLine[] = []
  private readonly calls = new Map<string, number[]>()
  private readonly indexed = new Map<string, { line: number; hits: number; name: string }>()

  constructor(private readonly module: LcovModule) {}

  /** @throws EvidenceError `malformed-text` */
  add(kind: string, value: string, place: SourcePlace): void {
    if (kind === 'DA') this.addLine(value, place)
    else if (kind === 'BRDA') this.addBranch(value, place)
    else if (kind === 'FN') this.declare(value, place)
    else if (kind === 'FNDA') this.call(value, place)
    else if (kind === 'FNL') this.addIndexed(value, place)
    else if (kind === 'FNA') this.addAlias(value, place)
    else if (stated.has(kind)) this.module.state(kind, countOf(value, place))
    else if (!ignored.has(kind)) throw malformed(`unknown entry ${JSON.stringify(kind)}`, place)
  }

  /** Functions are complete when the record is: their hits may stand before or behind their lines. */
  end(): void {
    const seen = new Map<string, number>()
    for (const { name, line } of this.declared) {
      const nth = seen.get(name) ?? 0
      seen.set(name, nth + 1)
      this.module.addFunction(`${line},${nth},${name}`, line, name, this.calls.get(name)?.[nth] ?? 0)
    }
    for (const [name, hits] of this.calls)
      if (!seen.has(name))
        this.module.addFunction(
          `,${name}`,
          null,
          name,
          hits.reduce((sum, each) => sum + each, 0),
        )
    for (const [index, { line, hits, name }] of this.indexed) this.module.addFunction(`${line},${index}`, line, name, hits)
  }

  private addLine(value: string, place: SourcePlace): void {
    const [line = '', hits = ''] = value.split(',')
    const [at, times] = [countOf(line, place), countOf(hits, place)]
    // gcovr gives what it cannot place the line 0, and leaves it out of LF and LH.
    if (at > 0) this.module.addLine(at, times)
  }

  private addBranch(value: string, place: SourcePlace): void {
    const match = /^\s*(\d+)\s*,([^,]*),(.*),\s*([^,]+)$/.exec(value)
    if (match === null) throw malformed(`BRDA:${value}`, place)
    const [, line = '', block = '', branch = '', taken = ''] = match
    this.module.addBranch(countOf(line, place), block.trim(), branch.trim(), taken.trim() === '-' ? 0 : countOf(taken, place))
  }

  private declare(value: string, place: SourcePlace): void {
    const match = /^\s*(\d+)\s*,(?:\s*\d+\s*,)?(.+)$/.exec(value)
    if (match === null) throw malformed(`FN:${value}`, place)
    this.declared.push({ line: countOf(match[1] ?? '', place), name: match[2] ?? '' })
  }

  private call(value: string, place: SourcePlace): void {
    const comma = value.indexOf(',')
    if (comma < 0) throw malformed(`FNDA:${value}`, place)
    const name = value.slice(comma + 1)
    const hits = countOf(value.slice(0, comma), place)
    const known = this.calls.get(name)
    if (known === undefined) this.calls.set(name, [hits])
    else known.push(hits)
  }

  private addIndexed(value: string, place: SourcePlace): void {
    const [index = '', line = ''] = value.split(',')
    this.indexed.set(index.trim(), { line: countOf(line, place), hits: 0, name: `function ${index.trim()}` })
  }

  private addAlias(value: string, place: SourcePlace): void {
    const match = /^\s*(\d+)\s*,([^,]*),(.+)$/.exec(value)
    const known = this.indexed.get(match?.[1] ?? '')
    if (match === null || known === undefined) throw malformed(`FNA:${value}`, place)
    if (known.hits === 0 && known.name.startsWith('function ')) known.name = match[3] ?? ''
    known.hits += countOf(match[2] ?? '', place)
  }
}

/** Large counts are written as `1.2e+10`. */
function countOf(text: string, place: SourcePlace): number {
  const trimmed = text.trim()
  if (!/^\d+(?:\.\d+)?(?:e\+?\d{1,2})?$/i.test(trimmed)) throw malformed(`no count: ${JSON.stringify(trimmed)}`, place)
  return Number(trimmed)
}

export function malformed(what: string, place: SourcePlace): EvidenceError {
  return new EvidenceError('malformed-text', place, what, 'give a tracefile as lcov or geninfo writes it')
}
