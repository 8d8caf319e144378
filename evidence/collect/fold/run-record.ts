/** What a stream says of its run as a whole: begin and end, and failures outside any scenario. Messages, TestRunStarted and others. */
import { EvidenceError, oneLine } from '../../model/errors.js'
import type { JsonCursor } from '../json/json-cursor.js'
import type { JsonObject } from '../json/json-shape.js'
import { ObjectForm } from '../json/object-form.js'
import { readResult } from '../messages/step-finished.js'
import type { EndRule } from './folded-stream.js'

const runHookForm = new ObjectForm()

export class RunRecord {
  readonly failures: string[] = []
  /** What the runner says at its end; undefined: it has not come. */
  succeeded: boolean | undefined
  private started = false

  constructor(private readonly end: EndRule) {}

  /** Something of the run is not in the stream. @throws EvidenceError `truncated-stream` where the whole of it is required. */
  missing(place: { readonly file: string; readonly line?: number }, what: string): void {
    const error = new EvidenceError('truncated-stream', place, what, 'give the complete message file of a finished run')
    if (this.end === 'required') throw error
    this.failures.push(oneLine(`${place.file}${place.line === undefined ? '' : `:${place.line}`}: ${what}`))
  }

  start(cursor: JsonCursor): void {
    this.refuseSecondRun(cursor)
    cursor.skip()
    this.started = true
  }

  refuseSecondRun(cursor: JsonCursor): void {
    if (this.succeeded !== undefined)
      throw new EvidenceError('unknown-reference', cursor.place, 'a second run in one file', 'give each run as a file of its own')
  }

  refuseAfterTheEnd(cursor: JsonCursor): void {
    if (this.succeeded === undefined) return
    throw new EvidenceError(
      'truncated-stream',
      cursor.place,
      'an execution after the end of the run',
      'give the complete message file, in its order',
    )
  }

  refuseBeforeTheStart(cursor: JsonCursor): void {
    if (!this.started)
      throw new EvidenceError('truncated-stream', cursor.place, 'a test case before testRunStarted', 'give the complete message file')
  }

  /** At the value of `testRunHookFinished`. */
  finishHook(cursor: JsonCursor): void {
    if (!cursor.enterObject()) return
    while (cursor.nextMember(runHookForm))
      if (!cursor.isMember('result')) cursor.skip()
      else {
        const { status, message } = readResult(cursor)
        if (status !== 'PASSED') this.failures.push(oneLine(`a hook of the whole run is ${status}: ${message}`))
      }
  }

  addParseError(message: JsonObject): void {
    const uri = message.object('source').stringOr('uri', 'a feature')
    this.failures.push(oneLine(`${uri} was not parsed: ${message.string('message')}`))
  }

  finish(message: JsonObject): void {
    this.succeeded = message.has('success') ? message.boolean('success') : true
    const exception = message.objectOr('exception')
    if (exception !== undefined)
      this.failures.push(oneLine(`the runner stopped: ${exception.stringOr('message', exception.stringOr('type', 'exception'))}`))
  }
}
