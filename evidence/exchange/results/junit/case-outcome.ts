/**
 * What one test case of a JUnit report says about its end: by its children (`failure`, `skipped` ...) and by attributes of the dialects
 * (`status`, `result`, `executed` ...). A case that says nothing has passed: that is the format. The Surefire schema and the writers of
 * GoogleTest, CTest, Bazel, behave, NUnit and xUnit.net.
 */
import { worstOf } from '../../../collect/fold/scenario-verdict.js'
import type { TestStep } from '../../../items/test-item.js'
import type { StepStatus } from '../../../model/scenario-result.js'
import type { ScenarioVerdict } from '../../../model/verdict.js'
import type { XmlAttributes } from '../../xml/read-xml.js'

/** One result element below a case. */
export interface CaseResult {
  readonly element: string
  readonly type: string
  readonly message: string
}

/** In small letters. `retried`: an attempt failed and the last one did not (Surefire, `rerunFailingTestsCount`). */
const ofElement: Readonly<Record<string, ScenarioVerdict>> = {
  failure: 'failed',
  error: 'failed',
  rerunfailure: 'failed',
  rerunerror: 'failed',
  flakyfailure: 'retried',
  flakyerror: 'retried',
  skipped: 'skipped',
  skip: 'skipped',
  ignored: 'skipped',
  disabled: 'skipped',
  warning: 'unknown',
}

/** Words of `status` and `result`, in small letters. Any other word is no pass. */
const ofWord: Readonly<Record<string, ScenarioVerdict>> = {
  passed: 'passed',
  pass: 'passed',
  success: 'passed',
  succeeded: 'passed',
  successful: 'passed',
  ok: 'passed',
  run: 'passed',
  completed: 'passed',
  fixed: 'passed',
  failed: 'failed',
  fail: 'failed',
  failure: 'failed',
  error: 'failed',
  errored: 'failed',
  regression: 'failed',
  invalid: 'failed',
  skipped: 'skipped',
  skip: 'skipped',
  ignored: 'skipped',
  disabled: 'skipped',
  suppressed: 'skipped',
  notrun: 'not-run',
  'not-run': 'not-run',
  notrunnable: 'not-run',
  untested: 'not-run',
  pending: 'pending',
  undefined: 'undefined',
  ambiguous: 'ambiguous',
}

/** Of a writer that is not known here: no pass may come of what its element seems to say. */
const speaksOfAnEnd = /fail|error|abort|crash|timeout|inconclusive|blocked|skip|ignore|disable|pending|not-?run/

/** Null: the element says nothing about the end of its case. */
function verdictOf(element: string): ScenarioVerdict | null {
  const word = element.toLowerCase()
  if (Object.hasOwn(ofElement, word)) return ofElement[word] ?? 'unknown'
  return speaksOfAnEnd.test(word) ? 'unknown' : null
}

/** Of a suite: the names that the formats have. */
export function isResultElement(name: string): boolean {
  return Object.hasOwn(ofElement, name.toLowerCase())
}

/** Of a case: any name that speaks of an end other than a pass. */
export function isCaseResult(name: string): boolean {
  return verdictOf(name) !== null
}

/** A failure weighs more than a word; `skipped` and `notrun` together are one thing said twice, and the more exact word is kept. */
export function outcomeOf(attributes: XmlAttributes, results: readonly CaseResult[]): ScenarioVerdict {
  const elements = worstOf(results.map(({ element }) => verdictOf(element) ?? 'unknown'))
  const words = wordsOf(attributes)
  if (elements === 'skipped' && words.every((word) => word === 'passed' || word === 'skipped' || word === 'not-run'))
    return words.includes('not-run') ? 'not-run' : 'skipped'
  const verdict = worstOf([elements, ...words])
  return verdict === 'passed' && attributes['assertions'] === '0' ? 'no-verdict' : verdict
}

function wordsOf(attributes: XmlAttributes): ScenarioVerdict[] {
  const words = ['status', 'result'].flatMap((name): ScenarioVerdict[] => {
    const word = attributes[name]?.trim().toLowerCase() ?? ''
    if (word === '') return []
    return [Object.hasOwn(ofWord, word) ? (ofWord[word] ?? 'unknown') : 'unknown']
  })
  if (['disabled', 'skipped', 'ignored'].some((name) => /^(true|1|yes)$/i.test(attributes[name] ?? ''))) words.push('skipped')
  // GoogleTest says `status="notrun" result="suppressed"`, NUnit 2 `executed="False"`.
  if (/^false$/i.test(attributes['executed'] ?? '')) words.push('not-run')
  const failures = words.filter((word) => word !== 'passed').length
  if (/^false$/i.test(attributes['success'] ?? '') && failures === 0) words.push('failed')
  return words.includes('not-run') ? words.filter((word) => word !== 'skipped') : words
}

function statusOf(element: string): StepStatus {
  const verdict = verdictOf(element)
  if (verdict === 'skipped') return 'SKIPPED'
  return verdict === 'unknown' ? 'UNKNOWN' : 'FAILED'
}

/** JUnit knows no steps: each result element is shown as one, so that its message is not lost. */
export function stepsOf(results: readonly CaseResult[]): TestStep[] {
  return results.map(({ element, type, message }) => ({
    kind: 'step',
    keyword: element,
    text: type,
    status: statusOf(element),
    message,
    comparisons: [],
  }))
}
