/** One attempt at a test case while its messages arrive: results of steps, comparisons, execution. Messages, TestCaseStarted. */
import type { Comparison } from '../model/comparison.js'
import { EvidenceError, oneLine, type SourcePlace } from '../model/errors.js'
import { stepStatuses, type Execution, type StepResult, type StepStatus } from '../model/scenario-result.js'
import type { Observation } from './attachment.js'
import type { JsonObject } from './json-shape.js'
import type { KeyedPickle } from './pickle.js'

export interface TestCase {
  readonly pickle: KeyedPickle
  readonly steps: readonly { readonly id: string; readonly plan: StepResult }[]
}

export interface ReportedResult {
  readonly status: StepStatus
  readonly message: string
}

export class CaseRun {
  private readonly results = new Map<string, ReportedResult>()
  private readonly comparisons = new Map<string, Comparison[]>()
  private observed: Execution | null = null

  /** `number`: of the attempt, from 1. `place`: of its start. */
  constructor(
    readonly testCase: TestCase,
    readonly number: number,
    readonly place: SourcePlace,
  ) {}

  get execution(): Execution | null {
    return this.observed
  }

  /** A step without a result reads as UNKNOWN, which is no pass. */
  get steps(): StepResult[] {
    return this.testCase.steps.map(({ id, plan }) => ({
      ...plan,
      ...(this.results.get(id) ?? { status: 'UNKNOWN', message: 'no result' }),
      comparisons: this.comparisons.get(id) ?? [],
    }))
  }

  /** @throws EvidenceError `unknown-reference`, `contradicting-verdicts` */
  finishStep(message: JsonObject): void {
    const step = message.string('testStepId')
    const remedy = 'give the message file as the runner wrote it'
    if (!this.hasStep(step))
      throw new EvidenceError('unknown-reference', message.place, `no step ${JSON.stringify(step)} in this test case`, remedy)
    if (this.results.has(step))
      throw new EvidenceError('contradicting-verdicts', message.place, `step ${JSON.stringify(step)} has two results`, remedy)
    this.results.set(step, reportedResult(message.object('testStepResult')))
  }

  /** @throws EvidenceError `malformed-attachment` for a comparison outside every step. */
  observe(observation: Observation, step: string, place: SourcePlace): void {
    if (observation.kind === 'execution') {
      this.observed = observation.execution
      return
    }
    if (!this.hasStep(step))
      throw new EvidenceError('malformed-attachment', place, 'a comparison that belongs to no step', 'attach it while its step runs')
    this.comparisons.set(step, [...(this.comparisons.get(step) ?? []), observation.comparison])
  }

  private hasStep(step: string): boolean {
    return this.testCase.steps.some(({ id }) => id === step)
  }
}

/** Status and first line of the message, without colours. */
export function reportedResult(result: JsonObject): ReportedResult {
  const [firstLine = ''] = result.stringOr('message', '').split('\n', 1)
  return { status: result.oneOf('status', stepStatuses), message: oneLine(firstLine.replace(/\u001b\[[0-9;]*m/g, '')) }
}
