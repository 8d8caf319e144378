/** Our assurance case as a dossier: catalogue elements and derived requirements are its requirements, scenarios its tests. */
import type { AssuranceCase, DerivedView, ElementView, NotCoveredItem, ScenarioView, StepView } from '../model/assurance-case.js'
import { scenarioVerdicts, verdictText } from '../model/verdict.js'
import type { DossierSource } from './dossier.js'
import {
  notStated,
  type Dossier,
  type DossierAnomaly,
  type DossierMethod,
  type DossierRequirement,
  type DossierStep,
  type DossierTest,
  type VerdictCount,
} from './dossier.js'
import { testPhases } from './test-phases.js'

export function caseDossier(view: AssuranceCase, inputs: readonly { readonly file: string; readonly sha256: string }[]): Dossier {
  const { cover, identification, summary } = view
  const elements = view.requirements.flatMap((component) => component.elements)
  return {
    system: `${cover.system} ${cover.version}`,
    dirty: cover.dirty,
    passed: summary.passed,
    answer: cover.answer,
    headlines: cover.headlines,
    identification: [
      { name: 'Security target', text: identification.securityTarget },
      ...identification.system,
      { name: 'Profile', text: cover.profile },
      { name: 'Relation to the profile', text: cover.conformance },
      { name: 'Commit', text: `${cover.commit}, ${cover.treeState}` },
      ...identification.tools,
      ...identification.run,
    ],
    sources: inputs.map(({ file, sha256 }): DossierSource => ({ role: roleOf(file), format: formatOf(file), files: file, digest: sha256 })),
    platform: [
      { name: identification.platform.title, text: identification.platform.description },
      ...identification.platform.parts.map((text, index) => ({ name: `Part ${index + 1}`, text })),
      ...identification.configurations.map(({ name, file, digest }) => ({
        name: `Configuration ${name}`,
        text: `${file}, SHA-256 ${digest}`,
      })),
    ],
    commands: identification.commands,
    referenceRule: 'A scenario verifies what the tags of its feature, rule or itself name; comparisons hold the observed values.',
    gates: summary.gates,
    verdicts: verdictCounts(view, elements),
    *requirements() {
      for (const { title, elements: own } of view.requirements) for (const element of own) yield elementOf(element, title)
      for (const derived of view.derived) yield derivedOf(derived)
    },
    *tests() {
      for (const scenario of view.scenarios) yield testOf(scenario)
    },
    interfaces: view.interfaces.length === 0 ? null : view.interfaces.map((entry) => ({ ...entry, tests: entry.scenarios })),
    modules: view.modules.map(({ path, anchor, functions, lines, zone, requirements, scenarios }) => ({
      path,
      anchor,
      measured: `${zone}; functions ${functions.text}; lines ${lines.text}`,
      requirements,
      tests: scenarios,
    })),
    coverage:
      view.coverage.rows.length === 0
        ? null
        : {
            metric: view.coverage.metric,
            totals: [
              { name: 'functions', text: view.coverage.functions.text },
              { name: 'lines', text: view.coverage.lines.text },
            ],
            rows: view.coverage.rows.map(({ module, functions, lines, uncoveredFunctions, uncoveredLines }) => {
              const gaps = [...uncoveredFunctions, ...(uncoveredLines.length === 0 ? [] : [`lines ${uncoveredLines.join(', ')}`])]
              return { path: module, functions: functions.text, lines: lines.text, gaps: gaps.length === 0 ? 'none' : gaps.join('; ') }
            }),
          },
    components: view.assurance.map(({ id, title, artefact, missing, state }) => ({
      id,
      title,
      provider: id.startsWith('ATE_IND') || id.startsWith('AVA') ? 'evaluator' : 'developer',
      artefact,
      missing,
      state,
    })),
    methods: [...elements, ...view.derived].flatMap(methodsOf),
    justifications: [
      ...view.deviations.map(({ id, concerns, reason, author, reviewer, date, expires, state }) => ({
        concerns: concerns.length === 0 ? id : concerns.map(({ text }) => text).join(', '),
        reason,
        author,
        reviewer,
        date,
        expires,
        state,
      })),
      ...view.coverage.justified.map(({ module, part, reason, author, date }) => ({
        concerns: `${module}: ${part}`,
        reason,
        author,
        reviewer: notStated,
        date,
        expires: notStated,
        state: 'justified',
      })),
    ],
    anomalies: anomaliesOf(view),
    limits: view.caveats,
    testAnchors: view.scenarios.map(({ anchor }) => anchor),
  }
}

function elementOf(
  { id, anchor, paraphrase, status, verdicts, verdict, mark, scenarios, derived }: ElementView,
  title: string,
): DossierRequirement {
  const open = verdicts.filter(({ required, state }) => required && state !== 'passed').map(({ text }) => text)
  return {
    id,
    anchor,
    text: `${title}. ${paraphrase}`,
    source: `catalogue element, text ${status}`,
    state: mark,
    verdict,
    missing: open.length === 0 ? 'none' : open.join('; '),
    tests: scenarios,
    above: [],
    below: derived,
  }
}

function derivedOf({ id, anchor, text, parents, verdict, mark, verdicts, scenarios }: DerivedView): DossierRequirement {
  const open = verdicts.filter(({ required, state }) => required && state !== 'passed').map((method) => method.text)
  return {
    id,
    anchor,
    text,
    source: 'derived requirement of the security target',
    state: mark,
    verdict,
    missing: open.length === 0 ? 'none' : open.join('; '),
    tests: scenarios,
    above: parents,
    below: [],
  }
}

function methodsOf({ id, anchor, verdicts }: Pick<ElementView, 'id' | 'anchor' | 'verdicts'>): readonly DossierMethod[] {
  return verdicts
    .filter(({ method, required, state }) => method !== 'test' && (required || state !== 'none'))
    .map(({ method, state, detail }) => ({ requirement: { text: id, anchor }, method, state, verdict: state, shown: [detail] }))
}

function testOf(scenario: ScenarioView): DossierTest {
  const phases = testPhases(scenario.steps, ({ keyword }) => keyword)
  const steps = (list: readonly StepView[]): readonly DossierStep[] => list.map(stepOf)
  return {
    anchor: scenario.anchor,
    title: scenario.title,
    suite: scenario.feature,
    place: scenario.uri,
    state: scenario.state,
    verdict: scenario.verdict,
    attempts: scenario.attempts,
    goal: scenario.requirements,
    dangling: 'none',
    interfaces: scenario.interfacesObserved.map(({ text, anchor, outcome }) => ({ text: `${text} ${outcome}`, anchor })),
    modules: scenario.modules,
    initial: steps(phases.initial),
    stimuli: steps(phases.stimuli),
    expected: steps(phases.expected),
    procedure: steps(phases.procedure),
    observed: scenario.comparisons,
    dependencies: notStated,
    configuration: `${scenario.system}, ${scenario.configurationDigest}`,
    sourceDigest: scenario.featureDigest,
  }
}

function stepOf({ keyword, text, docString, state, verdict, message }: StepView): DossierStep {
  return {
    text: `${keyword} ${text}`.trim() || 'unnamed step',
    listing: docString,
    state: state.toLowerCase(),
    verdict,
    message,
  }
}

function verdictCounts(view: AssuranceCase, elements: readonly ElementView[]): readonly VerdictCount[] {
  const marks = ['failed', 'none', 'not-run', 'stale', 'partial', 'passed'] as const
  return [
    ...marks.map((state) => ({
      of: 'catalogue elements',
      verdict: state === 'none' ? 'no test and no artefact' : state,
      state,
      count: elements.filter(({ mark }) => mark === state).length,
      total: elements.length,
    })),
    ...scenarioVerdicts.map((state) => ({
      of: 'scenarios',
      verdict: verdictText[state],
      state,
      count: view.scenarios.filter((scenario) => scenario.state === state).length,
      total: view.scenarios.length,
    })),
  ].filter(({ count }) => count > 0)
}

function anomaliesOf({ notCovered, scenarios }: AssuranceCase): readonly DossierAnomaly[] {
  const item =
    (kind: string, state: string) =>
    ({ text, title, missing }: NotCoveredItem): DossierAnomaly => ({ kind, state, id: text, text: missing, place: title })
  return [
    ...scenarios
      .filter(({ state }) => state !== 'passed')
      .map(({ title, uri, state, verdict }) => ({ kind: 'scenario', state, id: title, text: verdict, place: uri })),
    ...notCovered.elements.map(item('element', 'open')),
    ...notCovered.derived.map(item('derived requirement', 'open')),
    ...notCovered.interfaces.map(item('interface', 'not-exercised')),
    ...notCovered.orphans.map(item('scenario without a requirement', 'orphaned')),
  ]
}

function roleOf(file: string): string {
  if (file.startsWith('inputs/')) return 'result of the run'
  return file.endsWith('.feature') ? 'test' : 'profile'
}

function formatOf(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1)
}
