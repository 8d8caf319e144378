/**
 * Which id a message will probably name: runners write test cases in the order of their pickles, and start them in the order of the test
 * cases. A guess that is wrong costs a comparison and nothing else.
 */
export class LikelyIds {
  private readonly pickles: string[] = []
  private readonly testCases: string[] = []
  private nextPickle = 0
  private nextTestCase = 0

  addPickle(id: string): void {
    this.pickles.push(id)
  }

  addTestCase(id: string): void {
    this.testCases.push(id)
  }

  /** Empty: no guess. */
  pickle(): string {
    return this.pickles[this.nextPickle++] ?? ''
  }

  testCase(): string {
    return this.testCases[this.nextTestCase++] ?? ''
  }
}
