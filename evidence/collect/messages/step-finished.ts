/** The result of a step or of a hook as a message reports it. Messages, TestStepFinished, TestStepResult. */
import { oneLine } from '../../model/errors.js'
import { stepStatuses, type StepStatus } from '../../model/scenario-result.js'
import type { JsonCursor } from '../json/json-cursor.js'
import type { MessageId } from '../json/message-id.js'
import { ObjectForm } from '../json/object-form.js'

export interface ReportedResult {
  readonly status: StepStatus
  /** First line of the failure message, without colours; empty: none. */
  readonly message: string
  /** Said here up to protocol 18; later by TestCaseFinished. */
  readonly willBeRetried: boolean
}

export interface StepFinished {
  readonly testCaseStartedId: MessageId
  readonly testStepId: MessageId
  readonly result: ReportedResult
}

const stepFinished = new ObjectForm()
const stepResult = new ObjectForm()

/** At the value of `testStepFinished`; the ids are guesses, since steps mostly end in their order. */
export function readStepFinished(cursor: JsonCursor, likelyCase: MessageId, likelyStep: MessageId): StepFinished {
  let testCaseStartedId: MessageId | undefined
  let testStepId: MessageId | undefined
  let result: ReportedResult | undefined
  if (cursor.enterObject())
    while (cursor.nextMember(stepFinished))
      if (cursor.isMember('testCaseStartedId')) testCaseStartedId = cursor.id(likelyCase)
      else if (cursor.isMember('testStepId')) testStepId = cursor.id(likelyStep)
      else if (cursor.isMember('testStepResult')) result = readResult(cursor)
      else cursor.skip()
  return {
    testCaseStartedId: testCaseStartedId ?? cursor.lacks('testStepFinished.testCaseStartedId'),
    testStepId: testStepId ?? cursor.lacks('testStepFinished.testStepId'),
    result: result ?? cursor.lacks('testStepFinished.testStepResult'),
  }
}

const passed: ReportedResult = { status: 'PASSED', message: '', willBeRetried: false }

/** At a TestStepResult. */
export function readResult(cursor: JsonCursor): ReportedResult {
  let status: StepStatus | undefined
  let message = ''
  let willBeRetried = false
  if (cursor.enterObject())
    while (cursor.nextMember(stepResult))
      if (cursor.isMember('status')) status = cursor.oneOf(stepStatuses)
      else if (cursor.isMember('message')) message = cursor.textOr('')
      else if (cursor.isMember('willBeRetried')) willBeRetried = cursor.booleanOr()
      else cursor.skip()
  if (status === 'PASSED' && message === '' && !willBeRetried) return passed
  return { status: status ?? cursor.lacks('testStepResult.status'), message: firstLine(message), willBeRetried }
}

export function firstLine(message: string): string {
  const [first = ''] = message.split('\n', 1)
  return oneLine(first.replace(/\u001b\[[0-9;]*m/g, ''))
}
