/** The two matrices of the pack: requirements by interface entry, requirements by module. Rows: elements, then derived requirements. */
import type { InterfaceView, ModuleView } from '../model/interface-view.js'
import type { MatrixView } from '../model/matrix-view.js'
import type { DerivedView, ElementView, RequirementView } from '../model/requirement-view.js'
import type { ScenarioVerdict } from '../model/verdict.js'
import type { DerivedId, ElementId } from '../model/ids.js'
import { anchorOf } from './anchor.js'
import { buildMatrix, type MatrixHead, type MatrixSource } from './matrix.js'
import type { ScenarioUse, TracedScenario, TraceGraph } from './trace-graph.js'

type Target = (scenario: TracedScenario) => Iterable<string>

export function requirementByInterface(
  graph: TraceGraph,
  requirements: readonly RequirementView[],
  derived: readonly DerivedView[],
  interfaces: readonly InterfaceView[],
): MatrixView {
  const head: MatrixHead = {
    anchor: anchorOf('matrix', 'requirement-by-interface'),
    title: 'Requirements by interface entry',
    caption: 'Which interface entry is exercised for which requirement',
    rowHeading: 'Requirement',
    columnHeading: 'Interface entry',
    note: 'An entry is linked by a tag of the scenario or because the scenario was observed to use it.',
  }
  const columns = interfaces.map(({ id, anchor }) => ({ text: id, anchor }))
  const target: Target = ({ links, observedInterfaces }) => new Set([...links.interfaces, ...observedInterfaces])
  return buildMatrix(head, columns, [
    ...elementsOf(requirements).map((element) => elementSource(graph, element, target, [])),
    ...derived.map((view) => derivedSource(graph, view, target, view.interfaces)),
  ])
}

export function requirementByModule(
  graph: TraceGraph,
  requirements: readonly RequirementView[],
  derived: readonly DerivedView[],
  modules: readonly ModuleView[],
): MatrixView {
  const head: MatrixHead = {
    anchor: anchorOf('matrix', 'requirement-by-module'),
    title: 'Requirements by module',
    caption: 'Which module ran functions for which requirement',
    rowHeading: 'Requirement',
    columnHeading: 'Module',
    note: `${graph.moduleRule} Modules of the environment and modules without a link have no column.`,
  }
  const columns = modules
    .filter(({ zone, scenarios, allocated }) => zone !== 'environment' && scenarios.length + allocated.length > 0)
    .map(({ path, anchor }) => ({ text: path, anchor }))
  const target: Target = ({ modules: particular }) => particular
  return buildMatrix(head, columns, [
    ...elementsOf(requirements).map((element) => elementSource(graph, element, target, [])),
    ...derived.map((view) => derivedSource(graph, view, target, view.allocated)),
  ])
}

function elementsOf(requirements: readonly RequirementView[]): ElementView[] {
  return requirements.flatMap(({ elements }) => elements)
}

function elementSource(graph: TraceGraph, view: ElementView, target: Target, declared: readonly string[]): MatrixSource {
  const uses = graph.byElement.get(view.id as ElementId) ?? []
  return { ...common(view, view.paraphrase), verdicts: verdictsBy(uses, target), declared }
}

function derivedSource(graph: TraceGraph, view: DerivedView, target: Target, declared: readonly { readonly text: string }[]): MatrixSource {
  const uses = graph.byDerived.get(view.id as DerivedId) ?? []
  return { ...common(view, view.text), verdicts: verdictsBy(uses, target), declared: declared.map(({ text }) => text) }
}

function common({ id, anchor, mark, verdict }: ElementView | DerivedView, title: string): Omit<MatrixSource, 'verdicts' | 'declared'> {
  return { text: id, anchor, title, state: mark, verdict }
}

function verdictsBy(uses: readonly ScenarioUse[], target: Target): Map<string, ScenarioVerdict[]> {
  const verdicts = new Map<string, ScenarioVerdict[]>()
  for (const { scenario } of uses)
    for (const id of target(scenario)) {
      const known = verdicts.get(id)
      if (known === undefined) verdicts.set(id, [scenario.result.verdict])
      else known.push(scenario.result.verdict)
    }
  return verdicts
}
