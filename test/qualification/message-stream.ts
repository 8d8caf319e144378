/** Cucumber messages as a runner writes them (protocol 32), from a short description: one feature, its scenarios in order. */
export type Status = 'PASSED' | 'FAILED' | 'SKIPPED' | 'PENDING' | 'UNDEFINED' | 'AMBIGUOUS'

export interface Scenario {
  readonly name: string
  readonly tags?: readonly string[]
  /** Statuses of the steps, attempt by attempt; no attempt: listed and not executed. */
  readonly attempts: readonly (readonly Status[])[]
  readonly before?: Status
  readonly after?: Status
  /** Cells of an example row; scenarios of one name and different rows are rows of one outline. */
  readonly row?: string
}

export interface Stream {
  readonly feature?: string
  readonly scenarios: readonly Scenario[]
  /** The end of the run is missing. */
  readonly open?: true
  readonly runHook?: Status
}

const START = { timestamp: { seconds: 0, nanos: 0 } }
const DURATION = { seconds: 0, nanos: 1000 }

export const URI = 'features/kit.feature'

export function featureText({ feature = 'Kit', scenarios }: Stream): string {
  const body = scenarios.flatMap(({ name, tags = [], attempts }) => [
    `  ${tags.join(' ')}`,
    `  Scenario: ${name}`,
    ...(attempts[0] ?? ['PASSED']).map((_, step) => `    * step ${step}`),
  ])
  return [`Feature: ${feature}`, ...body, ''].join('\n')
}

export function messageStream(stream: Stream): string {
  const { feature = 'Kit', scenarios, open, runHook } = stream
  let last = 0
  const id = (): string => String((last += 1))
  const lines: object[] = [
    {
      meta: {
        protocolVersion: '32.3.1',
        implementation: { name: 'kit', version: '1' },
        cpu: { name: '' },
        os: { name: '' },
        runtime: { name: '' },
      },
    },
    { source: { uri: URI, data: featureText(stream), mediaType: 'text/x.cucumber.gherkin+plain' } },
  ]
  const hooks = new Map((['before', 'after'] as const).map((kind) => [kind, id()]))
  for (const [kind, hook] of hooks) {
    const type = kind === 'before' ? 'BEFORE_TEST_CASE' : 'AFTER_TEST_CASE'
    lines.push({ hook: { id: hook, type, sourceReference: { uri: 'hooks.ts', location: { line: 1 } } } })
  }
  const nodes = scenarios.map((scenario, index) => ({ scenario, index, node: id(), rowNode: id(), pickle: id(), case: id() }))
  lines.push(gherkinDocument(feature, nodes))
  const prepared = nodes.map(({ scenario, index, node, rowNode, pickle, case: testCase }) => {
    const steps = (scenario.attempts[0] ?? ['PASSED']).map((_, step) => ({
      id: id(),
      text: `step ${step}`,
      astNodeIds: [`${node}-${step}`],
    }))
    const tags = (scenario.tags ?? []).map((name, tag) => ({ name, astNodeId: `${node}-tag-${tag}` }))
    const astNodeIds = scenario.row === undefined ? [node] : [node, rowNode]
    const location = { line: 10 * index + 3, column: 3 }
    lines.push({ pickle: { id: pickle, uri: URI, name: scenario.name, language: 'en', steps, tags, astNodeIds, location } })
    return { scenario, pickle, testCase, steps }
  })
  const run = id()
  lines.push({ testRunStarted: { id: run, ...START } })
  if (runHook !== undefined) {
    const [hook, started] = [id(), id()]
    lines.push({ hook: { id: hook, type: 'BEFORE_TEST_RUN', sourceReference: { uri: 'hooks.ts', location: { line: 9 } } } })
    lines.push({ testRunHookStarted: { id: started, testRunStartedId: run, hookId: hook, ...START } })
    lines.push({ testRunHookFinished: { testRunHookStartedId: started, ...START, result: { status: runHook, duration: DURATION } } })
  }
  for (const one of prepared) lines.push(...execution(one, hooks, run, id))
  if (open !== true) lines.push({ testRunFinished: { testRunStartedId: run, success: true, ...START } })
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
}

interface Node {
  readonly scenario: Scenario
  readonly index: number
  readonly node: string
  readonly rowNode: string
}

function gherkinDocument(feature: string, nodes: readonly Node[]): object {
  const children = nodes.map(({ scenario, index, node, rowNode }) => {
    const line = 10 * index + 3
    const { name, row, tags = [], attempts } = scenario
    const steps = (attempts[0] ?? ['PASSED']).map((_, step) => ({
      id: `${node}-${step}`,
      keyword: '* ',
      keywordType: 'Unknown',
      text: `step ${step}`,
      location: { line: line + 1 + step, column: 5 },
    }))
    const cell = (value: string, at: number) => ({ value, location: { line: at, column: 7 } })
    const table = (value: string) => ({
      id: `${node}-examples`,
      tags: [],
      keyword: 'Examples',
      name: '',
      description: '',
      location: { line: line + 6, column: 5 },
      tableHeader: { id: `${node}-header`, cells: [cell('case', line + 7)], location: { line: line + 7, column: 7 } },
      tableBody: [{ id: rowNode, cells: [cell(value, line + 8)], location: { line: line + 8, column: 7 } }],
    })
    return {
      scenario: {
        id: node,
        keyword: row === undefined ? 'Scenario' : 'Scenario Outline',
        name,
        description: '',
        location: { line, column: 3 },
        steps,
        tags: tags.map((tag, at) => ({ id: `${node}-tag-${at}`, name: tag, location: { line: line - 1, column: 3 } })),
        examples: row === undefined ? [] : [table(row)],
      },
    }
  })
  const location = { line: 1, column: 1 }
  return {
    gherkinDocument: {
      uri: URI,
      comments: [],
      feature: { name: feature, keyword: 'Feature', language: 'en', description: '', tags: [], location, children },
    },
  }
}

interface Prepared {
  readonly scenario: Scenario
  readonly pickle: string
  readonly testCase: string
  readonly steps: readonly { readonly id: string }[]
}

function execution(
  { scenario, pickle, testCase, steps }: Prepared,
  hooks: ReadonlyMap<string, string>,
  run: string,
  id: () => string,
): object[] {
  if (scenario.attempts.length === 0) return []
  const around = (kind: 'before' | 'after') => (scenario[kind] === undefined ? [] : [{ id: id(), hookId: hooks.get(kind) }])
  const inner = steps.map((step) => ({ id: id(), pickleStepId: step.id, stepDefinitionIds: ['definition'], stepMatchArgumentsLists: [] }))
  const testSteps = [...around('before'), ...inner, ...around('after')]
  const lines: object[] = [{ testCase: { id: testCase, pickleId: pickle, testRunStartedId: run, testSteps } }]
  scenario.attempts.forEach((statuses, attempt) => {
    const started = id()
    const hooked = (kind: 'before' | 'after'): readonly Status[] => (scenario[kind] === undefined ? [] : [scenario[kind]])
    const results = [...hooked('before'), ...statuses, ...hooked('after')]
    lines.push({ testCaseStarted: { id: started, testCaseId: testCase, attempt, ...START } })
    testSteps.forEach((step, index) => {
      const at = { testCaseStartedId: started, testStepId: step.id, ...START }
      const status = results[index] ?? 'SKIPPED'
      const message = status === 'FAILED' ? { message: 'expected 1, observed 2' } : {}
      lines.push({ testStepStarted: at }, { testStepFinished: { ...at, testStepResult: { status, duration: DURATION, ...message } } })
    })
    lines.push({ testCaseFinished: { testCaseStartedId: started, willBeRetried: attempt + 1 < scenario.attempts.length, ...START } })
  })
  return lines
}
