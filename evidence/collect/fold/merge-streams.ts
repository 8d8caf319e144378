/**
 * Merges the streams of one run that was split into shards: executed is the union, not run is what no shard executed. Shards that saw
 * other feature texts belong to other runs; two verdicts for one scenario are a defect of the split, even when they agree.
 */
import { EvidenceError } from '../../model/errors.js'
import type { Digest, ScenarioKey } from '../../model/ids.js'
import type { ScenarioResult } from '../../model/scenario-result.js'
import { compareText } from '../../model/text-order.js'
import type { ListedScenario } from './listed-scenario.js'
import type { FoldedStream } from './folded-stream.js'
import { resultOf } from './result-of.js'
import type { KeyedPickle } from '../messages/pickle.js'

export interface CollectedRun {
  /** By uri, then in document order. */
  readonly scenarios: readonly ScenarioResult[]
  readonly runFailures: readonly string[]
}

/** @throws EvidenceError `differing-pickles`, `contradicting-verdicts` */
export function mergeStreams(streams: readonly FoldedStream[]): CollectedRun {
  const digests = digestsOf(streams)
  const merged = new Map<ScenarioKey, Readonly<ListedScenario>>()
  for (const { file, scenarios } of streams)
    for (const scenario of scenarios) {
      const { key, uri, name } = scenario.pickle
      const other = merged.get(key)
      if (scenario.result !== null && other !== undefined && other.result !== null)
        throw new EvidenceError(
          'contradicting-verdicts',
          { file },
          `${uri} ${JSON.stringify(name)} has a verdict in two files`,
          'give disjoint shards',
        )
      if (other === undefined || scenario.result !== null) merged.set(key, scenario)
    }
  return {
    scenarios: [...merged.values()]
      .sort((a, b) => inDocumentOrder(a.pickle, b.pickle))
      .map(({ pickle, result }) => result ?? resultOf(pickle, digests.get(pickle.uri) ?? null, [], pickle.plans, null)),
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
