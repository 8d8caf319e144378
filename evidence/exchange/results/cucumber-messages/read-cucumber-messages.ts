/**
 * Message files of one run as tests: what `collect` folds, for runs of strangers. A stream that is cut, and a scenario that two files
 * report, are shown as failures and findings; neither is ever a pass. Cucumber Messages.
 */
import { foldStream } from '../../../collect/cucumber-messages.js'
import { digestsOf, inDocumentOrder } from '../../../collect/fold/merge-streams.js'
import type { ListedScenario } from '../../../collect/fold/listed-scenario.js'
import type { FoldedStream } from '../../../collect/fold/folded-stream.js'
import { resultOf } from '../../../collect/fold/result-of.js'
import { messageFile } from '../../../collect/messages/message-file.js'
import type { KeyedPickle } from '../../../collect/messages/pickle.js'
import { worstOf } from '../../../collect/fold/scenario-verdict.js'
import type { InputFile } from '../../../items/reader.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import type { TestItem, TestReference } from '../../../items/test-item.js'
import type { TestRun } from '../../../items/test-run.js'
import type { ScenarioKey } from '../../../model/ids.js'
import type { ScenarioResult, ScenarioTag } from '../../../model/scenario-result.js'
import { compareText } from '../../../model/text-order.js'

/** @throws EvidenceError for a stream that contradicts itself, or files that saw different texts of one feature. */
export async function readCucumberMessages(files: readonly InputFile[]): Promise<TestRun> {
  const streams: FoldedStream[] = []
  for (const { name, path } of files) streams.push(await foldStream(messageFile(name, path), { comparisons: 'reported', end: 'reported' }))
  const digests = digestsOf(streams)
  const { scenarios, findings } = merge(streams)
  const tests = [...scenarios]
    .sort((a, b) => inDocumentOrder(a.pickle, b.pickle))
    .map(({ pickle, result }) => testOf(pickle, result ?? resultOf(pickle, digests.get(pickle.uri) ?? null, [], pickle.plans, null)))
  const empty = tests.length === 0 ? ['the run holds no test'] : []
  return {
    format: 'cucumber-messages',
    files: files.map(({ name }) => name),
    producers: [...new Set(streams.map(({ producer }) => producer))].filter((producer) => producer !== '').sort(compareText),
    tests,
    runFailures: [...new Set([...streams.flatMap(({ runFailures }) => runFailures), ...empty])].sort(compareText),
    findings,
  }
}

interface Merged {
  readonly scenarios: Iterable<Readonly<ListedScenario>>
  readonly findings: readonly SourceFinding[]
}

function merge(streams: readonly FoldedStream[]): Merged {
  const [only] = streams
  if (only !== undefined && streams.length === 1) return { scenarios: only.scenarios, findings: [] }
  const merged = new Map<ScenarioKey, Readonly<ListedScenario>>()
  const executedIn = new Map<ScenarioKey, string>()
  const findings: SourceFinding[] = []
  for (const { file, scenarios } of streams)
    for (const scenario of scenarios) {
      const { pickle, result } = scenario
      const other = merged.get(pickle.key)
      if (result !== null && other !== undefined && other.result !== null) {
        findings.push(twice(result, executedIn.get(pickle.key) ?? '', file))
        merged.set(pickle.key, { ...scenario, result: worse(other.result, result) })
      } else if (other === undefined || result !== null) merged.set(pickle.key, scenario)
      if (result !== null) executedIn.set(pickle.key, file)
    }
  return { scenarios: merged.values(), findings }
}

function testOf(pickle: KeyedPickle, result: ScenarioResult): TestItem {
  const { execution } = result
  return {
    key: pickle.key,
    suite: pickle.feature,
    name: pickle.name,
    example: pickle.example,
    place: placeOf(pickle),
    references: pickle.tags.map(referenceOf),
    verdict: result.verdict,
    attempts: result.attempts.length,
    steps: result.steps,
    sourceDigest: result.featureDigest,
    configurationDigest: execution?.configurationDigest ?? null,
    interfaces: execution === null ? none : [...new Set(execution.interfaces.map(({ entry }) => entry))].sort(compareText),
    modules: execution?.modules ?? none,
  }
}

const none: readonly string[] = []

function placeOf({ uri, line, rowLine }: KeyedPickle): TestItem['place'] {
  const at = rowLine || line
  return at > 0 ? { file: uri, line: at } : { file: uri }
}

function referenceOf({ name, line }: ScenarioTag): TestReference {
  return { text: name, via: 'tag', extent: 'full', line: line > 0 ? line : null }
}

/** Two verdicts on one scenario, of which nobody says which one counts: the worse one does. */
function worse(a: ScenarioResult, b: ScenarioResult): ScenarioResult {
  const verdict = worstOf([a.verdict, b.verdict])
  const chosen = verdict === b.verdict ? b : a
  return { ...chosen, attempts: [...a.attempts, ...b.attempts] }
}

function twice({ uri, name }: ScenarioResult, first: string, second: string): SourceFinding {
  return {
    kind: 'duplicate',
    id: name,
    text: `${uri} ${JSON.stringify(name)} was executed in ${first} and in ${second}; the worse verdict counts`,
    place: { file: second },
  }
}
