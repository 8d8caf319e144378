/**
 * Tags that link a scenario to the evidence graph: `@SKPP:FDP_IFF.1.2`, `@REQ:flow.deny-by-default~1`, `@claim:C05`, `@TSFI:port_send`.
 * Other tags mean nothing here. One of the four prefixes in other letters, or before anything else, is refused: a link lost to a typing
 * error would read as "uncovered".
 */
import { EvidenceError, type SourcePlace } from '../model/errors.js'

export type TagKind = 'element' | 'derived' | 'claim' | 'interface'

export interface TagLink {
  readonly kind: TagKind
  readonly id: string
}

const kinds: Readonly<Record<string, { readonly kind: TagKind; readonly pattern: RegExp; readonly example: string }>> = {
  SKPP: { kind: 'element', pattern: /^[A-Z]{3}_[A-Z]{3}(_EXP)?\.\d+\.\d+$/, example: '@SKPP:FDP_IFF.1.2, an element and not a component' },
  REQ: { kind: 'derived', pattern: /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*~[1-9]\d*$/, example: '@REQ:flow.deny-by-default~1, with its revision' },
  claim: { kind: 'claim', pattern: /^C\d{2,}$/, example: '@claim:C05' },
  TSFI: { kind: 'interface', pattern: /^[a-z][a-z0-9_.-]*$/, example: '@TSFI:port_send' },
}

/** @throws EvidenceError `malformed-tag` */
export function parseTag(tag: string, place: SourcePlace): TagLink | undefined {
  const match = /^@(SKPP|REQ|claim|TSFI):(.*)$/is.exec(tag)
  if (match === null) return undefined
  const [, prefix = '', id = ''] = match
  const form = Object.entries(kinds).find(([name]) => name.toLowerCase() === prefix.toLowerCase())
  if (form === undefined) return undefined
  const [name, { kind, pattern, example }] = form
  if (tag === `@${name}:${id}` && pattern.test(id)) return { kind, id }
  throw new EvidenceError('malformed-tag', place, `malformed tag ${tag}`, `write it as ${example}`)
}
