/** What is missing or wrong, worst first: the part of the case that a reader meets before anything that passed. */
import type { ClaimView, NotCoveredItem, NotCoveredView } from '../model/assurance-case.js'
import type { CoverageView } from '../model/coverage-view.js'
import type { InterfaceView, ModuleView } from '../model/interface-view.js'
import type { DerivedView, ElementView, MethodView, RequirementView } from '../model/requirement-view.js'
import type { ScenarioView } from '../model/scenario-view.js'
import { isFailure, scenarioVerdicts, type MethodVerdict } from '../model/verdict.js'

export interface NotCoveredInputs {
  readonly requirements: readonly RequirementView[]
  readonly derived: readonly DerivedView[]
  readonly claims: readonly ClaimView[]
  readonly interfaces: readonly InterfaceView[]
  readonly modules: readonly ModuleView[]
  readonly coverage: CoverageView
  readonly scenarios: readonly ScenarioView[]
}

const stateOrder: readonly MethodVerdict[] = ['failed', 'none', 'not-run', 'stale', 'partial', 'passed']

export function notCoveredView(inputs: NotCoveredInputs): NotCoveredView {
  const elements = inputs.requirements.flatMap((component) => component.elements)
  return {
    elements: byState(elements.filter(({ closed }) => !closed)).map((element) =>
      item(element.id, element.anchor, element.paraphrase, elementGaps(element)),
    ),
    derived: byState(inputs.derived.filter(({ verdicts }) => openVerdicts(verdicts).length > 0)).map((view) =>
      item(view.id, view.anchor, view.text, openVerdicts(view.verdicts).map(gapText).join('; ')),
    ),
    claims: inputs.claims.filter(({ state }) => state !== 'passed').map(({ id, anchor, text, verdict }) => item(id, anchor, text, verdict)),
    interfaces: inputs.interfaces.filter(({ state }) => state !== 'exercised').map(interfaceItem),
    modules: moduleItems(inputs.modules, inputs.coverage),
    orphans: inputs.scenarios
      .filter(({ requirements }) => requirements.length === 0)
      .map(({ title, anchor, uri, claims }) =>
        item(title, anchor, uri, claims.length === 0 ? 'names no requirement' : 'names a claim and no requirement'),
      ),
    scenarios: [...inputs.scenarios]
      .filter(({ state }) => state !== 'passed')
      .sort((a, b) => scenarioVerdicts.indexOf(a.state) - scenarioVerdicts.indexOf(b.state))
      .map(({ title, anchor, uri, state, verdict }) => item(title, anchor, uri, isFailure(state) ? verdict : `no evidence: ${verdict}`)),
    retried: inputs.scenarios
      .filter(({ retried }) => retried)
      .map(({ title, anchor, uri, attempts }) => item(title, anchor, uri, attempts)),
  }
}

function item(text: string, anchor: string, title: string, missing: string): NotCoveredItem {
  return { text, anchor, title, missing }
}

function byState<View extends { readonly state: MethodVerdict }>(views: readonly View[]): View[] {
  return stateOrder.flatMap((state) => views.filter((view) => view.state === state))
}

function elementGaps(element: ElementView): string {
  return openVerdicts(element.verdicts).map(gapText).join('; ')
}

/** Methods that are named and have not passed, and a method that is not named and failed. */
function openVerdicts(verdicts: readonly MethodView[]): MethodView[] {
  return verdicts.filter(({ state, required }) => (required ? state !== 'passed' : state === 'failed'))
}

function gapText({ text, detail }: MethodView): string {
  return `${text} (${detail})`
}

function interfaceItem({ id, anchor, title, verdict, outcomes }: InterfaceView): NotCoveredItem {
  const open = outcomes.filter(({ state }) => state === 'not-exercised').map(({ outcome }) => outcome)
  const none = open.length === 0 || open.length === outcomes.length
  return item(id, anchor, title, none ? verdict : `${verdict}; not exercised: ${open.join(', ')}`)
}

/** Modules of the system (not of its environment) without a scenario, and modules with coverage gaps nobody has justified. */
function moduleItems(modules: readonly ModuleView[], coverage: CoverageView): NotCoveredItem[] {
  const gaps = new Map(coverage.rows.filter(({ state, zone }) => state === 'gaps' && zone === 'inside').map((row) => [row.module, row]))
  const recorded = modules.some(({ scenarios }) => scenarios.length > 0)
  return modules.flatMap(({ path, anchor, zone, scenarios, functions }) => {
    const row = gaps.get(path)
    // A module all of whose functions ran before the first scenario is exercised, by being loaded.
    const idle = recorded && zone === 'inside' && functions.covered < functions.total && scenarios.length === 0
    const missing = [
      ...(idle ? ['no scenario ran a function of it'] : []),
      ...(row === undefined ? [] : [`functions ${row.functions.text}, lines ${row.lines.text}`]),
    ]
    return missing.length === 0 ? [] : [item(path, anchor, zone, missing.join('; '))]
  })
}
