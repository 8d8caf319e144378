/** Scenarios as a reader sees them, and the place where each is printed in full. */
import type { ElementId } from '../model/ids.js'
import type { ScenarioResult, StepResult } from '../model/scenario-result.js'
import type { ComparisonView, ScenarioView, StepView } from '../model/scenario-view.js'
import { compareText } from '../model/text-order.js'
import { verdictText } from '../model/verdict.js'
import type { Link } from '../model/view-parts.js'
import { anchorOf, linkTo } from './anchor.js'
import { count } from './method-verdict.js'
import { scenarioTitle } from './requirement-views.js'
import type { TracedScenario } from './trace-graph.js'

const notRecorded = 'none recorded'

export function scenarioView(scenario: TracedScenario): ScenarioView {
  const { result, links } = scenario
  const steps = result.steps.map((step, i) => stepView(step, i + 1, result.verdict === 'not-run'))
  const elements = [...scenario.elements].sort(compareText).map((id) => linkTo('element', id))
  const derived = [...links.derived].sort(compareText).map((id) => linkTo('requirement', id))
  return {
    key: result.key,
    anchor: anchorOf('scenario', result.key),
    uri: result.uri,
    featureDigest: result.featureDigest ?? notRecorded,
    feature: result.feature === '' ? '(no name)' : result.feature,
    rule: result.rule === '' ? 'none' : result.rule,
    name: result.name === '' ? '(no name)' : result.name,
    title: scenarioTitle(result),
    example: result.example,
    tags: result.tags.map(({ name }) => name),
    state: result.verdict,
    verdict: verdictText[result.verdict],
    attempts: attemptsText(result),
    retried: result.attempts.length > 1,
    strength: strengthOf(result),
    steps,
    comparisons: steps.flatMap(({ comparisons }) => comparisons),
    requirements: [...derived, ...elements],
    elements,
    derived,
    claims: [...scenario.claims].sort(compareText).map((id) => linkTo('claim', id)),
    interfacesDeclared: [...links.interfaces].sort(compareText).map((id) => linkTo('interface', id)),
    interfacesObserved: (result.execution?.interfaces ?? []).map(({ entry, outcome }) => ({ ...linkTo('interface', entry), outcome })),
    modules: [...scenario.modules.map((path) => linkTo('module', path)), ...backgroundLink(scenario)],
    system: result.execution?.system ?? notRecorded,
    configurationDigest: result.execution?.configurationDigest ?? notRecorded,
    instructions: result.execution?.instructions.toString() ?? notRecorded,
    cycles: result.execution === null ? notRecorded : `${result.execution.cycles} model cycles`,
  }
}

/** Each scenario is printed in full at the first element, in catalogue order, that it verifies. */
export function proceduresByElement(
  elements: readonly ElementId[],
  scenarios: readonly TracedScenario[],
  views: ReadonlyMap<string, ScenarioView>,
): Map<ElementId, ScenarioView[]> {
  const rank = new Map(elements.map((id, i) => [id, i]))
  const placed = new Map<ElementId, ScenarioView[]>()
  for (const { result, elements: own } of scenarios) {
    const [first] = [...own].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
    const view = views.get(result.key)
    if (first === undefined || view === undefined) continue
    const here = placed.get(first)
    if (here === undefined) placed.set(first, [view])
    else here.push(view)
  }
  return placed
}

function stepView(step: StepResult, position: number, notRun: boolean): StepView {
  const number = position.toString()
  const state = notRun ? 'not-run' : step.status.toLowerCase()
  return {
    number,
    kind: step.kind,
    keyword: step.keyword === '' ? 'Step' : step.keyword,
    text: step.text === '' ? '(no text)' : step.text,
    hasDocString: step.docString !== '',
    docString: step.docString === '' ? 'none' : step.docString,
    table: step.table,
    state,
    verdict: notRun ? verdictText['not-run'] : state,
    message: step.message === '' ? 'none' : step.message,
    comparisons: step.comparisons.map((comparison): ComparisonView => ({
      step: number,
      what: shown(comparison.what),
      expected: shown(comparison.expected),
      observed: shown(comparison.observed),
      comparison: comparison.comparison,
      source: comparison.source,
      holds: comparison.holds,
      verdict: comparison.holds ? 'holds' : 'does not hold',
    })),
  }
}

/** The modules that ran and are left out, as one link to the matrix that states the rule. */
function backgroundLink({ result, modules }: TracedScenario): Link[] {
  const others = (result.execution?.modules.length ?? 0) - modules.length
  if (others === 0) return []
  const text =
    modules.length === 0 ? `${count(others, 'module')} that most scenarios run` : `and ${count(others, 'module')} that most scenarios run`
  return [{ text, anchor: anchorOf('matrix', 'requirement-by-module') }]
}

function shown(value: string): string {
  return value === '' ? '(empty text)' : value
}

function attemptsText({ attempts }: ScenarioResult): string {
  if (attempts.length === 0) return 'none'
  if (attempts.length === 1) return '1 attempt'
  return `${attempts.length} attempts: ${attempts.map(({ number, verdict }) => `${number} ${verdictText[verdict]}`).join(', ')}`
}

function strengthOf({ steps, comparesNothing }: ScenarioResult): string {
  if (comparesNothing) return 'compares nothing'
  return count(
    steps.reduce((sum, { comparisons }) => sum + comparisons.length, 0),
    'comparison',
  )
}
