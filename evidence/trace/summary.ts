/** Counts in words. An element counts as tested only when its test verdict is passed; nothing is counted as confirmed that is not. */
import type { AssuranceCase, SummaryView } from '../model/assurance-case.js'
import type { RequirementView } from '../model/requirement-view.js'
import { scenarioVerdicts, verdictText } from '../model/verdict.js'
import type { CountedText, GateView } from '../model/view-parts.js'

export type SummaryInputs = Pick<AssuranceCase, 'requirements' | 'derived' | 'scenarios' | 'interfaces' | 'assurance' | 'notCovered'> & {
  readonly gates: readonly GateView[]
  readonly confirmed: number
}

export function summaryView(inputs: SummaryInputs): SummaryView {
  const { requirements, derived, scenarios, interfaces, assurance, gates } = inputs
  const elements = requirements.flatMap((component) => component.elements)
  const steps = scenarios.flatMap((scenario) => scenario.steps)
  const comparisons = scenarios.flatMap((scenario) => scenario.comparisons)
  const outcomes = interfaces.flatMap((entry) => entry.outcomes)
  const assuranceState = (state: string): number => assurance.filter((component) => component.state === state).length
  return {
    passed: gates.every(({ met }) => met),
    gates,
    elements: [
      ...elementCounts(requirements),
      counted('confirmed', inputs.confirmed, elements.length, 'confirmed against the published text', 'catalogue element'),
    ],
    derived: stateCounts(derived, 'derived requirement'),
    scenarios: scenarioVerdicts
      .map((verdict) =>
        counted(verdict, scenarios.filter(({ state }) => state === verdict).length, scenarios.length, verdictText[verdict], 'scenario'),
      )
      .filter(({ name, count }) => count > 0 || name === 'passed' || name === 'failed' || name === 'not-run'),
    steps: [...new Set(steps.map(({ state }) => state))]
      .sort()
      .map((state) => counted(state, steps.filter((step) => step.state === state).length, steps.length, state, 'step')),
    comparisons: [
      counted('held', comparisons.filter(({ holds }) => holds).length, comparisons.length, 'held', 'comparison'),
      counted(
        'compares-nothing',
        scenarios.filter(({ strength }) => strength === 'compares nothing').length,
        scenarios.length,
        'compare nothing',
        'scenario',
      ),
    ],
    interfaces: [
      counted(
        'entries',
        interfaces.filter(({ state }) => state === 'exercised').length,
        interfaces.length,
        'exercised in every outcome',
        'interface entry',
      ),
      counted('outcomes', outcomes.filter(({ state }) => state === 'exercised').length, outcomes.length, 'exercised', 'listed outcome'),
    ],
    assurance: [
      counted('provided', assuranceState('provided'), assurance.length, 'provided', 'assurance component'),
      counted('partly-provided', assuranceState('partly-provided'), assurance.length, 'partly provided', 'assurance component'),
      counted('not-provided', assuranceState('not-provided'), assurance.length, 'not provided', 'assurance component'),
    ],
    failures: failuresOf(inputs),
  }
}

function elementCounts(requirements: readonly RequirementView[]): CountedText[] {
  const elements = requirements.flatMap((component) => component.elements)
  const closed = elements.filter((element) => element.closed).length
  return [
    counted('closed', closed, elements.length, 'closed by every method they name', 'catalogue element'),
    ...stateCounts(elements, 'catalogue element'),
  ]
}

function stateCounts(views: readonly { readonly state: string }[], noun: string): CountedText[] {
  const of = (state: string): number => views.filter((view) => view.state === state).length
  const text: readonly (readonly [string, string])[] = [
    ['passed', 'test passed'],
    ['partial', 'test partial'],
    ['failed', 'test failed'],
    ['not-run', 'linked, no test passed or failed'],
    ['none', 'no test'],
  ]
  return text.map(([state, words]) => counted(state, of(state), views.length, words, noun))
}

/** `12 of 55 catalogue elements: test passed`. */
export function counted(name: string, count: number, of: number, words: string, noun: string): CountedText {
  const plural = noun.endsWith('entry') ? noun.replace(/entry$/, 'entries') : `${noun}s`
  return { name, count, of, text: `${count} of ${of} ${of === 1 ? noun : plural}: ${words}` }
}

function failuresOf({ gates, notCovered }: SummaryInputs): string[] {
  return [
    ...notCovered.scenarios.map(({ text, title, missing }) => `${title}: ${text}: ${missing}`),
    ...gates.filter(({ met }) => !met).map(({ name, required, measured }) => `${name}: required ${required}; measured ${measured}`),
  ]
}
