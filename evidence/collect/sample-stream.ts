/**
 * Writes Cucumber message streams from a short description, as a runner would: for specs, which need streams that are cut, doubled or
 * contradictory in one place and right in all others.
 */
import type { Comparison } from '../model/comparison.js'
import type { MessageFile } from './messages/message-file.js'
import type { StepStatus } from '../model/scenario-result.js'

export interface SampleStep {
  readonly text: string
  readonly status: StepStatus
  readonly comparisons?: readonly Comparison[]
  readonly message?: string
}

export interface SampleScenario {
  readonly name: string
  readonly tags?: readonly string[]
  readonly rule?: string
  /** Attempts in order; none: listed and not executed. */
  readonly attempts: readonly (readonly SampleStep[])[]
  /** Status of an After hook; absent: there is none. */
  readonly hook?: StepStatus
  /** Body of the execution attachment. */
  readonly execution?: object
}

export interface SampleFeature {
  readonly uri: string
  readonly name: string
  readonly scenarios: readonly SampleScenario[]
}

export const holding: Comparison = { what: 'a0', expected: 'PERM', observed: 'PERM', comparison: 'equal', source: 'register', holds: true }

/** Lines without their ends. Message ids are prefixed with `salt`: they differ from run to run and must not matter. */
export function sampleMessages(features: readonly SampleFeature[], salt = 'a'): string[] {
  let next = 0
  const id = (): string => `${salt}${(next += 1)}`
  const time = { timestamp: { seconds: 0, nanos: 0 } }
  const messages: object[] = [{ meta: { protocolVersion: '32.3.1' } }]
  const execution: object[] = []
  const hookId = id()
  for (const feature of features) {
    const written = feature.scenarios.map((scenario, i) => ({ scenario, line: 10 * (i + 1), nodeId: id(), pickleId: id() }))
    const children = written.map(({ scenario, line, nodeId }) => scenarioNode(scenario, nodeId, line))
    messages.push({
      source: {
        uri: feature.uri,
        data: JSON.stringify(feature.scenarios.map(({ name }) => name)),
        mediaType: 'text/x.cucumber.gherkin+plain',
      },
    })
    messages.push({ gherkinDocument: { uri: feature.uri, feature: { name: feature.name, tags: [], children } } })
    for (const { scenario, nodeId, pickleId } of written) {
      const plan = (scenario.attempts[0] ?? [{ text: 'a step', status: 'UNKNOWN' as const }]).map((step) => ({
        step,
        id: id(),
        testStepId: id(),
      }))
      messages.push({
        pickle: {
          id: pickleId,
          uri: feature.uri,
          name: scenario.name,
          astNodeIds: [nodeId],
          tags: (scenario.tags ?? []).map((name, i) => ({ name, astNodeId: `${nodeId}-tag-${i}` })),
          steps: plan.map(({ step, id: stepId }) => ({ id: stepId, text: step.text, astNodeIds: [] })),
        },
      })
      if (scenario.attempts.length === 0) continue
      const testCaseId = id()
      const hookStepId = id()
      const hook = scenario.hook ?? 'PASSED'
      const testSteps = [...plan.map(({ id: pickleStepId, testStepId }) => ({ id: testStepId, pickleStepId })), { id: hookStepId, hookId }]
      execution.push({ testCase: { id: testCaseId, pickleId, testSteps } })
      scenario.attempts.forEach((steps, attempt) => {
        const startedId = id()
        execution.push({ testCaseStarted: { id: startedId, testCaseId, attempt, ...time } })
        const finish = (testStepId: string, status: StepStatus, message?: string): void =>
          void execution.push({
            testStepFinished: {
              testCaseStartedId: startedId,
              testStepId,
              testStepResult: { status, ...(message === undefined ? {} : { message }), duration: { seconds: 0, nanos: next * 7 } },
              ...time,
            },
          })
        steps.forEach((step, i) => {
          const testStepId = plan[i]?.testStepId ?? ''
          for (const comparison of step.comparisons ?? []) execution.push(attachment(startedId, testStepId, 'comparison', comparison))
          finish(testStepId, step.status, step.message)
        })
        if (scenario.execution !== undefined) execution.push(attachment(startedId, hookStepId, 'execution', scenario.execution))
        finish(hookStepId, hook)
        execution.push({
          testCaseFinished: { testCaseStartedId: startedId, willBeRetried: attempt + 1 < scenario.attempts.length, ...time },
        })
      })
    }
  }
  const all = [
    ...messages,
    { hook: { id: hookId, type: 'AFTER_TEST_CASE' } },
    { testRunStarted: time },
    ...execution,
    { testRunFinished: { success: true, ...time } },
  ]
  return all.map((message) => JSON.stringify(message))
}

/** A file that lies in memory. */
export function sampleFile(name: string, lines: readonly string[]): MessageFile {
  const whole = Buffer.from(lines.map((line) => `${line}\n`).join(''))
  return { name, bytes: pieces(whole), readAgain: (start, length) => whole.subarray(start, start + length) }
}

async function* pieces(whole: Buffer): AsyncGenerator<Uint8Array> {
  yield whole
}

function scenarioNode(scenario: SampleScenario, id: string, line: number): object {
  const tags = (scenario.tags ?? []).map((name, i) => ({ id: `${id}-tag-${i}`, name, location: { line: line - 1 } }))
  const node = { scenario: { id, name: scenario.name, location: { line }, tags, steps: [], examples: [] } }
  return scenario.rule === undefined ? node : { rule: { name: scenario.rule, tags: [], children: [node] } }
}

function attachment(testCaseStartedId: string, testStepId: string, kind: 'comparison' | 'execution', body: object): object {
  return {
    attachment: {
      testCaseStartedId,
      testStepId,
      mediaType: `application/vnd.bulkhead.${kind}+json`,
      contentEncoding: 'IDENTITY',
      body: JSON.stringify(body),
    },
  }
}
