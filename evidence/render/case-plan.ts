/**
 * The evidence pack of an assurance case as a sequence of chunks: which template prints which part of the case, in which order.
 */
import type { AssuranceCase, ScenarioView } from '../model/assurance-case.js'
import type { Chunk, DocumentPlan, Part } from './document-plan.js'
import { numberingOf } from './numbering.js'
import type { RenderOptions } from './render-options.js'

const front: readonly Part[] = [
  { id: 'cover', number: '', title: 'Overview', page: 'index' },
  { id: 'identification', number: '', title: 'Identification', page: 'identification' },
]

const numbered = [
  ['not-covered', 'What is not covered', 'index'],
  ['result', 'Result of the run', 'index'],
  ['requirements', 'Requirement by requirement', 'requirements'],
  ['derived', 'Derived requirements', 'derived'],
  ['claims', 'Claims', 'derived'],
  ['scenarios', 'Further scenarios', 'scenarios'],
  ['traceability', 'Traceability', 'traceability'],
  ['interfaces', 'Interface entries', 'interfaces'],
  ['modules', 'Modules', 'modules'],
  ['coverage', 'Structural coverage', 'modules'],
  ['problem', 'Security problem and objectives', 'profile'],
  ['assurance', 'Assurance components', 'profile'],
  ['deviations', 'Deviations', 'limits'],
  ['caveats', 'What this evidence does not show', 'limits'],
  ['provenance', 'Provenance of the catalogue', 'profile'],
  ['glossary', 'Glossary', 'limits'],
  ['manifest', 'Manifest of inputs', 'limits'],
] as const

type PartId = (typeof numbered)[number][0]

const parts: readonly Part[] = [
  ...front,
  ...numbered.map(([id, title, page], index): Part => ({ id, number: String(index + 1), title, page })),
]

/** Anchor and title of each part, in print order, for navigation. */
function partOf(id: PartId | 'cover' | 'identification'): Part {
  const part = parts.find((candidate) => candidate.id === id)
  if (part === undefined) throw new Error(`no part ${id}`)
  return part
}

export function casePlan(view: AssuranceCase, options: Pick<RenderOptions, 'inputs' | 'packDigest'>): DocumentPlan {
  const { title, subtitle, system, version, dirty } = view.cover
  return {
    title,
    subtitle,
    system: `${system} ${version}`,
    dirty,
    parts,
    numbering: numberingOf(view, printedScenarios(view)),
    chunks: () => caseChunks(view, options),
  }
}

function* caseChunks(view: AssuranceCase, options: Pick<RenderOptions, 'inputs' | 'packDigest'>): Generator<Chunk> {
  const { inputs, packDigest } = options
  const chunk = (id: PartId, template: string, context: object): Chunk => ({
    part: partOf(id),
    template,
    front: false,
    context: { part: partOf(id), ...context },
  })
  const state = view.summary.passed ? 'met' : 'not-met'
  yield { part: partOf('cover'), template: 'cover', front: true, context: { cover: view.cover, packDigest, state } }
  yield { part: partOf('identification'), template: 'identification', front: true, context: view.identification }
  yield chunk('not-covered', 'not-covered', { notCovered: view.notCovered })
  yield chunk('result', 'summary', { summary: view.summary })
  yield chunk('requirements', 'requirements', { requirements: view.requirements })
  for (const requirement of view.requirements) yield chunk('requirements', 'requirement', requirement)
  yield chunk('derived', 'derived', { derived: view.derived })
  yield chunk('claims', 'claims', { claims: view.claims })
  const further = furtherScenarios(view)
  yield chunk('scenarios', 'scenarios', { none: further.length === 0 })
  for (const scenario of further) yield chunk('scenarios', 'scenario', scenario)
  yield chunk('traceability', 'traceability-forward', { requirements: view.requirements })
  yield chunk('traceability', 'traceability-reverse', { scenarios: view.scenarios })
  for (const matrix of [view.requirementByInterface, view.requirementByModule]) yield chunk('traceability', 'matrix', { matrix })
  yield chunk('interfaces', 'interfaces', { interfaces: view.interfaces })
  yield chunk('modules', 'modules', { modules: view.modules })
  yield chunk('coverage', 'coverage', { coverage: view.coverage })
  const { objectives, threats, assumptions, policies, notInProfile } = view
  yield chunk('problem', 'problem', { objectives, threats, assumptions, policies, notInProfile })
  yield chunk('assurance', 'assurance', { assurance: view.assurance })
  yield chunk('deviations', 'deviations', { deviations: view.deviations })
  yield chunk('caveats', 'caveats', { caveats: view.caveats })
  yield chunk('provenance', 'provenance', { provenance: view.provenance })
  yield chunk('glossary', 'glossary', { glossary: view.glossary })
  yield chunk('manifest', 'manifest', { inputs, packDigest })
}

/** Scenarios in the order in which they are printed in full. */
function printedScenarios(view: AssuranceCase): readonly ScenarioView[] {
  return [...view.requirements.flatMap(({ elements }) => elements.flatMap(({ procedures }) => procedures)), ...furtherScenarios(view)]
}

/** Scenarios that no element prints in full: every scenario is printed exactly once. */
function furtherScenarios(view: AssuranceCase): readonly ScenarioView[] {
  const printed = new Set(
    view.requirements.flatMap(({ elements }) => elements.flatMap(({ procedures }) => procedures.map(({ anchor }) => anchor))),
  )
  return view.scenarios.filter(({ anchor }) => !printed.has(anchor))
}
