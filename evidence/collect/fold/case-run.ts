/** One attempt at a test case while its messages arrive: results of steps, comparisons, execution. Messages, TestCaseStarted. */
import type { Comparison } from '../../model/comparison.js'
import { EvidenceError, type SourcePlace } from '../../model/errors.js'
import type { Execution, StepResult } from '../../model/scenario-result.js'
import { printId, type MessageId } from '../json/message-id.js'
import type { Observation } from '../messages/attachment.js'
import type { ListedScenario } from './listed-scenario.js'
import type { ReportedResult } from '../messages/step-finished.js'
import type { StepShelf } from './step-shelf.js'

export interface TestCase {
  readonly scenario: ListedScenario
  readonly stepIds: readonly MessageId[]
  /** Step and hooks in their order, not yet executed. */
  readonly plans: readonly StepResult[]
}

export class CaseRun {
  private readonly results: (ReportedResult | undefined)[]
  private comparisons: Map<number, Comparison[]> | undefined
  private observed: Execution | null = null
  /** Steps end in their order: the next one is looked at first. */
  private next = 0
  private plain = 0

  /** `number`: of the attempt, from 1. `place`: of its start. */
  constructor(
    readonly testCase: TestCase,
    readonly number: number,
    readonly place: SourcePlace,
  ) {
    this.results = []
  }

  get execution(): Execution | null {
    return this.observed
  }

  /** Id of the step that should end next; empty: none. */
  get nextStep(): MessageId {
    return this.testCase.stepIds[this.next] ?? ''
  }

  /** Messages before `TestCaseFinished.willBeRetried` said it with a step. */
  get willBeRetried(): boolean {
    return this.results.some((result) => result?.willBeRetried === true)
  }

  /** A step without a result reads as UNKNOWN, which is no pass. */
  steps(shelf: StepShelf): readonly StepResult[] {
    const { plans } = this.testCase
    if (this.plain === plans.length && this.comparisons === undefined) return shelf.passed(plans)
    return plans.map((plan, i) => {
      const { status, message } = this.results[i] ?? noResult
      const comparisons = this.comparisons?.get(i)
      return message === '' && comparisons === undefined
        ? shelf.with(plan, status)
        : { ...plan, status, message, comparisons: comparisons ?? [] }
    })
  }

  /** @throws EvidenceError `unknown-reference`, `contradicting-verdicts` */
  finishStep(step: MessageId, result: ReportedResult, message: { readonly place: SourcePlace }): void {
    const index = this.indexOf(step)
    const remedy = 'give the message file as the runner wrote it'
    if (index < 0) throw new EvidenceError('unknown-reference', message.place, `no step ${printId(step)} in this test case`, remedy)
    if (this.results[index] !== undefined)
      throw new EvidenceError('contradicting-verdicts', message.place, `step ${printId(step)} has two results`, remedy)
    this.results[index] = result
    this.next = index + 1
    if (result.status === 'PASSED' && result.message === '') this.plain += 1
  }

  /** @throws EvidenceError `malformed-attachment` for a comparison outside every step. */
  observe(observation: Observation, step: MessageId, place: SourcePlace): void {
    if (observation.kind === 'execution') {
      this.observed = observation.execution
      return
    }
    const index = this.indexOf(step)
    if (index < 0)
      throw new EvidenceError('malformed-attachment', place, 'a comparison that belongs to no step', 'attach it while its step runs')
    this.comparisons ??= new Map()
    this.comparisons.set(index, [...(this.comparisons.get(index) ?? []), observation.comparison])
  }

  private indexOf(step: MessageId): number {
    const { stepIds } = this.testCase
    return stepIds[this.next] === step ? this.next : stepIds.indexOf(step)
  }
}

const noResult: ReportedResult = { status: 'UNKNOWN', message: 'no result', willBeRetried: false }
