/**
 * Assurance families of the Common Criteria that concern what is printed here, with what this set holds of each when nothing else was
 * stated. CC:2022 Part 3, families by their titles; levels are for the security target to choose, so none is named.
 */
import type { Dossier, DossierComponent } from './dossier.js'

type Known = Pick<Dossier, 'interfaces' | 'modules' | 'coverage' | 'testAnchors'>

interface Family {
  readonly id: string
  readonly title: string
  readonly provider: 'developer' | 'evaluator'
  readonly holds: (known: Known) => readonly [artefact: string, missing: string]
}

const nothing = (): readonly [string, string] => ['not provided', 'everything: no input of this kind was given']

const families: readonly Family[] = [
  { id: 'ASE', title: 'Security target evaluation', provider: 'developer', holds: nothing },
  { id: 'ADV_ARC', title: 'Security architecture', provider: 'developer', holds: nothing },
  {
    id: 'ADV_FSP',
    title: 'Functional specification',
    provider: 'developer',
    holds: ({ interfaces }) =>
      interfaces === null ? nothing() : ['Interface document of this set', 'purpose and parameters where the description states none'],
  },
  { id: 'ADV_TDS', title: 'TOE design', provider: 'developer', holds: nothing },
  { id: 'ADV_IMP', title: 'Implementation representation', provider: 'developer', holds: nothing },
  { id: 'ADV_INT', title: 'TSF internals', provider: 'developer', holds: nothing },
  { id: 'AGD', title: 'Guidance documents', provider: 'developer', holds: nothing },
  { id: 'ALC', title: 'Life-cycle support', provider: 'developer', holds: nothing },
  {
    id: 'ATE_FUN',
    title: 'Functional tests',
    provider: 'developer',
    holds: ({ testAnchors }) =>
      testAnchors.length === 0
        ? nothing()
        : ['Test documentation of this set', 'test environment and ordering dependencies where not stated'],
  },
  {
    id: 'ATE_COV',
    title: 'Coverage',
    provider: 'developer',
    holds: ({ interfaces, testAnchors }) =>
      testAnchors.length === 0
        ? nothing()
        : interfaces === null
          ? ['Requirements against tests, both ways', 'tests against the interfaces: no description of them was given']
          : ['Requirements and interfaces against tests, both ways', 'argument that each interface is tested completely'],
  },
  {
    id: 'ATE_DPT',
    title: 'Depth',
    provider: 'developer',
    holds: ({ modules, coverage }) =>
      modules.some(({ tests }) => tests.length > 0)
        ? ['Modules against tests; structural coverage where measured', 'argument that the tests show the design to be correct']
        : coverage === null
          ? nothing()
          : ['Structural coverage alone', 'modules against tests: no test says which modules it ran'],
  },
  {
    id: 'ATE_IND',
    title: 'Independent testing',
    provider: 'evaluator',
    holds: () => ['Hand-over part of this set', 'the sample, its repetition and the tests of the evaluator'],
  },
  { id: 'AVA_VAN', title: 'Vulnerability analysis', provider: 'evaluator', holds: () => ['Registers of this set', 'the analysis itself'] },
]

export function assuranceFamilies(known: Known): readonly DossierComponent[] {
  return families.map(({ id, title, provider, holds }) => {
    const [artefact, missing] = holds(known)
    return { id, title, provider, artefact, missing, state: artefact === 'not provided' ? 'not-provided' : 'partly-provided' }
  })
}
