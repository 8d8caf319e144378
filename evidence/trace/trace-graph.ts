/**
 * The graph between requirements, scenarios, interface entries and modules, both ways, as indexes built once: O(nodes + links).
 * An element is reached directly by a tag, or through a derived requirement that refines it.
 */
import type { DerivedRequirement } from '../model/derived-requirement.js'
import type { ClaimId, DerivedId, ElementId, InterfaceId, ModulePath, ScenarioKey } from '../model/ids.js'
import type { ScenarioResult } from '../model/scenario-result.js'
import type { Profiles } from '../profiles/profiles.js'
import { particularModules } from './particular-modules.js'
import { linksOf, type KnownIds, type ScenarioLinks } from './scenario-links.js'

export interface TracedScenario {
  readonly result: ScenarioResult
  readonly links: ScenarioLinks
  /** Elements reached through derived requirements as well. */
  readonly elements: ReadonlySet<ElementId>
  readonly claims: ReadonlySet<ClaimId>
  readonly observedInterfaces: ReadonlySet<InterfaceId>
  /** Modules the scenario says something about, background left out. */
  readonly modules: readonly ModulePath[]
}

/** `via` null: by the scenario's own tag. */
export interface ScenarioUse {
  readonly scenario: TracedScenario
  readonly via: DerivedId | null
}

export interface TraceGraph {
  readonly scenarios: readonly TracedScenario[]
  readonly byKey: ReadonlyMap<ScenarioKey, TracedScenario>
  readonly byElement: ReadonlyMap<ElementId, readonly ScenarioUse[]>
  readonly byDerived: ReadonlyMap<DerivedId, readonly ScenarioUse[]>
  readonly byClaim: ReadonlyMap<ClaimId, readonly ScenarioUse[]>
  /** Declared by tag or observed. */
  readonly byInterface: ReadonlyMap<InterfaceId, readonly TracedScenario[]>
  /** Complete: background included. */
  readonly byModule: ReadonlyMap<ModulePath, readonly TracedScenario[]>
  /** How `modules` of a scenario were chosen. */
  readonly moduleRule: string
  readonly derivedOfElement: ReadonlyMap<ElementId, readonly DerivedRequirement[]>
}

/** @throws EvidenceError `malformed-tag`, `unknown-tag` */
export function buildGraph(profiles: Profiles, results: readonly ScenarioResult[], known: KnownIds): TraceGraph {
  const derivedById = new Map(profiles.requirements.map((requirement) => [requirement.id, requirement]))
  const graph = {
    byKey: new Map<ScenarioKey, TracedScenario>(),
    byElement: new Map<ElementId, ScenarioUse[]>(),
    byDerived: new Map<DerivedId, ScenarioUse[]>(),
    byClaim: new Map<ClaimId, ScenarioUse[]>(),
    byInterface: new Map<InterfaceId, TracedScenario[]>(),
    byModule: new Map<ModulePath, TracedScenario[]>(),
  }
  const particular = particularModules(results)
  const scenarios = results.map((result): TracedScenario => {
    const links = linksOf(result, known)
    const observedInterfaces = new Set((result.execution?.interfaces ?? []).map(({ entry }) => entry))
    const viaElement = firstDerived(links, derivedById, ({ parents }) => parents)
    const viaClaim = firstDerived(links, derivedById, ({ claims }) => claims)
    const elements = new Set([...links.elements, ...viaElement.keys()])
    const claims = new Set([...links.claims, ...viaClaim.keys()])
    const scenario: TracedScenario = { result, links, elements, claims, observedInterfaces, modules: particular.of(result.key) }
    graph.byKey.set(result.key, scenario)
    for (const id of elements) append(graph.byElement, id, { scenario, via: links.elements.has(id) ? null : (viaElement.get(id) ?? null) })
    for (const id of claims) append(graph.byClaim, id, { scenario, via: links.claims.has(id) ? null : (viaClaim.get(id) ?? null) })
    for (const id of links.derived) append(graph.byDerived, id, { scenario, via: null })
    for (const id of new Set([...links.interfaces, ...observedInterfaces])) append(graph.byInterface, id, scenario)
    for (const module of result.execution?.modules ?? []) append(graph.byModule, module, scenario)
    return scenario
  })
  const derivedOfElement = new Map<ElementId, DerivedRequirement[]>()
  for (const requirement of profiles.requirements) for (const parent of requirement.parents) append(derivedOfElement, parent, requirement)
  return { scenarios, ...graph, moduleRule: particular.rule, derivedOfElement }
}

/** What the scenario's derived requirements lead to, each with the first requirement that does. */
function firstDerived<Id>(
  { derived }: ScenarioLinks,
  byId: ReadonlyMap<DerivedId, DerivedRequirement>,
  targets: (requirement: DerivedRequirement) => readonly Id[],
): Map<Id, DerivedId> {
  const first = new Map<Id, DerivedId>()
  for (const id of derived) {
    const requirement = byId.get(id)
    if (requirement === undefined) continue
    for (const target of targets(requirement)) if (!first.has(target)) first.set(target, id)
  }
  return first
}

function append<Key, Value>(index: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = index.get(key)
  if (values === undefined) index.set(key, [value])
  else values.push(value)
}
