/** The conditions under which the run's answer is yes. Each is met or not; what is not covered is reported, and is no gate. */
import type { DeviationView } from '../model/assurance-case.js'
import type { JudgedCoverage } from '../coverage/coverage-gate.js'
import { lineGatePercent } from '../coverage/coverage-gate.js'
import type { InterfaceView } from '../model/interface-view.js'
import type { RequirementView } from '../model/requirement-view.js'
import type { ScenarioView } from '../model/scenario-view.js'
import type { GateView } from '../model/view-parts.js'
import { count } from './method-verdict.js'
import { ratio } from './ratio.js'

export interface GateInputs {
  readonly scenarios: readonly ScenarioView[]
  readonly runFailures: readonly string[]
  readonly interfaces: readonly InterfaceView[]
  readonly interfacesDescribed: boolean
  readonly requirements: readonly RequirementView[]
  readonly deviations: readonly DeviationView[]
  /** Null: not measured. */
  readonly coverage: JudgedCoverage | null
  readonly gateScope: string
}

export function gateViews(inputs: GateInputs): GateView[] {
  const passed = inputs.scenarios.filter(({ state }) => state === 'passed').length
  return [
    gate(
      'Scenarios',
      'every scenario passed',
      ratio(passed, inputs.scenarios.length).text,
      passed === inputs.scenarios.length && passed > 0,
    ),
    gate(
      'Run',
      'no failure outside a scenario',
      inputs.runFailures.length === 0 ? 'none' : inputs.runFailures.join('; '),
      inputs.runFailures.length === 0,
    ),
    ...(inputs.interfacesDescribed ? [interfaceGate(inputs.interfaces)] : []),
    ...(inputs.coverage === null ? [] : coverageGates(inputs.coverage, inputs.gateScope)),
    artefactGate(inputs.requirements),
    deviationGate(inputs.deviations),
  ]
}

function interfaceGate(interfaces: readonly InterfaceView[]): GateView {
  const wrong = interfaces.filter(({ unlisted, state }) => unlisted.length > 0 || state === 'unlisted-entry')
  const measured = wrong.map(({ id, unlisted }) => `${id} ${unlisted.map(({ outcome }) => outcome).join(' ')}`.trim()).join('; ')
  return gate(
    'Interface description',
    'every outcome seen is listed',
    wrong.length === 0 ? 'no unlisted outcome' : `not listed: ${measured}`,
    wrong.length === 0,
  )
}

function coverageGates({ functions, lines, stale, modules }: JudgedCoverage, scope: string): GateView[] {
  const openFunctions = functions.total - functions.justified
  const openLines = lines.total - lines.justified
  const apart = (justified: number): string => (justified === 0 ? '' : `, ${justified} justified apart`)
  const share = ratio(lines.covered, openLines)
  return [
    gate(
      'Function coverage',
      `every function, ${scope}`,
      `${ratio(functions.covered, openFunctions).text}${apart(functions.justified)}${openFunctionNames(modules)}`,
      functions.met,
    ),
    gate(
      'Line coverage',
      `at least ${lineGatePercent} % of lines, ${scope}`,
      `${share.text} (${share.percent})${apart(lines.justified)}`,
      lines.met,
    ),
    gate(
      'Justifications',
      'every justification is still needed',
      stale.length === 0 ? 'none stale' : `no longer needed: ${stale.map(({ id }) => id).join(', ')}`,
      stale.length === 0,
    ),
  ]
}

/** The report lists all of them by module. */
const shownFunctions = 10

function openFunctionNames(modules: JudgedCoverage['modules']): string {
  const names = modules.flatMap(({ coverage, openFunctions }) =>
    openFunctions.map(({ name, line }) => `${coverage.module}:${line} ${name}`),
  )
  if (names.length === 0) return ''
  const more = names.length > shownFunctions ? ` and ${names.length - shownFunctions} more` : ''
  return `; not covered: ${names.slice(0, shownFunctions).join(', ')}${more}`
}

function artefactGate(requirements: readonly RequirementView[]): GateView {
  const stale = requirements
    .flatMap(({ elements }) => elements)
    .filter(({ verdicts }) => verdicts.some(({ state, method }) => method !== 'test' && (state === 'stale' || state === 'failed')))
  const measured = stale.length === 0 ? 'none stale or failed' : `stale or failed at ${stale.map(({ id }) => id).join(', ')}`
  return gate('Artefacts', 'every artefact of analysis and inspection is current and passed', measured, stale.length === 0)
}

function deviationGate(deviations: readonly DeviationView[]): GateView {
  const expired = deviations.filter(({ state }) => state === 'expired')
  const judged = deviations.every(({ state }) => state !== 'not-judged')
  const measured =
    expired.length > 0
      ? `expired: ${expired.map(({ id }) => id).join(', ')}`
      : judged
        ? count(deviations.length, 'deviation')
        : 'expiry not judged: no day given'
  return gate('Deviations', 'no deviation has expired', measured, expired.length === 0)
}

function gate(name: string, required: string, measured: string, met: boolean): GateView {
  return { name, required, measured, met, state: met ? 'met' : 'not-met', verdict: met ? 'met' : 'not met' }
}
