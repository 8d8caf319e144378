/**
 * What the documents print, whoever judged it: our own assurance case or a stranger's traced files. Texts are ready to print and never
 * empty: what nobody stated reads `not stated`, what does not exist reads `none`. Long lists are made while they are printed.
 * Anchors are unique in the dossier and safe in HTML and PDF (letters, digits, `.`, `_`, `-`).
 */
import type { GateView, Link, NamedText } from '../model/view-parts.js'

export const notStated = 'not stated'

export interface Dossier {
  /** Name and version of the system under test. */
  readonly system: string
  readonly dirty: boolean
  readonly passed: boolean
  /** One sentence. */
  readonly answer: string
  readonly headlines: readonly string[]
  readonly identification: readonly NamedText[]
  readonly sources: readonly DossierSource[]
  /** What the tests ran on; empty: not stated. */
  readonly platform: readonly NamedText[]
  /** Commands that repeat the tests; empty: not stated. */
  readonly commands: readonly string[]
  /** How a test was seen to verify a requirement. */
  readonly referenceRule: string
  readonly gates: readonly GateView[]
  readonly verdicts: readonly VerdictCount[]
  readonly requirements: () => Iterable<DossierRequirement>
  readonly tests: () => Iterable<DossierTest>
  /** Null: nobody described the interfaces. */
  readonly interfaces: readonly DossierInterface[] | null
  readonly modules: readonly DossierModule[]
  /** Null: not measured. */
  readonly coverage: DossierCoverage | null
  readonly components: readonly DossierComponent[]
  /** Analysis and inspection, where a requirement names them or an artefact concerns it. */
  readonly methods: readonly DossierMethod[]
  /** Deviations and justifications. */
  readonly justifications: readonly DossierJustification[]
  /** What is wrong or missing, worst first. */
  readonly anomalies: readonly DossierAnomaly[]
  /** What this evidence does not show. */
  readonly limits: readonly NamedText[]
  /** Anchors of the tests in print order: their numbers. */
  readonly testAnchors: readonly string[]
}

export interface DossierSource {
  readonly role: string
  readonly format: string
  readonly files: string
  readonly digest: string
}

/** `of`: requirements or tests. */
export interface VerdictCount {
  readonly of: string
  readonly verdict: string
  readonly state: string
  readonly count: number
  readonly total: number
}

export interface DossierRequirement {
  readonly id: string
  readonly anchor: string
  readonly text: string
  readonly source: string
  readonly state: string
  readonly verdict: string
  readonly missing: string
  readonly tests: readonly Link[]
  /** What it refines or covers, and what refines or covers it. */
  readonly above: readonly Link[]
  readonly below: readonly Link[]
}

export interface DossierTest {
  readonly anchor: string
  readonly title: string
  readonly suite: string
  readonly place: string
  readonly state: string
  readonly verdict: string
  readonly attempts: string
  /** Requirements it verifies. */
  readonly goal: readonly Link[]
  /** References that lead nowhere; `none`. */
  readonly dangling: string
  readonly interfaces: readonly Link[]
  readonly modules: readonly Link[]
  /** Steps by what they are for; a step whose keyword is not known stands under `procedure`. */
  readonly initial: readonly DossierStep[]
  readonly stimuli: readonly DossierStep[]
  readonly expected: readonly DossierStep[]
  readonly procedure: readonly DossierStep[]
  readonly observed: readonly DossierComparison[]
  readonly dependencies: string
  readonly configuration: string
  readonly sourceDigest: string
}

export interface DossierStep {
  readonly text: string
  /** A document string; `none`. */
  readonly listing: string
  readonly state: string
  readonly verdict: string
  /** `none`: no message. */
  readonly message: string
}

export interface DossierComparison {
  readonly what: string
  readonly expected: string
  readonly observed: string
  readonly source: string
  readonly verdict: string
}

export interface DossierInterface {
  readonly id: string
  readonly anchor: string
  readonly kind: string
  readonly title: string
  readonly contract: string
  readonly state: string
  readonly verdict: string
  readonly outcomes: readonly { readonly outcome: string; readonly state: string; readonly text: string }[]
  readonly requirements: readonly Link[]
  readonly tests: readonly Link[]
}

export interface DossierModule {
  readonly path: string
  readonly anchor: string
  readonly measured: string
  readonly requirements: readonly Link[]
  readonly tests: readonly Link[]
}

export interface DossierCoverage {
  readonly metric: string
  readonly totals: readonly NamedText[]
  readonly rows: readonly { readonly path: string; readonly functions: string; readonly lines: string; readonly gaps: string }[]
}

export interface DossierComponent {
  readonly id: string
  readonly title: string
  readonly provider: string
  readonly artefact: string
  readonly missing: string
  readonly state: 'provided' | 'partly-provided' | 'not-provided'
}

/** A method of a requirement but test. */
export interface DossierMethod {
  readonly requirement: Link
  readonly method: string
  readonly state: string
  readonly verdict: string
  /** Artefacts, with file, people and days; `no artefact`. */
  readonly shown: readonly string[]
}

export interface DossierJustification {
  readonly concerns: string
  readonly reason: string
  readonly author: string
  readonly reviewer: string
  readonly date: string
  readonly expires: string
  readonly state: string
}

export interface DossierAnomaly {
  readonly kind: string
  readonly state: string
  readonly id: string
  readonly text: string
  readonly place: string
}
