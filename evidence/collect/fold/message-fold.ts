/**
 * Folds one Cucumber message stream into results: one per pickle, executed or not. State is kept per stream, since message ids mean
 * nothing outside it; an execution is dropped as soon as it is judged. Cucumber Messages, protocols 15 to 33.
 */
import { hash } from 'node:crypto'
import { EvidenceError, oneLine } from '../../model/errors.js'
import type { Digest } from '../../model/ids.js'
import type { Attempt, Execution, ScenarioResult, StepResult } from '../../model/scenario-result.js'
import { readAttachment } from '../messages/attachment.js'
import { CaseRun, type TestCase } from './case-run.js'
import { FeatureShelf } from '../messages/feature-shelf.js'
import type { JsonCursor } from '../json/json-cursor.js'
import { messageId, printId, type MessageId } from '../json/message-id.js'
import { JsonObject } from '../json/json-shape.js'
import type { ReadAgain } from '../messages/message-file.js'
import { PickleReader, type KeyedPickle } from '../messages/pickle.js'
import { ObjectForm } from '../json/object-form.js'
import type { ScenarioVerdict } from '../../model/verdict.js'
import type { ListedScenario } from './listed-scenario.js'
import { LikelyIds } from './likely-ids.js'
import { comparesNothing, judgeAttempt, judgeScenario, type ComparisonRule } from './scenario-verdict.js'
import { readResult, readStepFinished } from '../messages/step-finished.js'
import { StepShelf, unfinished } from './step-shelf.js'
import { readCaseFinished, readCaseStarted, readHook, readMeta, readSource, readTestCase } from '../messages/written-messages.js'

/**
 * What becomes of a stream that does not reach the end of its run. `required`: it is refused. `reported`: what is missing is no pass, and
 * a failure of the run says so.
 */
export type EndRule = 'required' | 'reported'

export interface FoldRules {
  readonly comparisons: ComparisonRule
  readonly end: EndRule
}

export interface FoldedStream {
  readonly file: string
  /** `cucumber-js 12.9.0, protocol 32.3.1`; empty: the stream names none. */
  readonly producer: string
  /** In the order of the stream, each once. */
  readonly scenarios: readonly Readonly<ListedScenario>[]
  readonly features: ReadonlyMap<string, Digest>
  /** What failed outside any scenario: a hook of the whole run, a file that could not be parsed, the runner itself. */
  readonly runFailures: readonly string[]
}

const envelopeForm = new ObjectForm()
const runHookForm = new ObjectForm()

export class MessageFold {
  private readonly shelf = new StepShelf()
  private readonly features: FeatureShelf
  private readonly reader: PickleReader
  private readonly digests = new Map<string, Digest>()
  private readonly scenarios = new Map<MessageId, ListedScenario>()
  private readonly hooks = new Map<MessageId, StepResult>()
  private readonly testCases = new Map<MessageId, TestCase>()
  private readonly running = new Map<MessageId, CaseRun>()
  private readonly runFailures: string[] = []
  /** Verdicts of step lists that are shared. */
  private readonly judged = new Map<readonly StepResult[], ScenarioVerdict>()
  private readonly likely = new LikelyIds()
  private current: { readonly id: MessageId; readonly run: CaseRun } | undefined
  private producer = ''
  private runnerSucceeded: boolean | undefined
  private started = false

  constructor(
    private readonly file: string,
    private readonly rules: FoldRules,
    readAgain: ReadAgain,
  ) {
    this.features = new FeatureShelf(file, readAgain)
    this.reader = new PickleReader(this.features, this.shelf)
  }

  /** At the begin of a message. @throws EvidenceError for a message that does not fit those before it. */
  read(cursor: JsonCursor): void {
    if (!cursor.enterObject())
      throw new EvidenceError('schema-violation', cursor.place, 'message is no object', 'give the file as the tool wrote it')
    while (cursor.nextMember(envelopeForm)) this.readMember(cursor)
  }

  /** The stream ends within a message. */
  cut(line: number): void {
    this.missing({ file: this.file, line }, 'the stream ends within this message')
  }

  /** @throws EvidenceError `truncated-stream` where the end of the run, and of each test case in it, is required. */
  finish(): FoldedStream {
    if (this.runnerSucceeded === undefined) this.missing({ file: this.file }, 'no testRunFinished message')
    for (const { place, testCase } of this.running.values())
      this.missing(place, `scenario ${JSON.stringify(testCase.scenario.pickle.name)} was started and never finished`)
    for (const { pickle, attempts, result } of this.scenarios.values())
      if (result === null && attempts.length > 0)
        this.missing({ file: this.file }, `the retry of ${JSON.stringify(pickle.name)} is missing`)
    if (this.runnerSucceeded === false && !this.explainsFailure())
      this.runFailures.push('the runner reports failure and no message says why')
    const { file, producer, digests: features, runFailures } = this
    return { file, producer, scenarios: [...this.scenarios.values()], features, runFailures }
  }

  private explainsFailure(): boolean {
    if (this.runFailures.length > 0) return true
    for (const { result } of this.scenarios.values()) if (result !== null && result.verdict !== 'passed') return true
    return false
  }

  private missing(place: { readonly file: string; readonly line?: number }, what: string): void {
    const error = new EvidenceError('truncated-stream', place, what, 'give the complete message file of a finished run')
    if (this.rules.end === 'required') throw error
    this.runFailures.push(oneLine(`${place.file}${place.line === undefined ? '' : `:${place.line}`}: ${what}`))
  }

  /** The most frequent messages first. */
  private readMember(cursor: JsonCursor): void {
    if (cursor.isMember('testStepStarted')) cursor.skip()
    else if (cursor.isMember('testStepFinished')) this.finishStep(cursor)
    else if (cursor.isMember('testCaseStarted')) this.startCase(cursor)
    else if (cursor.isMember('testCaseFinished')) this.finishCase(cursor)
    else if (cursor.isMember('testCase')) this.addTestCase(cursor)
    else if (cursor.isMember('pickle')) this.addPickle(cursor)
    else if (cursor.isMember('gherkinDocument')) this.features.add(cursor)
    else if (cursor.isMember('source')) this.addSource(cursor)
    else if (cursor.isMember('attachment')) this.attach(cursor)
    else this.readRare(cursor)
  }

  private readRare(cursor: JsonCursor): void {
    if (cursor.isMember('hook')) this.addHook(cursor)
    else if (cursor.isMember('meta')) this.begin(cursor, () => (this.producer = readMeta(cursor)))
    else if (cursor.isMember('testRunStarted')) this.begin(cursor, () => (cursor.skip(), (this.started = true)))
    else if (cursor.isMember('testRunHookFinished')) this.finishRunHook(cursor)
    else if (cursor.isMember('parseError')) this.addParseError(objectAt(cursor))
    else if (cursor.isMember('testRunFinished')) this.finishRun(objectAt(cursor))
    else cursor.skip()
  }

  private begin(cursor: JsonCursor, read: () => unknown): void {
    if (this.runnerSucceeded !== undefined)
      throw new EvidenceError('unknown-reference', cursor.place, 'a second run in one file', 'give each run as a file of its own')
    read()
  }

  private addSource(cursor: JsonCursor): void {
    const { uri, data } = readSource(cursor)
    this.digests.set(uri.replaceAll('\\', '/'), hash('sha256', data, 'hex') as Digest)
  }

  private addPickle(cursor: JsonCursor): void {
    const { id, pickle } = this.reader.read(cursor)
    this.scenarios.set(id, { pickle, attempts: noAttempts, result: null })
    this.likely.addPickle(id)
  }

  private addHook(cursor: JsonCursor): void {
    const { id, plan } = readHook(cursor)
    this.hooks.set(id, plan)
  }

  private addTestCase(cursor: JsonCursor): void {
    const { id, pickleId, stepIds, pickleStepIds, hookIds } = readTestCase(
      cursor,
      this.likely.pickle(),
      (pickle) => this.scenarios.get(pickle)?.pickle.stepIds ?? [],
    )
    const scenario = found(this.scenarios, pickleId, 'pickle', cursor)
    const { pickle } = scenario
    this.likely.addTestCase(id)
    if (equalIds(pickleStepIds, pickle.stepIds)) {
      this.testCases.set(id, { scenario, stepIds, plans: pickle.plans })
      return
    }
    const plans = pickleStepIds.map((pickleStepId, i) => {
      if (pickleStepId === '') return this.hooks.get(hookIds[i] ?? '') ?? unnamedHook
      return pickle.plans[pickle.stepIds.indexOf(pickleStepId)] ?? lost('pickle step', pickleStepId, cursor)
    })
    this.testCases.set(id, { scenario, stepIds, plans: this.shelf.sequence(plans) })
  }

  private startCase(cursor: JsonCursor): void {
    this.refuseAfterTheEnd(cursor)
    if (!this.started)
      throw new EvidenceError('truncated-stream', cursor.place, 'a test case before testRunStarted', 'give the complete message file')
    const { id, testCaseId, attempt } = readCaseStarted(cursor, this.likely.testCase())
    const testCase = found(this.testCases, testCaseId, 'test case', cursor)
    if (this.running.has(id))
      throw new EvidenceError('contradicting-verdicts', cursor.place, `test case ${printId(id)} is started twice`, 'give each message once')
    const run = new CaseRun(testCase, attempt + 1, cursor.place)
    this.running.set(id, run)
    this.current = { id, run }
  }

  private finishStep(cursor: JsonCursor): void {
    this.refuseAfterTheEnd(cursor)
    const { testCaseStartedId, testStepId, result } = readStepFinished(cursor, this.current?.id ?? '', this.current?.run.nextStep ?? '')
    this.runOf(testCaseStartedId, cursor).finishStep(testStepId, result, cursor)
  }

  /** Parallel runs interleave: another one becomes the likely one then. */
  private runOf(id: MessageId, cursor: JsonCursor): CaseRun {
    if (this.current?.id === id) return this.current.run
    const run = found(this.running, id, 'started test case', cursor)
    this.current = { id, run }
    return run
  }

  private attach(cursor: JsonCursor): void {
    const message = objectAt(cursor)
    const observation = readAttachment(message)
    if (observation === undefined) return
    const run = this.running.get(messageId(message.stringOr('testCaseStartedId', '')))
    if (run === undefined)
      throw new EvidenceError('malformed-attachment', message.place, 'an observation outside a scenario', 'attach it to a scenario')
    run.observe(observation, messageId(message.stringOr('testStepId', '')), message.place)
  }

  private finishCase(cursor: JsonCursor): void {
    this.refuseAfterTheEnd(cursor)
    const { testCaseStartedId, willBeRetried } = readCaseFinished(cursor, this.current?.id ?? '')
    const run = this.runOf(testCaseStartedId, cursor)
    this.running.delete(testCaseStartedId)
    this.current = undefined
    const { scenario } = run.testCase
    const { pickle } = scenario
    if (scenario.result !== null)
      throw new EvidenceError(
        'contradicting-verdicts',
        cursor.place,
        `scenario ${JSON.stringify(pickle.name)} has two verdicts`,
        'run each scenario once',
      )
    const before = this.attemptsBefore(run)
    const steps = run.steps(this.shelf)
    const verdict = this.judge(steps)
    const attempts = before.length === 0 && verdict === 'passed' ? passedAtOnce : [...before, { number: run.number, verdict }]
    if (willBeRetried || run.willBeRetried) {
      scenario.attempts = attempts
      return
    }
    scenario.result = resultOf(pickle, this.digests.get(pickle.uri) ?? null, attempts, steps, run.execution)
  }

  private judge(steps: readonly StepResult[]): ScenarioVerdict {
    const known = this.judged.get(steps)
    if (known !== undefined) return known
    const verdict = judgeAttempt(steps, this.rules.comparisons)
    if (this.shelf.holds(steps)) this.judged.set(steps, verdict)
    return verdict
  }

  /** An attempt that the stream does not hold is none that passed. */
  private attemptsBefore({ number, place, testCase: { scenario } }: CaseRun): readonly Attempt[] {
    const before = scenario.attempts
    if (number === before.length + 1) return before
    this.missing(place, `attempt ${number} of ${JSON.stringify(scenario.pickle.name)} follows ${before.length} finished attempts`)
    return [...before, { number: before.length + 1, verdict: 'unknown' }]
  }

  private finishRunHook(cursor: JsonCursor): void {
    if (!cursor.enterObject()) return
    while (cursor.nextMember(runHookForm))
      if (!cursor.isMember('result')) cursor.skip()
      else {
        const { status, message } = readResult(cursor)
        if (status !== 'PASSED') this.runFailures.push(oneLine(`a hook of the whole run is ${status}: ${message}`))
      }
  }

  private addParseError(message: JsonObject): void {
    const uri = message.object('source').stringOr('uri', 'a feature')
    this.runFailures.push(oneLine(`${uri} was not parsed: ${message.string('message')}`))
  }

  private finishRun(message: JsonObject): void {
    this.runnerSucceeded = message.has('success') ? message.boolean('success') : true
    const exception = message.objectOr('exception')
    if (exception !== undefined)
      this.runFailures.push(oneLine(`the runner stopped: ${exception.stringOr('message', exception.stringOr('type', 'exception'))}`))
  }

  private refuseAfterTheEnd(cursor: JsonCursor): void {
    if (this.runnerSucceeded === undefined) return
    throw new EvidenceError(
      'truncated-stream',
      cursor.place,
      'an execution after the end of the run',
      'give the complete message file, in its order',
    )
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

const noAttempts: readonly Attempt[] = []
const passedAtOnce: readonly Attempt[] = [{ number: 1, verdict: 'passed' }]

const unnamedHook = unfinished('hook', 'Hook', '')

function equalIds(some: readonly MessageId[], others: readonly MessageId[]): boolean {
  return some.length === others.length && some.every((id, i) => id === others[i])
}

function objectAt(cursor: JsonCursor): JsonObject {
  return JsonObject.of(cursor.value(), cursor.place, 'message')
}

function found<Value>(known: ReadonlyMap<MessageId, Value>, id: MessageId, what: string, cursor: JsonCursor): Value {
  return known.get(id) ?? lost(what, id, cursor)
}

function lost(what: string, id: MessageId, cursor: JsonCursor): never {
  throw new EvidenceError(
    'unknown-reference',
    cursor.place,
    `no ${what} ${printId(id)} before this message`,
    'give the complete message file, in its order',
  )
}
