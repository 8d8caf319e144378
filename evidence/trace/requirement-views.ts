/** Catalogue components, elements and derived requirements as a reader sees them, judged from the graph. */
import type { Component, Element } from '../model/catalogue.js'
import type { DerivedRequirement } from '../model/derived-requirement.js'
import type { MethodArtefact } from '../model/deviation.js'
import type { ElementId, InterfaceId, ModulePath } from '../model/ids.js'
import type { DerivedView, ElementView, MethodView, RequirementView } from '../model/requirement-view.js'
import type { ScenarioView } from '../model/scenario-view.js'
import { compareText } from '../model/text-order.js'
import { methods, verdictText, type Method } from '../model/verdict.js'
import type { Link, ScenarioLink } from '../model/view-parts.js'
import { linkTo, anchorOf } from './anchor.js'
import { isClosed, judgeArtefacts, judgeTest, methodStateText, methodView, type Judgement } from './method-verdict.js'
import type { TraceContext } from './trace-context.js'
import type { ScenarioUse } from './trace-graph.js'

export function derivedView(context: TraceContext, requirement: DerivedRequirement): DerivedView {
  const uses = context.graph.byDerived.get(requirement.id) ?? []
  const verdicts = judgeMethods(context, requirement.id, requirement.methods, testOf(uses, []), uses.length > 0)
  return {
    id: requirement.id,
    anchor: anchorOf('requirement', requirement.id),
    text: requirement.text,
    rationale: requirement.rationale,
    parents: requirement.parents.map((id) => linkTo('element', id)),
    claims: requirement.claims.map((id) => linkTo('claim', id)),
    verdicts,
    verdict: verdicts.map(({ text }) => text).join('; '),
    state: testState(verdicts),
    mark: markOf(verdicts),
    scenarios: uses.map((use) => scenarioLink(use)),
    interfaces: union(requirement.interfaces, interfacesOf(uses)).map((id) => linkTo('interface', id)),
    allocated: (context.allocatedModules.get(requirement.id) ?? []).map((path) => linkTo('module', path)),
    exercised: modulesOf(uses).map((path) => linkTo('module', path)),
    deviations: deviationsOf(context, requirement.id),
  }
}

export function requirementView(
  context: TraceContext,
  component: Component,
  derived: ReadonlyMap<string, DerivedView>,
  procedures: ReadonlyMap<ElementId, readonly ScenarioView[]>,
): RequirementView {
  const carryOver = context.profiles.carryOver.find((entry) => entry.component === component.id)
  const { ccVersion } = context.profiles.catalogue.profile
  return {
    id: component.id,
    anchor: anchorOf('component', component.id),
    title: component.title,
    class: component.class,
    kind: component.extended ? `extended component (profile on Common Criteria ${ccVersion})` : `Common Criteria ${ccVersion} component`,
    methods: component.verification,
    status: component.status,
    confidence: component.inclusionConfidence,
    classStatus: component.classStatus,
    classSources: component.classEvidence,
    capabilitySources: component.capabilityEvidence,
    base: component.cc23Base ?? 'none',
    baseStatus: component.cc23BaseTextStatus ?? 'none',
    numbering: component.elementNumbering,
    modernEquivalent: component.modernEquivalent ?? 'none',
    note: component.note ?? 'none',
    carriesOver: carryOver?.carriesOver ?? 'not stated',
    doesNotCarryOver: carryOver?.doesNotCarryOver ?? 'not stated',
    objectives: context.profiles.catalogue.objectives
      .filter(({ sfrs }) => sfrs.includes(component.id))
      .map(({ id }) => linkTo('objective', id)),
    elements: component.elements.map((element) => elementView(context, component, element, derived, procedures.get(element.id) ?? [])),
  }
}

function elementView(
  context: TraceContext,
  component: Component,
  element: Element,
  derived: ReadonlyMap<string, DerivedView>,
  procedures: readonly ScenarioView[],
): ElementView {
  const uses = context.graph.byElement.get(element.id) ?? []
  const refining = context.graph.derivedOfElement.get(element.id) ?? []
  const gaps = refining.flatMap((requirement) => gapOf(requirement, derived.get(requirement.id)))
  const verdicts = judgeMethods(context, element.id, component.verification, testOf(uses, gaps), uses.length > 0)
  const closed = isClosed(verdicts)
  const printed = new Set(procedures.map(({ key }) => key))
  return {
    id: element.id,
    anchor: anchorOf('element', element.id),
    paraphrase: element.paraphrase,
    status: component.status,
    assignment: context.profiles.securityTarget.assignments.find((assignment) => assignment.element === element.id)?.text ?? 'none',
    verdicts,
    verdict: verdicts.map(({ text }) => text).join('; '),
    state: testState(verdicts),
    mark: markOf(verdicts),
    closed,
    closure: closed ? 'closed: every method the catalogue names has a current artefact' : `open: ${openMethods(verdicts)}`,
    derived: refining.map(({ id }) => linkTo('requirement', id)),
    scenarios: uses.map(scenarioLink),
    procedures,
    seeAlso: uses.filter(({ scenario }) => !printed.has(scenario.result.key)).map(scenarioLink),
    interfaces: union(
      refining.flatMap(({ interfaces }) => interfaces),
      interfacesOf(uses),
    ).map((id) => linkTo('interface', id)),
    modules: modulesOf(uses).map((path) => linkTo('module', path)),
    deviations: deviationsOf(context, element.id),
  }
}

/** Methods in the order test, analysis, inspection; test also where it is not named and scenarios exist. */
function judgeMethods(context: TraceContext, id: string, named: readonly Method[], test: Judgement, hasScenarios: boolean): MethodView[] {
  const artefacts = context.artefactsOf.get(id) ?? []
  const of = (method: Method): MethodArtefact[] => artefacts.filter((artefact) => artefact.method === method)
  return methods
    .filter((method) => named.includes(method) || (method === 'test' ? hasScenarios : of(method).length > 0))
    .map((method) =>
      methodView(method, named.includes(method), method === 'test' ? test : judgeArtefacts(of(method), context.artefactDigests)),
    )
}

function testOf(uses: readonly ScenarioUse[], gaps: readonly string[]): Judgement {
  const results = uses.map(({ scenario }) => scenario.result)
  const comparingNothing = results.filter(({ verdict, comparesNothing }) => verdict === 'passed' && comparesNothing).length
  return judgeTest({ verdicts: results.map(({ verdict }) => verdict), comparingNothing, gaps })
}

/** A refining requirement that names test and has not passed leaves the element only partly tested. */
function gapOf({ id, methods: named }: DerivedRequirement, view: DerivedView | undefined): string[] {
  const test = view?.verdicts.find(({ method }) => method === 'test')
  if (!named.includes('test') || test?.state === 'passed') return []
  return [`derived requirement ${id}: ${test === undefined || test.state === 'none' ? 'no scenario' : methodStateText[test.state]}`]
}

function testState(verdicts: readonly MethodView[]): MethodView['state'] {
  return verdicts.find(({ method }) => method === 'test')?.state ?? 'none'
}

/** A check mark beside `test: passed; analysis: none` would be read as done. */
function markOf(verdicts: readonly MethodView[]): MethodView['state'] {
  const state = testState(verdicts)
  return state === 'passed' && !isClosed(verdicts) ? 'partial' : state
}

function openMethods(verdicts: readonly MethodView[]): string {
  return verdicts
    .filter(({ state, required }) => required && state !== 'passed')
    .map(({ text }) => text)
    .join('; ')
}

export function scenarioLink({ scenario, via }: ScenarioUse): ScenarioLink {
  const { key, verdict } = scenario.result
  return {
    text: scenarioTitle(scenario.result),
    anchor: anchorOf('scenario', key),
    state: verdict,
    verdict: verdictText[verdict],
    via: via ?? 'direct',
  }
}

export function scenarioTitle({ name, example }: { readonly name: string; readonly example: readonly string[] }): string {
  const title = name === '' ? '(no name)' : name
  return example.length === 0 ? title : `${title} (${example.join(', ')})`
}

export function interfacesOf(uses: readonly ScenarioUse[]): InterfaceId[] {
  return [...new Set(uses.flatMap(({ scenario }) => [...scenario.links.interfaces, ...scenario.observedInterfaces]))].sort(compareText)
}

export function modulesOf(uses: readonly ScenarioUse[]): ModulePath[] {
  return [...new Set(uses.flatMap(({ scenario }) => scenario.modules))].sort(compareText)
}

function union<Id extends string>(a: readonly Id[], b: readonly Id[]): Id[] {
  return [...new Set([...a, ...b])].sort(compareText)
}

function deviationsOf(context: TraceContext, id: string): Link[] {
  return context.profiles.deviations.filter(({ concerns }) => concerns.includes(id)).map((deviation) => linkTo('deviation', deviation.id))
}
