/**
 * The two attachments a suite may make to be judged by what was observed: a comparison on a step, an execution on a scenario.
 * Other attachments pass by. A malformed one is refused: an observation that cannot be read is no observation.
 */
import { comparisonKinds, observationSources, type Comparison } from '../../model/comparison.js'
import { EvidenceError, type SourcePlace } from '../../model/errors.js'
import type { Digest, InterfaceId, ModulePath } from '../../model/ids.js'
import type { Execution } from '../../model/scenario-result.js'
import { compareText } from '../../model/text-order.js'
import { JsonObject } from '../json/json-shape.js'

const COMPARISON = 'application/vnd.bulkhead.comparison+json'
const EXECUTION = 'application/vnd.bulkhead.execution+json'

export type Observation =
  { readonly kind: 'comparison'; readonly comparison: Comparison } | { readonly kind: 'execution'; readonly execution: Execution }

/** @throws EvidenceError `malformed-attachment` */
export function readAttachment(attachment: JsonObject): Observation | undefined {
  const mediaType = attachment.stringOr('mediaType', '')
  if (mediaType !== COMPARISON && mediaType !== EXECUTION) return undefined
  const body = JsonObject.parse(bodyOf(attachment), attachment.place, mediaType, 'malformed-attachment')
  return mediaType === COMPARISON
    ? { kind: 'comparison', comparison: readComparison(body) }
    : { kind: 'execution', execution: readExecution(body) }
}

/** A suite that says two different texts are equal is not believed. */
function readComparison(body: JsonObject): Comparison {
  const expected = body.string('expected')
  const observed = body.string('observed')
  const comparison = body.oneOf('comparison', comparisonKinds)
  const holds = body.boolean('holds') && (comparison !== 'equal' || expected === observed)
  return { what: body.string('what'), expected, observed, comparison, source: body.oneOf('source', observationSources), holds }
}

function readExecution(body: JsonObject): Execution {
  const system = body.object('system')
  const functions = body.object('functions')
  return {
    system: system.string('name'),
    configurationDigest: system.has('configurationDigest') ? digestOf(system.string('configurationDigest'), body.place) : null,
    interfaces: distinct(
      body.objects('interfaces').map((seen) => ({ entry: seen.string('entry') as InterfaceId, outcome: seen.string('outcome') })),
    ),
    modules: [...new Set(body.strings('modules'))].sort(compareText).map((path) => path as ModulePath),
    functions: Object.fromEntries(
      [...functions.names()].sort(compareText).map((module) => [module, [...new Set(functions.strings(module))].sort(compareText)]),
    ),
    instructions: body.count('instructions'),
    cycles: body.count('cycles'),
  }
}

function distinct(seen: readonly { readonly entry: InterfaceId; readonly outcome: string }[]): Execution['interfaces'] {
  const byText = new Map(seen.map((pair) => [JSON.stringify([pair.entry, pair.outcome]), pair]))
  return [...byText.values()].sort((a, b) => compareText(a.entry, b.entry) || compareText(a.outcome, b.outcome))
}

function digestOf(text: string, place: SourcePlace): Digest {
  if (/^[0-9a-f]{64}$/.test(text)) return text as Digest
  throw new EvidenceError(
    'malformed-attachment',
    place,
    'configurationDigest is no SHA-256 in hexadecimal',
    'give 64 hexadecimal digits or null',
  )
}

function bodyOf(attachment: JsonObject): string {
  const body = attachment.string('body')
  return attachment.stringOr('contentEncoding', 'IDENTITY') === 'BASE64' ? Buffer.from(body, 'base64').toString('utf8') : body
}
