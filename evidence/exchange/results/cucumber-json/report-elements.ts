/**
 * Scenarios of a legacy report. The report has no word for a rule, an example row or a retry: rows of one outline differ by their line
 * alone, and an element that stands again at its line is another attempt.
 */
import { judgeAttempt, verdictOfStatus, worstOf } from '../../../collect/fold/scenario-verdict.js'
import type { TestReference, TestStep } from '../../../items/test-item.js'
import type { SourcePlace } from '../../../model/errors.js'
import type { StepStatus } from '../../../model/scenario-result.js'
import type { ScenarioVerdict } from '../../../model/verdict.js'
import { isJsonRecord, jsonList, member, textMember, type JsonRecord } from '../../json/json-fields.js'
import { readSteps, records, stepStatus } from './report-steps.js'

export interface ReportElement {
  readonly uri: string
  readonly feature: string
  readonly name: string
  /** 0: not stated. */
  readonly line: number
  readonly references: readonly TestReference[]
  readonly verdict: ScenarioVerdict
  readonly steps: readonly TestStep[]
}

export interface ReportFeature {
  readonly elements: readonly ReportElement[]
  /** A failure that belongs to no scenario of the feature. */
  readonly failures: readonly string[]
}

export function readFeature(feature: JsonRecord, place: SourcePlace): ReportFeature {
  const at = placeIn(feature, place)
  const name = textMember(feature, 'name', place)
  const tags = readTags(feature, place)
  const elements: ReportElement[] = []
  const failures: string[] = []
  let background: readonly TestStep[] = []
  for (const element of records(feature, 'elements', place)) {
    const steps = readSteps(element, place)
    if (textMember(element, 'type', place) === 'background') {
      background = isBehave(element) ? [] : steps
      continue
    }
    const all = [...background, ...steps]
    background = []
    elements.push({
      uri: at.file,
      feature: name,
      name: textMember(element, 'name', place),
      line: placeIn(element, place).line,
      references: distinct([...tags, ...readTags(element, place)]),
      verdict: verdictOf(element, all, place),
      steps: all,
    })
  }
  const status = textMember(feature, 'status', place)
  const failed = status !== '' && stepStatus(status) === 'FAILED'
  if (failed && elements.every(({ verdict }) => verdict === 'passed' || verdict === 'skipped'))
    failures.push(`feature ${at.file} is reported as failed and none of its scenarios is`)
  if (background.some(({ status: each }) => each === 'FAILED'))
    failures.push(`the background of ${at.file} failed and no scenario follows it`)
  return { elements, failures }
}

/** behave says with the element what became of it, failures of its hooks included; the worse word counts. */
function verdictOf(element: JsonRecord, steps: readonly TestStep[], place: SourcePlace): ScenarioVerdict {
  const said = textMember(element, 'status', place).toLowerCase()
  if (said.startsWith('untested')) return 'not-run'
  const status = said === '' ? undefined : stepStatus(said)
  if (status === 'SKIPPED' && steps.every((step) => isUnstarted(step.status))) return 'skipped'
  const judged = judgeAttempt(steps, 'reported')
  if (status === undefined || status === 'PASSED') return judged
  return worstOf([judged, verdictOfStatus[status]])
}

function isUnstarted(status: StepStatus): boolean {
  return status === 'UNKNOWN' || status === 'SKIPPED'
}

/** behave names places as `file:line`, the others as `uri` and `line`. Its own background stands once and has no results. */
function isBehave(node: JsonRecord): boolean {
  return typeof member(node, 'location') === 'string'
}

function placeIn(node: JsonRecord, place: SourcePlace): { readonly file: string; readonly line: number } {
  const location = textMember(node, 'location', place)
  const [, file = '', line = ''] = /^(.*):(\d+)$/.exec(location) ?? []
  const uri = textMember(node, 'uri', place)
  return { file: (uri === '' ? file : uri).replaceAll('\\', '/'), line: Number(textMember(node, 'line', place) || line) || 0 }
}

/** Objects with name and line; behave has texts without the sign. */
function readTags(node: JsonRecord, place: SourcePlace): TestReference[] {
  const tags = member(node, 'tags')
  if (tags === undefined || tags === null) return []
  return jsonList(tags, 'tags', place).map((tag) => {
    const name = isJsonRecord(tag) ? textMember(tag, 'name', place) : typeof tag === 'string' ? tag : ''
    const line = isJsonRecord(tag) ? Number(textMember(tag, 'line', place)) || 0 : 0
    return { text: name.startsWith('@') ? name : `@${name}`, via: 'tag', extent: 'full', line: line > 0 ? line : null }
  })
}

function distinct(references: readonly TestReference[]): TestReference[] {
  return [...new Map(references.filter(({ text }) => text !== '@').map((reference) => [reference.text, reference])).values()]
}
