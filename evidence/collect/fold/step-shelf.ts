/**
 * Steps of a run, each text and each sequence held once: a suite of 100,000 scenarios has a few hundred different steps. What is taken
 * from the shelf is shared and never changed.
 */
import type { StepResult, StepStatus } from '../../model/scenario-result.js'

/** Steps in an order; followed from the empty sequence. */
interface Sequence {
  readonly longer: Map<StepResult, Sequence>
  /** Made when a list ends here. */
  steps: readonly StepResult[] | undefined
  passed: readonly StepResult[] | undefined
}

export class StepShelf {
  /** By text and keyword. */
  private readonly plans = new Map<string, Map<string, StepResult>>()
  private readonly finished = new Map<StepResult, Map<StepStatus, StepResult>>()
  private readonly empty = emptySequence()
  private readonly shared = new Set<readonly StepResult[]>()
  private readonly sequences = new Map<readonly StepResult[], Sequence>()

  /** A step that is not yet executed. One with an argument is made anew: its text alone does not tell it apart. */
  plan(keyword: string, text: string, docString: string, table: StepResult['table']): StepResult {
    if (docString !== '' || table.length > 0) return unfinished('step', keyword, text, docString, table)
    let plans = this.plans.get(text)
    if (plans === undefined) this.plans.set(text, (plans = new Map<string, StepResult>()))
    let plan = plans.get(keyword)
    if (plan === undefined) plans.set(keyword, (plan = unfinished('step', keyword, text, '', [])))
    return plan
  }

  /** The list that stands for all equal lists. */
  sequence(steps: readonly StepResult[]): readonly StepResult[] {
    let at = this.empty
    for (const step of steps) {
      let next = at.longer.get(step)
      if (next === undefined) at.longer.set(step, (next = emptySequence()))
      at = next
    }
    if (at.steps === undefined) this.sequences.set((at.steps = [...steps]), at)
    return at.steps
  }

  /** `plan` with a status and nothing else to tell. */
  with(plan: StepResult, status: StepStatus): StepResult {
    let ends = this.finished.get(plan)
    if (ends === undefined) this.finished.set(plan, (ends = new Map<StepStatus, StepResult>()))
    let step = ends.get(status)
    if (step === undefined) ends.set(status, (step = { ...plan, status }))
    return step
  }

  /** True for lists that `passed` gave: the same for all scenarios with these steps. */
  holds(steps: readonly StepResult[]): boolean {
    return this.shared.has(steps)
  }

  /** A sequence of this shelf, every step passed with nothing else to tell. */
  passed(plans: readonly StepResult[]): readonly StepResult[] {
    const sequence = this.sequences.get(plans)
    if (sequence === undefined) return plans.map((plan) => this.with(plan, 'PASSED'))
    if (sequence.passed === undefined) this.shared.add((sequence.passed = plans.map((plan) => this.with(plan, 'PASSED'))))
    return sequence.passed
  }
}

function emptySequence(): Sequence {
  return { longer: new Map(), steps: undefined, passed: undefined }
}

export function unfinished(
  kind: StepResult['kind'],
  keyword: string,
  text: string,
  docString = '',
  table: StepResult['table'] = [],
): StepResult {
  return { kind, keyword, text, docString, table, status: 'UNKNOWN', message: '', comparisons: [] }
}
