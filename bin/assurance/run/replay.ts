/**
 * Runs scenarios of an evidence pack again and compares what they gave with what the pack says: verdict, every comparison, digests of
 * feature and configuration, interfaces used, instructions and model cycles. A deterministic system gives the same or has changed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { collectMessages } from '../../../evidence/collect/cucumber-messages.js'
import { messageFile } from '../../../evidence/collect/messages/message-file.js'
import { EvidenceError } from '../../../evidence/model/errors.js'
import { resultsSchema, type ScenarioResult } from '../../../evidence/model/scenario-result.js'
import type { Progress } from '../../terminal.js'
import { runScenarios } from './scenario-run.js'

export interface ReplayDifference {
  readonly uri: string
  readonly name: string
  /** What differs: `verdict`, `cycles`, `comparison 3` ... */
  readonly what: string
  readonly pack: string
  readonly replay: string
}

const resultsFile = 'inputs/results.ndjson'

/** @throws EvidenceError for a pack without canonical results. */
export function packResults(folder: string): readonly ScenarioResult[] {
  const lines = readFileSync(join(folder, resultsFile), 'utf8').trimEnd().split('\n')
  return lines.flatMap((line, index) => {
    const value = parseLine(line, index + 1)
    if (index > 0) return [value as ScenarioResult]
    if ((value as { readonly schema?: unknown }).schema === resultsSchema) return []
    throw new EvidenceError(
      'schema-violation',
      { file: resultsFile, line: 1 },
      `is not of schema ${resultsSchema}`,
      'name a pack of this project',
    )
  })
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new EvidenceError('malformed-json', { file: resultsFile, line: number }, 'is not JSON', 'name an intact pack', { cause })
  }
}

/** A name is a key, the name of a scenario, a feature file, or a folder of them. */
export function named(results: readonly ScenarioResult[], name: string): readonly ScenarioResult[] {
  const folder = name.endsWith('/') ? name : `${name}/`
  return results.filter((result) => result.key === name || result.name === name || result.uri === name || result.uri.startsWith(folder))
}

/** Runs the features of the scenarios; others of the same features run too and are not compared. */
export async function replay(
  recorded: readonly ScenarioResult[],
  options: { readonly folder: string; readonly shards: number; readonly progress?: Progress },
): Promise<readonly ReplayDifference[]> {
  const features = [...new Set(recorded.map(({ uri }) => uri))]
  const files = await runScenarios({ ...options, features })
  const { scenarios } = await collectMessages(
    files.map((file, index) => messageFile(`messages-${index + 1}.ndjson`, file)),
    'required',
  )
  const again = new Map(scenarios.map((result) => [result.key, result]))
  return recorded.flatMap((result) => differences(result, again.get(result.key)))
}

/** Functions and modules are not compared: they are known only where coverage was taken. */
export function differences(pack: ScenarioResult, again: ScenarioResult | undefined): readonly ReplayDifference[] {
  const { uri, name } = pack
  if (again === undefined) return [{ uri, name, what: 'scenario', pack: 'there', replay: 'not there' }]
  const [before, after] = [aspects(pack), aspects(again)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((what) => {
    const [was, is] = [before.get(what) ?? 'none', after.get(what) ?? 'none']
    return was === is ? [] : [{ uri, name, what, pack: was, replay: is }]
  })
}

function aspects({ verdict, featureDigest, steps, execution }: ScenarioResult): ReadonlyMap<string, string> {
  const comparisons = steps.flatMap((step) => step.comparisons)
  return new Map([
    ['verdict', verdict],
    ['digest of the feature', featureDigest ?? 'none'],
    ['steps', steps.map(({ keyword, text, status }) => `${keyword} ${text}: ${status}`).join('; ')],
    ...comparisons.map(({ what, expected, observed, comparison, holds }, index): [string, string] => [
      `comparison ${index + 1}`,
      `${what}: expected ${expected}, observed ${observed}, ${comparison}: ${holds ? 'holds' : 'does not hold'}`,
    ]),
    ['system', execution?.system ?? 'none'],
    ['digest of the configuration', execution?.configurationDigest ?? 'none'],
    ['interfaces', (execution?.interfaces ?? []).map(({ entry, outcome }) => `${entry} ${outcome}`).join(', ')],
    ['instructions', String(execution?.instructions ?? 'none')],
    ['cycles', String(execution?.cycles ?? 'none')],
  ])
}
