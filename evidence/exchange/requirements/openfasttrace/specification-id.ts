/** Ids of OpenFastTrace: `type~name~revision`, and forwards `type --> type, type : type~name~revision`. OpenFastTrace user guide, "Specification Item ID". */
import { latePattern } from '../../text/late-pattern.js'

const NAME = '\\p{L}[\\p{L}\\p{N}_-]*(?:\\.[\\p{L}\\p{N}_-]+)*'
const WORD = '[\\p{L}\\p{N}_]'

const atStart = latePattern(`^\`?(\\p{L}+)~(${NAME})~(\\d+)`, 'u')
const anywhere = latePattern(`(?<!${WORD})(\\p{L}+)~(${NAME})~(\\d+)(?!${WORD})`, 'gu')
const forward = latePattern(`([a-zA-Z]+)\\s*-->\\s*([a-zA-Z]+(?:,\\s*[a-zA-Z]+)*)\\s*:\\s*(\\p{L}+)~(${NAME})~(\\d+)`, 'u')

/** Lines beyond this are prose or hostile; no id is that long. */
const longest = 4096

export interface SpecificationId {
  readonly type: string
  readonly name: string
  readonly revision: string
}

export interface Forward {
  readonly skipped: string
  readonly needs: readonly string[]
  readonly original: SpecificationId
}

/** `type~name`: what an item is found by; the revision is kept apart. */
export function itemId({ type, name }: SpecificationId): string {
  return `${type}~${name}`
}

/** The id with which a line begins, in backquotes or not. */
export function idAtStart(line: string): SpecificationId | undefined {
  return line.includes('~') ? specificationId(atStart().exec(line.slice(0, longest)), 1) : undefined
}

export function idsIn(line: string): SpecificationId[] {
  if (!line.includes('~')) return []
  return [...line.slice(0, longest).matchAll(anywhere())].flatMap((match) => specificationId(match, 1) ?? [])
}

export function forwardIn(line: string): Forward | undefined {
  if (!line.includes('-->')) return undefined
  const match = forward().exec(line.slice(0, longest))
  const original = specificationId(match, 3)
  if (match === null || original === undefined) return undefined
  return { skipped: match[1] ?? '', needs: (match[2] ?? '').split(',').map((type) => type.trim()), original }
}

function specificationId(match: RegExpExecArray | null, group: number): SpecificationId | undefined {
  const [type, name, revision] = match?.slice(group, group + 3) ?? []
  return type === undefined || name === undefined || revision === undefined ? undefined : { type, name, revision }
}
