/**
 * Weaknesses planted in a copy of the compiled kernel, one at a time (planted-weaknesses.yaml): the scenario of the requirement that
 * each breaks must fail, by what it compares, and must pass on the kernel as it is. A suite that misses a planted weakness would
 * miss a real one. CC ATE_COV.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { projectRoot } from '../../bin/project.js'

interface Weakness {
  readonly what: string
  readonly module: string
  readonly line: string
  readonly instead: string
  readonly requirement: string
  readonly feature: string
  readonly scenario: string
  readonly 'found by'?: 'model'
}

/** What made a scenario fail: a comparison with a stated value, or an oracle that looks on after the last step. */
type Finder = 'step' | 'model' | 'page-table oracle'

interface Outcome {
  readonly scenarios: number
  readonly failed: number
  readonly finders: ReadonlySet<Finder>
}

const { weaknesses } = parse(readFileSync(join(projectRoot, 'test/kernel/planted-weaknesses.yaml'), 'utf8')) as {
  readonly weaknesses: readonly Weakness[]
}

/** First line of a failed step's message, by who found the failure; any other one is no verdict of the suite but an accident. */
const FINDERS: readonly (readonly [RegExp, Finder])[] = [
  [/: expected .*, observed /u, 'step'],
  [/a transition that the policy does not permit/u, 'model'],
  [/the page tables in memory are not what the policy says/u, 'page-table oracle'],
]

/** The compiled project this spec is part of. */
const built = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

describe('Planted weaknesses', () => {
  let folder = ''

  before(() => {
    folder = mkdtempSync(join(projectRoot, 'dist-weakened-'))
    for (const room of ['kernel', 'step-definitions']) cpSync(join(built, room), join(folder, room), { recursive: true })
    mkdirSync(join(folder, 'bin'))
    const name = relative(projectRoot, folder)
    const imports = [`${name}/step-definitions/coverage.js`, `${name}/step-definitions/**/!(*.spec).js`]
    writeFileSync(join(folder, 'cucumber.mjs'), `export default ${JSON.stringify({ strict: true, import: imports })}\n`)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** Runs the scenarios of these weaknesses on the kernel in `folder`; so short a run gains nothing from optimised code. */
  function run(suspects: readonly Weakness[]): Outcome {
    const cucumber = join(projectRoot, 'node_modules/@cucumber/cucumber/bin/cucumber.js')
    const config = relative(projectRoot, join(folder, 'cucumber.mjs'))
    const select = [
      ...['--tags', [...new Set(suspects.map(({ requirement }) => `@REQ:${requirement}~1`))].join(' or ')],
      ...[...new Set(suspects.map(({ scenario }) => exactly(scenario)))].flatMap((title) => ['--name', title]),
      ...new Set(suspects.map(({ feature }) => `features/${feature}.feature`)),
    ]
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(BULKHEAD_|NODE_V8_)/u.test(name)))
    const { stdout, stderr } = spawnSync(process.execPath, ['--no-opt', cucumber, '--config', config, '--format', 'message', ...select], {
      cwd: projectRoot,
      encoding: 'utf8',
      env,
      maxBuffer: 2 ** 28,
    })
    return outcomeOf(stdout, stderr)
  }

  /** Of the hosted code as it lies in `folder` now: the query makes the module, which remembers what it read, load anew. */
  async function hostedDigest(state: string): Promise<string> {
    const module = pathToFileURL(join(folder, 'kernel/testbench/hosted-code-digest.js'))
    const { hostedCodeDigest } = (await import(`${module.href}?${state}`)) as { readonly hostedCodeDigest: () => Uint8Array }
    return Buffer.from(hostedCodeDigest()).toString('hex')
  }

  test('on the kernel as it is the scenarios pass', () => {
    const { scenarios, failed } = run(weaknesses)
    assert.ok(scenarios > 0, 'no scenario ran')
    assert.equal(failed, 0)
  })

  weaknesses.forEach((weakness, index) => {
    const { what, requirement, scenario } = weakness
    test(`${what}: ${requirement} fails in "${scenario}"`, async () => {
      const file = join(folder, 'kernel/separation', weakness.module)
      const sound = readFileSync(file, 'utf8')
      assert.equal(sound.split(weakness.line).length, 2, 'the line to weaken stands in the module once')
      const digest = await hostedDigest('sound')
      writeFileSync(
        file,
        sound.replace(weakness.line, () => weakness.instead),
      )
      try {
        assert.notEqual(await hostedDigest(String(index)), digest, 'the digest names the weakened kernel')
        const { scenarios, failed, finders } = run([weakness])
        assert.ok(scenarios > 0, 'no scenario ran')
        assert.ok(failed > 0, 'the scenario passes on the weakened kernel')
        if (weakness['found by'] === 'model') assert.deepEqual([...finders], ['model'])
        else assert.ok(finders.has('step'), `no comparison failed, but: ${[...finders].join(', ')}`)
      } finally {
        writeFileSync(file, sound)
      }
    })
  })
})

/** Cucumber takes a title as a regular expression. */
const exactly = (title: string): string => `^${title.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}$`

interface Envelope {
  readonly testCaseFinished?: unknown
  readonly testRunFinished?: unknown
  readonly testStepFinished?: {
    readonly testCaseStartedId: string
    readonly testStepResult: { readonly status: string; readonly message?: string }
  }
}

/** @throws when the run was no run, or a scenario failed for another reason than a verdict of the suite. */
function outcomeOf(messages: string, complaint: string): Outcome {
  const envelopes = messages
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Envelope)
  assert.ok(
    envelopes.some(({ testRunFinished }) => testRunFinished),
    `the run did not finish: ${complaint.slice(0, 500)}`,
  )
  const broken = envelopes.flatMap(({ testStepFinished: step }) => (step?.testStepResult.message === undefined ? [] : [step]))
  return {
    scenarios: envelopes.filter(({ testCaseFinished }) => testCaseFinished).length,
    failed: new Set(broken.map(({ testCaseStartedId }) => testCaseStartedId)).size,
    finders: new Set(broken.map(({ testStepResult }) => finderOf(testStepResult.message ?? ''))),
  }
}

function finderOf(message: string): Finder {
  const found = FINDERS.find(([pattern]) => pattern.test(message))
  assert.ok(found, `a scenario failed, but by no verdict: ${message.slice(0, 300)}`)
  return found[1]
}
