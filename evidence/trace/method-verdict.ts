/**
 * Verdicts per method. Test: from the verdicts of the linked scenarios. Analysis and inspection: from artefacts, which count only while
 * their file has the bytes they were made for. Requirements close when every method they name has passed.
 */
import type { MethodArtefact } from '../model/deviation.js'
import type { Digest } from '../model/ids.js'
import type { MethodView } from '../model/requirement-view.js'
import { isFailure, scenarioVerdicts, verdictText, type Method, type MethodVerdict, type ScenarioVerdict } from '../model/verdict.js'

export interface TestEvidence {
  readonly verdicts: readonly ScenarioVerdict[]
  /** Passes that recorded no comparison. */
  readonly comparingNothing: number
  /** What else the requirement needs, in words: `derived requirement x~1: no scenario`. */
  readonly gaps: readonly string[]
}

export interface Judgement {
  readonly state: MethodVerdict
  readonly detail: string
}

/** Words for a method's state. */
export const methodStateText: Readonly<Record<MethodVerdict, string>> = {
  failed: 'failed',
  none: 'none',
  'not-run': 'no verdict',
  stale: 'stale',
  partial: 'partial',
  passed: 'passed',
}

export function judgeTest({ verdicts, comparingNothing, gaps }: TestEvidence): Judgement {
  const passed = verdicts.filter((verdict) => verdict === 'passed').length
  const weak = comparingNothing > 0 ? [`${comparingNothing} of the passes compare nothing`] : []
  if (verdicts.length === 0) return { state: 'none', detail: ['no scenario', ...gaps].join('; ') }
  const detail = [`${passed} of ${count(verdicts.length, 'scenario')} passed`, ...othersOf(verdicts), ...weak, ...gaps].join('; ')
  if (verdicts.some(isFailure)) return { state: 'failed', detail }
  if (passed === 0) return { state: 'not-run', detail }
  return { state: passed === verdicts.length && gaps.length === 0 ? 'passed' : 'partial', detail }
}

/** The worst artefact decides: a failed one is not outvoted by a passed one, a stale one asks for work. */
export function judgeArtefacts(artefacts: readonly MethodArtefact[], digests: ReadonlyMap<string, Digest>): Judgement {
  if (artefacts.length === 0) return { state: 'none', detail: 'no artefact' }
  const stale = artefacts.filter(({ file, digest }) => digests.get(file) !== digest)
  const failed = artefacts.filter((artefact) => !stale.includes(artefact) && artefact.result === 'failed')
  if (failed.length > 0) return { state: 'failed', detail: failed.map(describe).join('; ') }
  if (stale.length > 0) return { state: 'stale', detail: stale.map((artefact) => `${describe(artefact)}: the file has changed`).join('; ') }
  return { state: 'passed', detail: artefacts.map(describe).join('; ') }
}

export function methodView(method: Method, required: boolean, { state, detail }: Judgement): MethodView {
  return { method, required, state, text: `${method}: ${methodStateText[state]}`, detail }
}

export function isClosed(views: readonly MethodView[]): boolean {
  return views.length > 0 && views.every(({ state, required }) => state === 'passed' || !required) && views.some(({ required }) => required)
}

function othersOf(verdicts: readonly ScenarioVerdict[]): string[] {
  return scenarioVerdicts
    .filter((verdict) => verdict !== 'passed')
    .map((verdict) => ({ verdict, times: verdicts.filter((other) => other === verdict).length }))
    .filter(({ times }) => times > 0)
    .map(({ verdict, times }) => `${times} ${verdictText[verdict]}`)
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function describe({ id, title, file, reviewer }: MethodArtefact): string {
  return `${id} ${title} (${file}; reviewer: ${reviewer})`
}
