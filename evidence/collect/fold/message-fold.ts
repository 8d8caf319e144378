/**
 * Folds one Cucumber message stream into results: one per pickle, executed or not. State is kept per stream, since message ids mean
 * nothing outside it; an execution is dropped as soon as it is judged. Cucumber Messages, protocols 15 to 33.
 */
import { hash } from 'node:crypto'
import { EvidenceError } from '../../model/errors.js'
import type { Digest } from '../../model/ids.js'
import type { Attempt, StepResult } from '../../model/scenario-result.js'
import { readAttachment } from '../messages/attachment.js'
import { CaseRun, type TestCase } from './case-run.js'
import { FeatureShelf } from '../messages/feature-shelf.js'
import type { JsonCursor } from '../json/json-cursor.js'
import { messageId, printId, type MessageId } from '../json/message-id.js'
import { JsonObject } from '../json/json-shape.js'
import type { ReadAgain } from '../messages/message-file.js'
import { PickleReader } from '../messages/pickle.js'
import { ObjectForm } from '../json/object-form.js'
import type { ScenarioVerdict } from '../../model/verdict.js'
import type { ListedScenario } from './listed-scenario.js'
import { LikelyIds } from './likely-ids.js'
import type { FoldedStream, FoldRules } from './folded-stream.js'
import { resultOf } from './result-of.js'
import { RunRecord } from './run-record.js'
import { judgeAttempt } from './scenario-verdict.js'
import { readStepFinished } from '../messages/step-finished.js'
import { StepShelf, unfinished } from './step-shelf.js'
import { readCaseFinished, readCaseStarted, readHook, readMeta, readSource, readTestCase } from '../messages/written-messages.js'

const envelopeForm = new ObjectForm()

export class MessageFold {
  private readonly shelf = new StepShelf()
  private readonly features: FeatureShelf
  private readonly reader: PickleReader
  private readonly digests = new Map<string, Digest>()
  private readonly scenarios = new Map<MessageId, ListedScenario>()
  private readonly hooks = new Map<MessageId, StepResult>()
  private readonly testCases = new Map<MessageId, TestCase>()
  private readonly running = new Map<MessageId, CaseRun>()
  private readonly run: RunRecord
  /** Verdicts of step lists that are shared. */
  private readonly judged = new Map<readonly StepResult[], ScenarioVerdict>()
  private readonly likely = new LikelyIds()
  private current: { readonly id: MessageId; readonly run: CaseRun } | undefined
  private producer = ''

  constructor(
    private readonly file: string,
    private readonly rules: FoldRules,
    readAgain: ReadAgain,
  ) {
    this.run = new RunRecord(rules.end)
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
    this.run.missing({ file: this.file, line }, 'the stream ends within this message')
  }

  /** @throws EvidenceError `truncated-stream` where the end of the run, and of each test case in it, is required. */
  finish(): FoldedStream {
    if (this.run.succeeded === undefined) this.run.missing({ file: this.file }, 'no testRunFinished message')
    for (const { place, testCase } of this.running.values())
      this.run.missing(place, `scenario ${JSON.stringify(testCase.scenario.pickle.name)} was started and never finished`)
    for (const { pickle, attempts, result } of this.scenarios.values())
      if (result === null && attempts.length > 0)
        this.run.missing({ file: this.file }, `the retry of ${JSON.stringify(pickle.name)} is missing`)
    if (this.run.succeeded === false && !this.explainsFailure())
      this.run.failures.push('the runner reports failure and no message says why')
    const { file, producer, digests: features } = this
    return { file, producer, scenarios: [...this.scenarios.values()], features, runFailures: this.run.failures }
  }

  private explainsFailure(): boolean {
    if (this.run.failures.length > 0) return true
    for (const { result } of this.scenarios.values()) if (result !== null && result.verdict !== 'passed') return true
    return false
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
    else if (cursor.isMember('meta')) this.begin(cursor)
    else if (cursor.isMember('testRunStarted')) this.run.start(cursor)
    else if (cursor.isMember('testRunHookFinished')) this.run.finishHook(cursor)
    else if (cursor.isMember('parseError')) this.run.addParseError(objectAt(cursor))
    else if (cursor.isMember('testRunFinished')) this.run.finish(objectAt(cursor))
    else cursor.skip()
  }

  private begin(cursor: JsonCursor): void {
    this.run.refuseSecondRun(cursor)
    this.producer = readMeta(cursor)
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
    this.run.refuseAfterTheEnd(cursor)
    this.run.refuseBeforeTheStart(cursor)
    const { id, testCaseId, attempt } = readCaseStarted(cursor, this.likely.testCase())
    const testCase = found(this.testCases, testCaseId, 'test case', cursor)
    if (this.running.has(id))
      throw new EvidenceError('contradicting-verdicts', cursor.place, `test case ${printId(id)} is started twice`, 'give each message once')
    const run = new CaseRun(testCase, attempt + 1, cursor.place)
    this.running.set(id, run)
    this.current = { id, run }
  }

  private finishStep(cursor: JsonCursor): void {
    this.run.refuseAfterTheEnd(cursor)
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
    this.run.refuseAfterTheEnd(cursor)
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
    this.run.missing(place, `attempt ${number} of ${JSON.stringify(scenario.pickle.name)} follows ${before.length} finished attempts`)
    return [...before, { number: before.length + 1, verdict: 'unknown' }]
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
