/**
 * Would the scenarios notice? Each expected value is made wrong in turn (BULKHEAD_FALSIFY = its index within the scenario, read by the
 * World), and the scenario must fail. One that still passes asserts nothing there. Every scenario is falsified in the same run, since each
 * counts its own comparisons: as many runs as the longest scenario has comparisons.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { collectMessages } from '../../../evidence/collect/cucumber-messages.js'
import { messageFile } from '../../../evidence/collect/messages/message-file.js'
import type { ScenarioResult } from '../../../evidence/model/scenario-result.js'
import type { Progress } from '../../terminal.js'
import { RunError } from '../run/run-error.js'
import { runScenarios } from '../run/scenario-run.js'

/** A scenario that passed although the expected value of its comparison was wrong; or one that another's falsehood disturbed. */
export interface Survivor {
  readonly uri: string
  readonly name: string
  /** What was compared; empty: nothing is compared. */
  readonly what: string
}

export interface FalsificationAnswer {
  readonly scenarios: number
  readonly falsified: number
  readonly survivors: readonly Survivor[]
}

export async function falsifyScenarios(shards: number, scratch: string, progress: Progress): Promise<FalsificationAnswer> {
  const run = async (falsification?: { readonly falsify: number; readonly features: readonly string[] }) => {
    const folder = join(scratch, falsification === undefined ? 'true' : String(falsification.falsify))
    const files = await runScenarios({ shards, folder, ...falsification })
    const { scenarios } = await collectMessages(
      files.map((file, index) => messageFile(`messages-${index + 1}.ndjson`, file)),
      'required',
    )
    rmSync(folder, { recursive: true })
    return scenarios
  }
  progress('running the scenarios as they are')
  return falsifyEach(await run(), (falsify, features) => run({ falsify, features }), progress)
}

/** `run(k, features)` runs the scenarios of these features with comparison k of each made false. @throws RunError when the scenarios do not pass as they are. */
export async function falsifyEach(
  honest: readonly ScenarioResult[],
  run: (falsify: number, features: readonly string[]) => Promise<readonly ScenarioResult[]>,
  progress: Progress,
): Promise<FalsificationAnswer> {
  if (honest.length === 0) throw new RunError('scenarios-did-not-run', 'there is no scenario to falsify', 'add features')
  const failing = honest.find(({ verdict }) => verdict !== 'passed' && verdict !== 'no-verdict')
  if (failing !== undefined)
    throw new RunError('scenarios-did-not-run', `${failing.uri}: ${JSON.stringify(failing.name)} does not pass as it is`, 'mend it first')
  const comparisons = new Map(honest.map((result) => [result.key, result.steps.flatMap((step) => step.comparisons)]))
  const survivors: Survivor[] = honest
    .filter(({ key }) => comparisons.get(key)?.length === 0)
    .map(({ uri, name }) => ({ uri, name, what: '' }))
  const counts = [...comparisons.values()].map(({ length }) => length)
  const rounds = Math.max(0, ...counts)
  const falsified = counts.reduce((sum, count) => sum + count, 0)
  let behind = 0
  for (let k = 0; k < rounds; k++) {
    const affected = honest.filter(({ key }) => (comparisons.get(key)?.length ?? 0) > k)
    progress(`falsifying comparison ${k + 1} of ${rounds} in ${affected.length} scenarios`, behind / falsified)
    behind += affected.length
    const features = [...new Set(affected.map(({ uri }) => uri))]
    const results = new Map((await run(k, features)).map((result) => [result.key, result]))
    for (const { key, uri, name } of affected) {
      const compared = comparisons.get(key)?.[k]
      if (compared !== undefined && results.get(key)?.verdict !== 'failed') survivors.push({ uri, name, what: compared.what })
    }
  }
  return { scenarios: honest.length, falsified, survivors }
}
