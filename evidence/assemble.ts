/**
 * Judges one run: profiles, results, interface description, coverage and run facts in, the assurance case out. Pure: it reads no
 * file and no clock; equal inputs give equal cases. O(requirements + scenarios + links).
 */
import type { CollectedRun } from './collect/fold/merge-streams.js'
import { judgeCoverage } from './coverage/coverage-gate.js'
import { caseSchema, type AssuranceCase } from './model/assurance-case.js'
import { EvidenceError } from './model/errors.js'
import type { Digest, ModulePath } from './model/ids.js'
import type { InterfaceEntry } from './model/interface-entry.js'
import type { ModuleCoverage } from './model/module-coverage.js'
import type { RunFacts } from './model/run-facts.js'
import { compareText } from './model/text-order.js'
import type { Profiles } from './profiles/profiles.js'
import { coverageView, notMeasured } from './trace/coverage-views.js'
import { gateViews } from './trace/gates.js'
import { glossary } from './trace/glossary.js'
import { coverView, identificationView, provenanceView } from './trace/identification.js'
import { interfaceViews, moduleViews } from './trace/interface-views.js'
import { requirementByInterface, requirementByModule } from './trace/matrices.js'
import { notCoveredView } from './trace/not-covered.js'
import { derivedView, requirementView } from './trace/requirement-views.js'
import { proceduresByElement, scenarioView } from './trace/scenario-views.js'
import { assuranceViews, claimView, deviationView, objectiveViews, statementViews } from './trace/statement-views.js'
import { summaryView } from './trace/summary.js'
import { traceContext, type TraceContext } from './trace/trace-context.js'
import { buildGraph } from './trace/trace-graph.js'

export interface CaseInputs {
  readonly profiles: Profiles
  readonly results: CollectedRun
  readonly run: RunFacts
  /** Null: the system under test gave no interface description. */
  readonly interfaces: readonly InterfaceEntry[] | null
  /** Null: not measured. */
  readonly coverage: readonly ModuleCoverage[] | null
  /** Modules of the source tree; null: the sources are not at hand, and what requirements say of modules cannot be checked. */
  readonly modules: readonly ModulePath[] | null
  /** Digest of each artefact file that is there. */
  readonly artefactDigests: ReadonlyMap<string, Digest>
  /** ISO 8601 day by which deviations are judged; null: not judged. */
  readonly asOf: string | null
}

/** @throws EvidenceError when an input refers to what does not exist, and `nothing-executed` for a run without a result. */
export function assembleCase(inputs: CaseInputs): AssuranceCase {
  const { profiles, results, run } = inputs
  refuseEmptyRun(results)
  const known = {
    ids: profiles.ids,
    interfaces: inputs.interfaces === null ? null : new Set<string>(inputs.interfaces.map(({ id }) => id)),
  }
  const graph = buildGraph(profiles, results.scenarios, known)
  const context = traceContext({
    profiles,
    graph,
    interfaces: inputs.interfaces,
    modules: allModules(inputs),
    allModulesKnown: inputs.modules !== null,
    artefactDigests: inputs.artefactDigests,
  })
  const { catalogue } = profiles

  const scenarios = graph.scenarios.map(scenarioView)
  const views = new Map(scenarios.map((view) => [view.key, view]))
  const elementIds = catalogue.components.flatMap(({ elements }) => elements.map(({ id }) => id))
  const procedures = proceduresByElement(elementIds, graph.scenarios, views)
  const derived = profiles.requirements.map((requirement) => derivedView(context, requirement))
  const derivedById = new Map(derived.map((view) => [view.id, view]))
  const requirements = catalogue.components.map((component) => requirementView(context, component, derivedById, procedures))
  const claims = profiles.claims.map((claim) => claimView(context, claim))
  const interfaces = interfaceViews(context)
  const modules = moduleViews(context, inputs.coverage ?? [])
  const { coverage, judged, gateScope } = judgeMeasured(inputs, context)
  const deviations = profiles.deviations.map((deviation) => deviationView(deviation, inputs.asOf))
  const assurance = assuranceViews(context)
  const notCovered = notCoveredView({ requirements, derived, claims, interfaces, modules, coverage, scenarios })
  const confirmed = catalogue.components.filter(({ status }) => status === 'verified').flatMap(({ elements }) => elements).length
  const gates = gateViews({
    scenarios,
    runFailures: results.runFailures,
    interfaces,
    interfacesDescribed: inputs.interfaces !== null,
    requirements,
    deviations,
    coverage: judged,
    gateScope,
  })
  const summary = summaryView({ requirements, derived, scenarios, interfaces, assurance, notCovered, gates, confirmed })
  return {
    schema: caseSchema,
    cover: coverView(profiles, run, summary.passed, summary.elements),
    identification: identificationView(context, run),
    summary,
    notCovered,
    requirements,
    derived,
    claims,
    assurance,
    objectives: objectiveViews(context),
    threats: statementViews('threat', catalogue.threats),
    assumptions: statementViews('assumption', catalogue.assumptions),
    policies: statementViews('policy', catalogue.policies),
    notInProfile: statementViews(
      'absent',
      catalogue.notInProfile.map(({ id, note, status, evidence }) => ({
        id,
        paraphrase: note,
        status,
        confidence: evidence.length === 0 ? 'no source' : evidence.join(', '),
      })),
    ),
    scenarios,
    interfaces,
    modules,
    requirementByInterface: requirementByInterface(graph, requirements, derived, interfaces),
    requirementByModule: requirementByModule(graph, requirements, derived, modules),
    coverage,
    deviations,
    caveats: profiles.caveats.map(({ title, text }) => ({ name: title, text })),
    provenance: provenanceView(profiles),
    glossary,
  }
}

/** An empty run must not become a pack that shows no failure. */
function refuseEmptyRun({ scenarios, runFailures }: CollectedRun): void {
  if (scenarios.some(({ verdict }) => verdict !== 'not-run')) return
  const why = runFailures.length === 0 ? '' : ` (${runFailures.join('; ')})`
  throw new EvidenceError(
    'nothing-executed',
    { file: 'results' },
    `none of ${scenarios.length} scenarios was executed${why}`,
    'run the scenarios first',
  )
}

/** Modules on disk, in the coverage report, and seen running. */
function allModules({ modules, coverage, results }: CaseInputs): ModulePath[] {
  const measured = (coverage ?? []).map(({ module }) => module)
  const ran = results.scenarios.flatMap(({ execution }) => execution?.modules ?? [])
  return [...new Set([...(modules ?? []), ...measured, ...ran])].sort(compareText)
}

/** Gates apply to the modules inside the boundary; where the target draws none, to all. */
function judgeMeasured({ coverage, profiles }: CaseInputs, context: TraceContext) {
  if (coverage === null) return { coverage: notMeasured(), judged: null, gateScope: 'none' }
  const inside = coverage.filter(({ module }) => context.zoneOf(module) === 'inside')
  const gateScope = inside.length === 0 ? 'all modules' : 'modules inside the boundary'
  const gated = inside.length === 0 ? coverage : inside
  const all = judgeCoverage(coverage, profiles.justifications)
  const judged = { ...judgeCoverage(gated, profiles.justifications), stale: all.stale }
  return { coverage: coverageView(all, context.zoneOf, gateScope), judged, gateScope }
}
