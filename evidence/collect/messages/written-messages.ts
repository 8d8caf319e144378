/** The small messages of a stream, field by field, as they are written. Cucumber Messages: Source, Hook, TestCase, TestCaseStarted ... */
import type { StepResult } from '../../model/scenario-result.js'
import type { JsonCursor } from '../json/json-cursor.js'
import type { MessageId } from '../json/message-id.js'
import { ObjectForm } from '../json/object-form.js'
import { unfinished } from '../fold/step-shelf.js'

const sourceForm = new ObjectForm()
const metaForm = new ObjectForm()
const productForm = new ObjectForm()
const hookForm = new ObjectForm()
const testCaseForm = new ObjectForm()
const testStepForm = new ObjectForm()
const caseStartedForm = new ObjectForm()
const caseFinishedForm = new ObjectForm()

export function readSource(cursor: JsonCursor): { readonly uri: string; readonly data: string } {
  let uri: string | undefined
  let data: string | undefined
  if (cursor.enterObject())
    while (cursor.nextMember(sourceForm))
      if (cursor.isMember('uri')) uri = cursor.text()
      else if (cursor.isMember('data')) data = cursor.text()
      else cursor.skip()
  return { uri: uri ?? cursor.lacks('source.uri'), data: data ?? cursor.lacks('source.data') }
}

/** Producer and protocol in words. */
export function readMeta(cursor: JsonCursor): string {
  let protocol = ''
  let implementation = ''
  if (cursor.enterObject())
    while (cursor.nextMember(metaForm))
      if (cursor.isMember('protocolVersion')) protocol = cursor.textOr('')
      else if (cursor.isMember('implementation')) implementation = readProduct(cursor)
      else cursor.skip()
  return [implementation, protocol === '' ? '' : `protocol ${protocol}`].filter((part) => part !== '').join(', ')
}

function readProduct(cursor: JsonCursor): string {
  let name = ''
  let version = ''
  if (cursor.enterObject())
    while (cursor.nextMember(productForm))
      if (cursor.isMember('name')) name = cursor.textOr('')
      else if (cursor.isMember('version')) version = cursor.textOr('')
      else cursor.skip()
  return `${name} ${version}`.trim()
}

export function readHook(cursor: JsonCursor): { readonly id: MessageId; readonly plan: StepResult } {
  let id: MessageId | undefined
  let type = ''
  let name = ''
  if (cursor.enterObject())
    while (cursor.nextMember(hookForm))
      if (cursor.isMember('id')) id = cursor.newId()
      else if (cursor.isMember('type')) type = cursor.textOr('')
      else if (cursor.isMember('name')) name = cursor.textOr('')
      else cursor.skip()
  const keyword = type.startsWith('BEFORE') ? 'Before' : type.startsWith('AFTER') ? 'After' : 'Hook'
  return { id: id ?? cursor.lacks('hook.id'), plan: unfinished('hook', keyword, name) }
}

/** Three lists of one length; a step has either a pickle step or a hook, and the other text is empty. */
export interface WrittenTestCase {
  readonly id: MessageId
  readonly pickleId: MessageId
  readonly stepIds: readonly MessageId[]
  readonly pickleStepIds: readonly MessageId[]
  readonly hookIds: readonly MessageId[]
}

/** `likelyPickle` and the step ids of a pickle are guesses: test cases mostly follow their pickles, step by step. */
export function readTestCase(
  cursor: JsonCursor,
  likelyPickle: MessageId,
  likelySteps: (pickleId: MessageId) => readonly MessageId[],
): WrittenTestCase {
  let id: MessageId | undefined
  let pickleId: MessageId | undefined
  const stepIds: MessageId[] = []
  const pickleStepIds: MessageId[] = []
  const hookIds: MessageId[] = []
  if (cursor.enterObject())
    while (cursor.nextMember(testCaseForm))
      if (cursor.isMember('id')) id = cursor.newId()
      else if (cursor.isMember('pickleId')) pickleId = cursor.id(likelyPickle)
      else if (!cursor.isMember('testSteps')) cursor.skip()
      else if (cursor.enterList()) {
        const likely = pickleId === undefined ? [] : likelySteps(pickleId)
        let next = 0
        while (cursor.nextItem()) {
          const step = readTestStep(cursor, likely[next] ?? '')
          if (step.pickleStepId !== '') next += 1
          stepIds.push(step.id)
          pickleStepIds.push(step.pickleStepId)
          hookIds.push(step.hookId)
        }
      }
  return {
    id: id ?? cursor.lacks('testCase.id'),
    pickleId: pickleId ?? cursor.lacks('testCase.pickleId'),
    stepIds,
    pickleStepIds,
    hookIds,
  }
}

function readTestStep(
  cursor: JsonCursor,
  likelyPickleStep: MessageId,
): { readonly id: MessageId; readonly pickleStepId: MessageId; readonly hookId: MessageId } {
  let id: MessageId | undefined
  let pickleStepId: MessageId = ''
  let hookId: MessageId = ''
  if (cursor.enterObject())
    while (cursor.nextMember(testStepForm))
      if (cursor.isMember('id')) id = cursor.newId()
      else if (cursor.isMember('pickleStepId')) pickleStepId = cursor.idOr('', likelyPickleStep)
      else if (cursor.isMember('hookId')) hookId = cursor.idOr('')
      else cursor.skip()
  return { id: id ?? cursor.lacks('testCase.testSteps.id'), pickleStepId, hookId }
}

/** `attempt` counts from 0. */
export function readCaseStarted(
  cursor: JsonCursor,
  likelyTestCase: MessageId,
): { readonly id: MessageId; readonly testCaseId: MessageId; readonly attempt: number } {
  let id: MessageId | undefined
  let testCaseId: MessageId | undefined
  let attempt = 0
  if (cursor.enterObject())
    while (cursor.nextMember(caseStartedForm))
      if (cursor.isMember('id')) id = cursor.newId()
      else if (cursor.isMember('testCaseId')) testCaseId = cursor.id(likelyTestCase)
      else if (cursor.isMember('attempt')) attempt = cursor.countOr(0)
      else cursor.skip()
  return { id: id ?? cursor.lacks('testCaseStarted.id'), testCaseId: testCaseId ?? cursor.lacks('testCaseStarted.testCaseId'), attempt }
}

export function readCaseFinished(
  cursor: JsonCursor,
  likelyCase: MessageId,
): { readonly testCaseStartedId: MessageId; readonly willBeRetried: boolean } {
  let testCaseStartedId: MessageId | undefined
  let willBeRetried = false
  if (cursor.enterObject())
    while (cursor.nextMember(caseFinishedForm))
      if (cursor.isMember('testCaseStartedId')) testCaseStartedId = cursor.id(likelyCase)
      else if (cursor.isMember('willBeRetried')) willBeRetried = cursor.booleanOr()
      else cursor.skip()
  return { testCaseStartedId: testCaseStartedId ?? cursor.lacks('testCaseFinished.testCaseStartedId'), willBeRetried }
}
