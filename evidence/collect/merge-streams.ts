/**
 * Merges the streams of one run that was split into shards: executed is the union, not run is what no shard executed. Shards that saw
 * other feature texts belong to other runs; two verdicts for one scenario are a defect of the split, even when they agree.
 */
import { EvidenceError } from '../model/errors.js'
import type { Digest, ScenarioKey } from '../model/ids.js'
import type { ScenarioResult } from '../model/scenario-result.js'
import { compareText } from '../model/text-order.js'
import { resultOf, type FoldedStream } from './message-fold.js'
import type { KeyedPickle } from './pickle.js'

export interface CollectedRun {
  /** By uri, then in document order. */
  readonly scenarios: readonly ScenarioResult[]
  readonly runFailures: readonly string[]
}

/** @throws EvidenceError `differing-pickles`, `contradicting-verdicts` */
export function mergeStreams(streams: readonly FoldedStream[]): CollectedRun {
  const pickles = new Map<ScenarioKey, KeyedPickle>()
  const executed = new Map<ScenarioKey, ScenarioResult>()
  const digests = digestsOf(streams)
  for (const stream of streams) {
    for (const [key, pickle] of stream.pickles) pickles.set(key, pickle)
    for (const [key, result] of stream.executed) {
      if (executed.has(key))
        throw new EvidenceError(
          'contradicting-verdicts',
          { file: stream.file },
          `${result.uri} ${JSON.stringify(result.name)} has a verdict in two files`,
          'give disjoint shards',
        )
      executed.set(key, result)
    }
  }
  const result = (pickle: KeyedPickle): ScenarioResult =>
    executed.get(pickle.key) ?? resultOf(pickle, digests.get(pickle.uri) ?? null, [], pickle.plans, null)
  return {
    scenarios: [...pickles.values()].sort(inDocumentOrder).map(result),
    runFailures: [...new Set(streams.flatMap(({ runFailures }) => runFailures))].sort(compareText),
  }
}

/** Digest of each feature text. @throws EvidenceError `differing-pickles` for streams that saw different texts of one feature. */
export function digestsOf(streams: readonly FoldedStream[]): ReadonlyMap<string, Digest> {
  const digests = new Map<string, Digest>()
  const files = new Map<string, string>()
  for (const stream of streams)
    for (const [uri, digest] of stream.features) {
      const other = digests.get(uri)
      if (other !== undefined && other !== digest)
        throw new EvidenceError(
          'differing-pickles',
          { file: stream.file },
          `${uri} has another text in ${files.get(uri) ?? ''}`,
          'merge shards of one run only',
        )
      digests.set(uri, digest)
      files.set(uri, stream.file)
    }
  return digests
}

export function inDocumentOrder(a: KeyedPickle, b: KeyedPickle): number {
  return compareText(a.uri, b.uri) || a.line - b.line || a.rowLine - b.rowLine || compareText(a.key, b.key)
}
