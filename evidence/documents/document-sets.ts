/**
 * Sets of documents, by name: which parts a reader of that standard looks for, in the order of that reader. A part that has nothing to
 * print says that it is not provided. Common Criteria Part 3, families ATE, ADV_FSP and AVA; DO-178C, "Software Life Cycle Data".
 */
import type { Dossier, DossierComponent } from './dossier.js'

export const documentSets = ['cc-ate', 'do-178c'] as const
export type DocumentSet = (typeof documentSets)[number]

export type PartKind =
  | 'test-plan'
  | 'test-cases'
  | 'test-results'
  | 'requirement-tests'
  | 'requirement-links'
  | 'interface-tests'
  | 'module-tests'
  | 'structural-coverage'
  | 'interface-document'
  | 'evaluator-hand-over'
  | 'register'
  | 'platform-evidence'
  | 'components'

export interface SetPart {
  readonly id: string
  readonly kind: PartKind
  readonly title: string
  readonly lead: readonly string[]
}

export interface SetDescription {
  readonly title: string
  readonly subtitle: string
  readonly name: string
  readonly purpose: string
  readonly parts: readonly SetPart[]
  /** Heading of the first column of the table of components. */
  readonly heading: string
  components(dossier: Dossier): readonly DossierComponent[]
}

const part = (id: string, kind: PartKind, title: string, ...lead: readonly string[]): SetPart => ({ id, kind, title, lead })

const commonCriteria: SetDescription = {
  title: 'Test evidence',
  subtitle: 'Prepared for an evaluation under the Common Criteria',
  name: 'cc-ate: Common Criteria, class ATE with ADV_FSP and AVA registers',
  purpose: 'It prepares evidence for an evaluation. It is not the result of one.',
  heading: 'Component',
  components: ({ components }) => components,
  parts: [
    part('assurance-components', 'components', 'Assurance components', 'What is provided of each, by whom, and what is missing.'),
    part('ate-fun-plan', 'test-plan', 'Test plan (ATE_FUN)'),
    part(
      'ate-fun-tests',
      'test-cases',
      'Test procedures and results (ATE_FUN)',
      'Each test with its goal, initial state, stimuli, expected and observed results.',
    ),
    part(
      'ate-cov-requirements',
      'requirement-tests',
      'Requirements against tests (ATE_COV)',
      'Every requirement; what has no test says so.',
    ),
    part('ate-cov-tests', 'test-results', 'Tests against requirements (ATE_COV)', 'Every test; what verifies nothing says so.'),
    part('ate-cov-interfaces', 'interface-tests', 'Interfaces against tests (ATE_COV)'),
    part('ate-dpt-modules', 'module-tests', 'Modules against tests (ATE_DPT)'),
    part('ate-dpt-coverage', 'structural-coverage', 'Structural coverage (ATE_DPT)'),
    part('ate-ind', 'evaluator-hand-over', 'Hand-over to the evaluator (ATE_IND)'),
    part('adv-fsp', 'interface-document', 'Interface document (ADV_FSP)'),
    part('ava-registers', 'register', 'Registers for vulnerability analysis (AVA)'),
    part('platform', 'platform-evidence', 'Platform and limits'),
  ],
}

const airborne: SetDescription = {
  title: 'Software verification evidence',
  subtitle: 'Verification results and trace data in the order of DO-178C',
  name: 'do-178c: verification results and trace data',
  purpose: 'It prepares verification data. It claims no level and no credit.',
  heading: 'Objective',
  components: airborneObjectives,
  parts: [
    part('objectives', 'components', 'Objectives of verification', 'What this document holds for each; the words are ours.'),
    part('procedures-plan', 'test-plan', 'Verification environment'),
    part(
      'cases',
      'test-cases',
      'Verification cases and procedures',
      'Each case with its inputs, conditions, expected results and criteria.',
    ),
    part('results', 'test-results', 'Verification results'),
    part('trace-requirements', 'requirement-tests', 'Trace data: requirements to cases and results'),
    part('trace-levels', 'requirement-links', 'Trace data: between levels of requirements'),
    part('trace-modules', 'module-tests', 'Trace data: source to cases'),
    part('coverage', 'structural-coverage', 'Structural coverage analysis'),
    part('interfaces', 'interface-document', 'Interface entries'),
    part('problems', 'register', 'Problem reports and deviations'),
    part('environment', 'platform-evidence', 'Life-cycle environment and limits'),
  ],
}

const described: Readonly<Record<DocumentSet, SetDescription>> = { 'cc-ate': commonCriteria, 'do-178c': airborne }

export function describedSet(set: DocumentSet): SetDescription {
  return described[set]
}

/** DO-178C, "Verification of verification process results", in our words. */
function airborneObjectives({ testAnchors, coverage, modules }: Dossier): readonly DossierComponent[] {
  const row = (id: string, title: string, artefact: string, missing: string, provided: boolean): DossierComponent => ({
    id,
    title,
    provider: 'developer',
    artefact: provided ? artefact : 'not provided',
    missing,
    state: provided ? 'partly-provided' : 'not-provided',
  })
  const tests = testAnchors.length > 0
  return [
    row('1', 'Test procedures are correct', 'none', 'review of the procedures', false),
    row(
      '2',
      'Results are correct and discrepancies are explained',
      'Verification results; problem reports',
      'explanation of each discrepancy',
      tests,
    ),
    row(
      '3',
      'Tests cover the high-level requirements',
      'Trace data',
      'which requirements are high-level, where the source states no level',
      tests,
    ),
    row(
      '4',
      'Tests cover the low-level requirements',
      'Trace data',
      'which requirements are low-level, where the source states no level',
      tests,
    ),
    row('5', 'Structural coverage: modified condition and decision', 'none', 'everything: no tool of this project measures it', false),
    row('6', 'Structural coverage: decisions', 'none', 'everything: no tool of this project measures it', false),
    row(
      '7',
      'Structural coverage: statements',
      'Structural coverage analysis',
      'that the metric given is that of statements of the source',
      coverage !== null,
    ),
    row('8', 'Structural coverage: data and control coupling', 'none', 'everything', false),
    row('9', 'Code beyond the source is verified', 'none', 'everything', false),
    row(
      '10',
      'Source is traced to cases',
      'Trace data: source to cases',
      'modules that no test names',
      modules.some((module) => module.tests.length > 0),
    ),
  ]
}
