/**
 * The canonical result file `results.ndjson`, schema `bulkhead.results/1`: one header line, then one line per scenario, by uri and
 * document order. Equal runs give equal bytes.
 */
import { resultsSchema } from '../model/scenario-result.js'
import type { CollectedRun } from './fold/merge-streams.js'

/** Lines with their ends, so that a large run is never one string. */
export function* canonicalLines({ scenarios, runFailures }: CollectedRun): Generator<string> {
  yield `${JSON.stringify({ schema: resultsSchema, scenarios: scenarios.length, runFailures })}\n`
  for (const scenario of scenarios) yield `${JSON.stringify(scenario)}\n`
}
