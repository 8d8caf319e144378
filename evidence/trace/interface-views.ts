/** Interface entries and modules with everything that leads to them: the reverse directions of the trace. */
import type { InterfaceEntry } from '../model/interface-entry.js'
import type { InterfaceId, ModulePath } from '../model/ids.js'
import type { InterfaceOutcomeView, InterfaceView, ModuleView } from '../model/interface-view.js'
import type { ModuleCoverage } from '../model/module-coverage.js'
import { compareText } from '../model/text-order.js'
import type { Link, Ratio } from '../model/view-parts.js'
import { anchorOf, linkTo } from './anchor.js'
import { count } from './method-verdict.js'
import { ratio } from './ratio.js'
import { scenarioLink } from './requirement-views.js'
import type { TraceContext } from './trace-context.js'
import type { TracedScenario } from './trace-graph.js'

/** Listed entries in their order, then entries that were seen and are not listed. */
export function interfaceViews(context: TraceContext): InterfaceView[] {
  const listed = context.interfaces ?? []
  const known = new Set(listed.map(({ id }) => id))
  const unlisted = [...context.graph.byInterface.keys()].filter((id) => !known.has(id)).sort(compareText)
  return [...listed.map((entry) => listedView(context, entry)), ...unlisted.map((id) => unlistedView(context, id))]
}

function listedView(context: TraceContext, entry: InterfaceEntry): InterfaceView {
  const scenarios = context.graph.byInterface.get(entry.id) ?? []
  const seen = outcomesOf(entry.id, scenarios)
  const outcomes = entry.outcomes.map((outcome) => outcomeView(outcome, seen.get(outcome) ?? 0, 'exercised'))
  const unlisted = [...seen].filter(([outcome]) => !entry.outcomes.includes(outcome)).sort(([a], [b]) => compareText(a, b))
  const exercised = ratio(outcomes.filter(({ scenarios: times }) => times > 0).length, outcomes.length)
  const used = outcomes.length === 0 ? scenarios.length > 0 : exercised.covered > 0
  const state =
    unlisted.length > 0
      ? 'unlisted-outcome'
      : !used
        ? 'not-exercised'
        : exercised.covered < exercised.total
          ? 'partly-exercised'
          : 'exercised'
  return {
    id: entry.id,
    anchor: anchorOf('interface', entry.id),
    kind: entry.kind,
    title: entry.title,
    contract: entry.contract,
    outcomes,
    unlisted: unlisted.map(([outcome, times]) => outcomeView(outcome, times, 'unlisted')),
    exercised,
    state,
    verdict: interfaceVerdict(
      state,
      exercised,
      unlisted.map(([outcome]) => outcome),
    ),
    ...linksOf(scenarios),
  }
}

function unlistedView(context: TraceContext, id: InterfaceId): InterfaceView {
  const scenarios = context.graph.byInterface.get(id) ?? []
  return {
    id,
    anchor: anchorOf('interface', id),
    kind: 'not described',
    title: 'not described',
    contract: 'not described',
    outcomes: [],
    unlisted: [...outcomesOf(id, scenarios)]
      .sort(([a], [b]) => compareText(a, b))
      .map(([outcome, times]) => outcomeView(outcome, times, 'unlisted')),
    exercised: ratio(0, 0),
    state: 'unlisted-entry',
    verdict: 'seen in a run and not in the interface description',
    ...linksOf(scenarios),
  }
}

function interfaceVerdict(state: InterfaceView['state'], exercised: Ratio, unlisted: readonly string[]): string {
  const share = exercised.total === 0 ? 'no outcomes listed' : `${exercised.text} outcomes exercised`
  if (state === 'unlisted-outcome') return `${share}; seen and not listed: ${unlisted.join(', ')}`
  return state === 'not-exercised' ? 'not exercised' : share
}

function outcomesOf(id: InterfaceId, scenarios: readonly TracedScenario[]): Map<string, number> {
  const seen = new Map<string, number>()
  for (const { result } of scenarios)
    for (const { entry, outcome } of result.execution?.interfaces ?? []) if (entry === id) seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
  return seen
}

function outcomeView(outcome: string, scenarios: number, state: 'exercised' | 'unlisted'): InterfaceOutcomeView {
  return scenarios === 0
    ? { outcome, scenarios, state: 'not-exercised', text: 'not exercised' }
    : { outcome, scenarios, state, text: count(scenarios, 'scenario') }
}

/** Modules of the source tree and of the coverage report, sorted. */
export function moduleViews(context: TraceContext, coverage: readonly ModuleCoverage[]): ModuleView[] {
  const byModule = new Map(coverage.map((entry) => [entry.module, entry]))
  const allocations = new Map<ModulePath, Link[]>()
  for (const [requirement, modules] of context.allocatedModules)
    for (const module of modules) {
      const links = allocations.get(module) ?? []
      links.push(linkTo('requirement', requirement))
      allocations.set(module, links)
    }
  return context.modules.map((path) => {
    const entry = byModule.get(path)
    const scenarios = context.graph.byModule.get(path) ?? []
    const { requirements } = linksOf(scenarios.filter(({ modules }) => modules.includes(path)))
    return {
      path,
      anchor: anchorOf('module', path),
      zone: context.zoneOf(path),
      functions: ratio(entry?.functions.covered ?? 0, entry?.functions.total ?? 0),
      lines: ratio(entry?.lines.covered ?? 0, entry?.lines.total ?? 0),
      allocated: allocations.get(path) ?? [],
      requirements,
      scenarios: scenarios.map((scenario) => scenarioLink({ scenario, via: null })),
    }
  })
}

function linksOf(scenarios: readonly TracedScenario[]): Pick<InterfaceView, 'requirements' | 'scenarios' | 'modules'> {
  const derived = new Set(scenarios.flatMap(({ links }) => [...links.derived]))
  const elements = new Set(scenarios.flatMap((scenario) => [...scenario.elements]))
  const modules = new Set(scenarios.flatMap((scenario) => scenario.modules))
  return {
    requirements: [
      ...[...derived].sort(compareText).map((id) => linkTo('requirement', id)),
      ...[...elements].sort(compareText).map((id) => linkTo('element', id)),
    ],
    scenarios: scenarios.map((scenario) => scenarioLink({ scenario, via: null })),
    modules: [...modules].sort(compareText).map((path) => linkTo('module', path)),
  }
}
