/** Claims, assurance components, objectives, threats, assumptions, policies, deviations: statements around the requirements. */
import type { AssuranceView, ClaimView, DeviationView, ObjectiveView, StatementView } from '../model/assurance-case.js'
import type { Claim } from '../model/claim.js'
import type { Deviation } from '../model/deviation.js'
import type { Statement } from '../model/catalogue.js'
import { anchorOf, linkTo, type AnchorKind } from './anchor.js'
import { judgeTest, methodStateText } from './method-verdict.js'
import { scenarioLink } from './requirement-views.js'
import type { TraceContext } from './trace-context.js'

export function claimView({ graph, profiles }: TraceContext, { id, claim, shown }: Claim): ClaimView {
  const uses = graph.byClaim.get(id) ?? []
  const results = uses.map(({ scenario }) => scenario.result)
  const { state, detail } = judgeTest({
    verdicts: results.map(({ verdict }) => verdict),
    comparingNothing: results.filter(({ verdict, comparesNothing }) => verdict === 'passed' && comparesNothing).length,
    gaps: [],
  })
  return {
    id,
    anchor: anchorOf('claim', id),
    text: claim,
    shown,
    state,
    verdict: state === 'none' ? 'not shown: no scenario' : `scenarios: ${methodStateText[state]} (${detail})`,
    scenarios: uses.map(scenarioLink),
    derived: profiles.requirements.filter(({ claims }) => claims.includes(id)).map((requirement) => linkTo('requirement', requirement.id)),
  }
}

export function assuranceViews({ profiles }: TraceContext): AssuranceView[] {
  const offered = new Map(profiles.assuranceArtefacts.map((artefact) => [artefact.assurance, artefact]))
  return profiles.catalogue.assurance.map((component) => {
    const artefact = offered.get(component.id)
    return {
      id: component.id,
      anchor: anchorOf('assurance', component.id),
      title: component.title,
      paraphrase: component.paraphrase,
      methods: component.verification,
      artefact: artefact?.artefact ?? 'not provided',
      missing: artefact?.missing ?? 'everything',
      state: artefact?.state ?? 'not-provided',
      status: component.status,
      confidence: component.inclusionConfidence,
      titleStatus: component.titleStatus,
      sources: component.classEvidence,
      note: component.note ?? 'none',
    }
  })
}

export function objectiveViews({ profiles }: TraceContext): ObjectiveView[] {
  return profiles.catalogue.objectives.map(({ id, paraphrase, status, confidence, mappingStatus, sfrs, sars }) => ({
    id,
    anchor: anchorOf('objective', id),
    paraphrase,
    status,
    confidence,
    mappingStatus,
    requirements: sfrs.map((component) => linkTo('component', component)),
    assurance: sars.map((component) => linkTo('assurance', component)),
  }))
}

export function statementViews(kind: AnchorKind, statements: readonly Statement[]): StatementView[] {
  return statements.map(({ id, paraphrase, status, confidence }) => ({
    id,
    anchor: anchorOf(kind, id),
    text: paraphrase,
    status,
    confidence,
  }))
}

/** `asOf`: ISO 8601 day to judge by; null: expiry is not judged. */
export function deviationView(deviation: Deviation, asOf: string | null): DeviationView {
  const { id, concerns, text, reason, author, reviewer, date, expires } = deviation
  return {
    id,
    anchor: anchorOf('deviation', id),
    concerns: concerns.map((concern) => linkTo(concern.includes('~') ? 'requirement' : 'element', concern)),
    text,
    reason,
    author,
    reviewer,
    date,
    expires,
    state: asOf === null ? 'not-judged' : expires < asOf ? 'expired' : 'current',
  }
}
