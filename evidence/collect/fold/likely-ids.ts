/**
 * Which id a message will probably name: runners write test cases in the order of their pickles, and start them in the order of the test
 * cases. A guess that is wrong costs a comparison and nothing else.
 */
import type { MessageId } from '../json/message-id.js'

export class LikelyIds {
  private readonly pickles: MessageId[] = []
  private readonly testCases: MessageId[] = []
  private nextPickle = 0
  private nextTestCase = 0

  addPickle(id: MessageId): void {
    this.pickles.push(id)
  }

  addTestCase(id: MessageId): void {
    this.testCases.push(id)
  }

  /** Empty: no guess. */
  pickle(): MessageId {
    return this.pickles[this.nextPickle++] ?? ''
  }

  testCase(): MessageId {
    return this.testCases[this.nextTestCase++] ?? ''
  }
}
