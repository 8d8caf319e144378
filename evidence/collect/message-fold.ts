/**
 * Folds one Cucumber message stream into results: one per pickle, executed or not. State is kept per stream, since message ids mean
 * nothing outside it; an execution is dropped as soon as it is judged. Cucumber Messages, protocols 24 to 33.
 */
import { createHash } from 'node:crypto'
import { EvidenceError, oneLine } from '../model/errors.js'
import type { Digest, ScenarioKey } from '../model/ids.js'
import type { Attempt, Execution, ScenarioResult, StepResult } from '../model/scenario-result.js'
import { readAttachment } from './attachment.js'
import { CaseRun, reportedResult, type TestCase } from './case-run.js'
import { FeatureIndex } from './feature-index.js'
import type { JsonObject } from './json-shape.js'
import { PickleReader, type KeyedPickle } from './pickle.js'
import { comparesNothing, judgeAttempt, judgeScenario, type ComparisonRule } from './scenario-verdict.js'

export interface FoldedStream {
  readonly file: string
  readonly pickles: ReadonlyMap<ScenarioKey, KeyedPickle>
  readonly features: ReadonlyMap<string, Digest>
  readonly executed: ReadonlyMap<ScenarioKey, ScenarioResult>
  /** What failed outside any scenario: a hook of the whole run, a file that could not be parsed, the runner itself. */
  readonly runFailures: readonly string[]
}

export class MessageFold {
  private readonly features = new FeatureIndex()
  private readonly reader = new PickleReader(this.features)
  private readonly digests = new Map<string, Digest>()
  private readonly picklesById = new Map<string, KeyedPickle>()
  private readonly pickles = new Map<ScenarioKey, KeyedPickle>()
  private readonly hooks = new Map<string, StepResult>()
  private readonly testCases = new Map<string, TestCase>()
  private readonly running = new Map<string, CaseRun>()
  private readonly attempts = new Map<KeyedPickle, Attempt[]>()
  private readonly executed = new Map<ScenarioKey, ScenarioResult>()
  private readonly runFailures: string[] = []
  private runnerSucceeded: boolean | undefined
  private started = false

  constructor(
    private readonly file: string,
    private readonly rule: ComparisonRule,
  ) {}

  /** @throws EvidenceError for a message that does not fit those before it. */
  add(message: JsonObject): void {
    if (this.runnerSucceeded !== undefined && afterTheEnd.some((name) => message.has(name)))
      throw new EvidenceError(
        'truncated-stream',
        message.place,
        'an execution after the end of the run',
        'give the complete message file, in its order',
      )
    if (this.runnerSucceeded !== undefined && (message.has('meta') || message.has('testRunStarted')))
      throw new EvidenceError('unknown-reference', message.place, 'a second run in one file', 'give each run as a file of its own')
    const handlers = MessageFold.handlers
    for (const name of message.names()) {
      const handle = Object.hasOwn(handlers, name) ? handlers[name] : undefined
      if (handle !== undefined && message.has(name)) handle(this, message.object(name))
    }
  }

  /** @throws EvidenceError `truncated-stream` when the run, or a test case in it, has no end: a partial run must not read as a pass. */
  finish(): FoldedStream {
    const remedy = 'give the complete message file of a finished run'
    if (this.runnerSucceeded === undefined)
      throw new EvidenceError('truncated-stream', { file: this.file }, 'no testRunFinished message', remedy)
    for (const { place, testCase } of this.running.values())
      throw new EvidenceError(
        'truncated-stream',
        place,
        `scenario ${JSON.stringify(testCase.pickle.name)} was started and never finished`,
        remedy,
      )
    for (const pickle of this.attempts.keys())
      if (!this.executed.has(pickle.key))
        throw new EvidenceError('truncated-stream', { file: this.file }, `the retry of ${JSON.stringify(pickle.name)} is missing`, remedy)
    const explained = this.runFailures.length > 0 || [...this.executed.values()].some(({ verdict }) => verdict !== 'passed')
    if (!this.runnerSucceeded && !explained) this.runFailures.push('the runner reports failure and no message says why')
    return { file: this.file, pickles: this.pickles, features: this.digests, executed: this.executed, runFailures: this.runFailures }
  }

  private static readonly handlers: Readonly<Record<string, (fold: MessageFold, message: JsonObject) => void>> = {
    source: (fold, m) => void fold.digests.set(uriOf(m), createHash('sha256').update(m.string('data')).digest('hex') as Digest),
    gherkinDocument: (fold, m) => fold.features.add(m),
    pickle: (fold, m) => fold.addPickle(m),
    hook: (fold, m) => void fold.hooks.set(m.string('id'), hookPlan(m)),
    testCase: (fold, m) => fold.addTestCase(m),
    testRunStarted: (fold) => void (fold.started = true),
    testCaseStarted: (fold, m) => fold.startCase(m),
    testStepFinished: (fold, m) => fold.finishStep(m),
    attachment: (fold, m) => fold.attach(m),
    testCaseFinished: (fold, m) => fold.finishCase(m),
    testRunHookFinished: (fold, m) => fold.finishRunHook(m),
    parseError: (fold, m) =>
      void fold.runFailures.push(oneLine(`${m.object('source').stringOr('uri', 'a feature')} was not parsed: ${m.string('message')}`)),
    testRunFinished: (fold, m) => fold.finishRun(m),
  }

  private addPickle(message: JsonObject): void {
    const pickle = this.reader.read(message)
    this.picklesById.set(message.string('id'), pickle)
    this.pickles.set(pickle.key, pickle)
  }

  private addTestCase(message: JsonObject): void {
    const pickle = found(this.picklesById, message.string('pickleId'), 'pickle', message)
    const planned = new Map(pickle.steps.map(({ id, plan }) => [id, plan]))
    const steps = message.objects('testSteps').map((step) => ({
      id: step.string('id'),
      plan: step.has('pickleStepId')
        ? found(planned, step.string('pickleStepId'), 'pickle step', message)
        : (this.hooks.get(step.stringOr('hookId', '')) ?? unnamedHook),
    }))
    this.testCases.set(message.string('id'), { pickle, steps })
  }

  private startCase(message: JsonObject): void {
    if (!this.started)
      throw new EvidenceError('truncated-stream', message.place, 'a test case before testRunStarted', 'give the complete message file')
    const testCase = found(this.testCases, message.string('testCaseId'), 'test case', message)
    const number = (message.has('attempt') ? message.count('attempt') : 0) + 1
    const id = message.string('id')
    if (this.running.has(id))
      throw new EvidenceError(
        'contradicting-verdicts',
        message.place,
        `test case ${JSON.stringify(id)} is started twice`,
        'give each message once',
      )
    this.running.set(id, new CaseRun(testCase, number, message.place))
  }

  private finishStep(message: JsonObject): void {
    found(this.running, message.string('testCaseStartedId'), 'started test case', message).finishStep(message)
  }

  private attach(message: JsonObject): void {
    const observation = readAttachment(message)
    if (observation === undefined) return
    const run = this.running.get(message.stringOr('testCaseStartedId', ''))
    if (run === undefined)
      throw new EvidenceError('malformed-attachment', message.place, 'an observation outside a scenario', 'attach it to a scenario')
    run.observe(observation, message.stringOr('testStepId', ''), message.place)
  }

  private finishCase(message: JsonObject): void {
    const id = message.string('testCaseStartedId')
    const run = found(this.running, id, 'started test case', message)
    this.running.delete(id)
    const { pickle } = run.testCase
    const { steps } = run
    if (this.executed.has(pickle.key))
      throw new EvidenceError(
        'contradicting-verdicts',
        message.place,
        `scenario ${JSON.stringify(pickle.name)} has two verdicts`,
        'run each scenario once',
      )
    const before = this.attempts.get(pickle) ?? []
    if (run.number !== before.length + 1)
      throw new EvidenceError(
        'truncated-stream',
        message.place,
        `attempt ${run.number} of ${JSON.stringify(pickle.name)} follows ${before.length} finished attempts`,
        'give the complete message file, in its order',
      )
    const attempts = [...before, { number: run.number, verdict: judgeAttempt(steps, this.rule) }]
    this.attempts.set(pickle, attempts)
    if (message.has('willBeRetried') && message.boolean('willBeRetried')) return
    this.executed.set(pickle.key, resultOf(pickle, this.digests.get(pickle.uri) ?? null, attempts, steps, run.execution))
  }

  private finishRunHook(message: JsonObject): void {
    const { status, message: why } = reportedResult(message.object('result'))
    if (status !== 'PASSED') this.runFailures.push(oneLine(`a hook of the whole run is ${status}: ${why}`))
  }

  private finishRun(message: JsonObject): void {
    this.runnerSucceeded = message.has('success') ? message.boolean('success') : true
    const exception = message.objectOr('exception')
    if (exception !== undefined)
      this.runFailures.push(oneLine(`the runner stopped: ${exception.stringOr('message', exception.stringOr('type', 'exception'))}`))
  }
}

/** The result of a pickle; without an attempt it was not run. */
export function resultOf(
  pickle: KeyedPickle,
  featureDigest: Digest | null,
  attempts: readonly Attempt[],
  steps: readonly StepResult[],
  execution: Execution | null,
): ScenarioResult {
  const { key, uri, feature, rule, name, example, tags } = pickle
  const verdict = judgeScenario(attempts)
  const comparing = verdict === 'passed' || verdict === 'no-verdict'
  return {
    key,
    uri,
    featureDigest,
    feature,
    rule,
    name,
    example,
    tags,
    verdict,
    comparesNothing: comparing && comparesNothing(steps),
    attempts,
    steps,
    execution,
  }
}

/** Messages that belong to an execution: none may follow testRunFinished. */
const afterTheEnd = ['testCaseStarted', 'testStepFinished', 'testCaseFinished'] as const

const unnamedHook: StepResult = {
  kind: 'hook',
  keyword: 'Hook',
  text: '',
  docString: '',
  table: [],
  status: 'UNKNOWN',
  message: '',
  comparisons: [],
}

function hookPlan(hook: JsonObject): StepResult {
  const type = hook.stringOr('type', '')
  const keyword = type.startsWith('BEFORE') ? 'Before' : type.startsWith('AFTER') ? 'After' : 'Hook'
  return { ...unnamedHook, keyword, text: hook.stringOr('name', '') }
}

function uriOf(message: JsonObject): string {
  return message.string('uri').replaceAll('\\', '/')
}

function found<Value>(known: ReadonlyMap<string, Value>, id: string, what: string, message: JsonObject): Value {
  const value = known.get(id)
  if (value === undefined)
    throw new EvidenceError(
      'unknown-reference',
      message.place,
      `no ${what} ${JSON.stringify(id)} before this message`,
      'give the complete message file, in its order',
    )
  return value
}
