/** Steps and hooks of one element of a legacy report, with what is said about their end. */
import { firstLine } from '../../../collect/messages/step-finished.js'
import type { TestStep } from '../../../items/test-item.js'
import type { SourcePlace } from '../../../model/errors.js'
import type { StepStatus } from '../../../model/scenario-result.js'
import { isJsonRecord, jsonList, jsonRecord, member, textMember, type JsonRecord } from '../../json/json-fields.js'

/** Words of all dialects, in small letters. behave 1.3 has `error`, `hook_error` and `cleanup_error`. */
const statusOf: Readonly<Record<string, StepStatus>> = {
  passed: 'PASSED',
  failed: 'FAILED',
  error: 'FAILED',
  hook_error: 'FAILED',
  cleanup_error: 'FAILED',
  skipped: 'SKIPPED',
  pending: 'PENDING',
  pending_warn: 'PENDING',
  undefined: 'UNDEFINED',
  ambiguous: 'AMBIGUOUS',
}

/** A word that nobody knows is no pass. */
export function stepStatus(word: string): StepStatus {
  const known = word.toLowerCase()
  return Object.hasOwn(statusOf, known) ? (statusOf[known] ?? 'UNKNOWN') : 'UNKNOWN'
}

/** Hooks stand in `before` and `after`, of the element and of each step; cucumber-js writes them as hidden steps. */
export function readSteps(element: JsonRecord, place: SourcePlace): TestStep[] {
  const own = records(element, 'steps', place).flatMap((step) => [
    ...readHooks(step, 'before', 'Before', place),
    readStep(step, place),
    ...readHooks(step, 'after', 'After', place),
  ])
  return [...readHooks(element, 'before', 'Before', place), ...own, ...readHooks(element, 'after', 'After', place)]
}

export function records(parent: JsonRecord, name: string, place: SourcePlace): JsonRecord[] {
  const value = member(parent, name)
  if (value === undefined || value === null) return []
  return jsonList(value, name, place).map((item) => jsonRecord(item, name, place))
}

function readHooks(parent: JsonRecord, name: 'before' | 'after', keyword: string, place: SourcePlace): TestStep[] {
  return records(parent, name, place).map((hook) => ({ ...readEnd(hook, place), kind: 'hook', keyword, text: '', comparisons: [] }))
}

function readStep(step: JsonRecord, place: SourcePlace): TestStep {
  const keyword = textMember(step, 'keyword', place).trim()
  const kind = member(step, 'hidden') === true ? 'hook' : 'step'
  return { ...readEnd(step, place), kind, keyword, text: textMember(step, 'name', place), comparisons: [] }
}

/** A step without a result was not executed. */
function readEnd(step: JsonRecord, place: SourcePlace): Pick<TestStep, 'status' | 'message'> {
  const result = member(step, 'result')
  if (!isJsonRecord(result)) return { status: 'UNKNOWN', message: 'no result' }
  const status = stepStatus(textMember(result, 'status', place))
  return { status, message: firstLine(messageOf(result, place)) }
}

/** behave writes the message as a list of lines. */
function messageOf(result: JsonRecord, place: SourcePlace): string {
  const message = member(result, 'error_message')
  if (Array.isArray(message)) return message.filter((line) => typeof line === 'string').join('\n')
  return textMember(result, 'error_message', place)
}
