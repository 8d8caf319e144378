/**
 * Weaknesses planted in a copy of the compiled kernel, one at a time (planted-weaknesses.yaml): the scenario of the requirement that
 * each breaks must fail, by what it compares, and must pass on the kernel as it is. A suite that misses a planted weakness would
 * miss a real one. CC ATE_COV.
 */
import { runCucumber } from '@cucumber/cucumber/api'
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
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

/** Of the messages of a run, what its verdict is made of. */
interface RunMessage {
  readonly testCaseFinished?: unknown
  readonly testRunFinished?: unknown
  readonly testStepFinished?: { readonly testCaseStartedId: string; readonly testStepResult: { readonly message?: string } }
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

/** A tool that makes configurations is no part of the kernel that runs. */
const isTool = (module: string): boolean => /^config\/[^/]+\//u.test(module)

/** The compiled project this spec is part of. */
const built = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** What a weakness may be in or must be loaded beside it; of the rest of the kernel's room, the computer above all, one copy does. */
const COPIED = ['kernel/abi', 'kernel/common', 'kernel/separation', 'kernel/testbench', 'step-definitions']
const SHARED = ['kernel/devices', 'kernel/hardware', 'kernel/programs']

describe('Planted weaknesses', () => {
  let folder = ''
  let copies = 0

  before(() => {
    folder = mkdtempSync(join(projectRoot, 'dist-weakened-'))
    // The suite runs in this process, as it is: no other engine, no falsified value, no coverage of its own.
    process.env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BULKHEAD_')))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** A copy of the compiled kernel and its suite: modules are loaded once per path, so each kernel has a path of its own. */
  function copyKernel(weakness?: Weakness): string {
    const copy = join(folder, String(copies++))
    mkdirSync(join(copy, 'kernel'), { recursive: true })
    for (const room of COPIED) cpSync(join(built, room), join(copy, room), { recursive: true })
    for (const room of SHARED) symlinkSync(join(built, room), join(copy, room))
    if (weakness === undefined) return copy
    const file = join(copy, 'kernel/separation', weakness.module)
    const sound = readFileSync(file, 'utf8')
    assert.equal(sound.split(weakness.line).length, 2, 'the line to weaken stands in the module once')
    writeFileSync(
      file,
      sound.replace(weakness.line, () => weakness.instead),
    )
    return copy
  }

  const sound = async (): Promise<void> => {
    const { scenarios, failed } = await run(copyKernel(), weaknesses)
    assert.ok(scenarios > 0, 'no scenario ran')
    assert.equal(failed, 0)
  }

  test('on the kernel as it is the scenarios pass', sound)

  for (const weakness of weaknesses) {
    const { what, requirement, scenario } = weakness
    test(`${what}: ${requirement} fails in "${scenario}"`, async () => {
      const copy = copyKernel(weakness)
      const named = (await hostedDigest(copy)) !== (await hostedDigest(built))
      assert.equal(named, !isTool(weakness.module), 'the digest names the weakened kernel, and no tool that makes its configuration')
      const { scenarios, failed, finders } = await run(copy, [weakness])
      assert.ok(scenarios > 0, 'no scenario ran')
      assert.ok(failed > 0, 'the scenario passes on the weakened kernel')
      if (weakness['found by'] === 'model') assert.deepEqual([...finders], ['model'])
      else assert.ok(finders.has('step'), `no comparison failed, but: ${[...finders].join(', ')}`)
    })
  }

  test('and they still pass when all weakened ones have run: what failed did not fail for having run in one process', sound)
})

/** Of the hosted code in a compiled project, as the platform states it at boot. */
async function hostedDigest(project: string): Promise<string> {
  const module = pathToFileURL(join(project, 'kernel/testbench/hosted-code-digest.js')).href
  const { hostedCodeDigest } = (await import(module)) as { readonly hostedCodeDigest: () => Uint8Array }
  return Buffer.from(hostedCodeDigest()).toString('hex')
}

/** Runs the scenarios of these weaknesses on one copy of the kernel. */
async function run(copy: string, suspects: readonly Weakness[]): Promise<Outcome> {
  const steps = relative(projectRoot, join(copy, 'step-definitions')).replaceAll('\\', '/')
  const each = (of: (weakness: Weakness) => string): string[] => [...new Set(suspects.map(of))]
  const messages: RunMessage[] = []
  await runCucumber(
    {
      sources: {
        defaultDialect: 'en',
        order: 'defined',
        paths: each(({ feature }) => `features/${feature}.feature`),
        names: each(({ scenario }) => exactly(scenario)),
        tagExpression: each(({ requirement }) => `@REQ:${requirement}~1`).join(' or '),
      },
      support: { importPaths: [`${steps}/**/!(*.spec).js`] },
      runtime: {
        dryRun: false,
        failFast: false,
        filterStacktraces: false,
        parallel: 0,
        retry: 0,
        retryTagFilter: '',
        strict: true,
        worldParameters: {},
      },
      formats: { files: {}, publish: false, options: {}, stdout: 'message' },
    },
    { cwd: projectRoot, stdout: new PassThrough().resume() },
    (message) => messages.push(message),
  )
  return outcomeOf(messages)
}

/** Cucumber takes a title as a regular expression. */
const exactly = (title: string): string => `^${title.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}$`

/** @throws when the run was no run, or a scenario failed for another reason than a verdict of the suite. */
function outcomeOf(messages: readonly RunMessage[]): Outcome {
  assert.ok(
    messages.some(({ testRunFinished }) => testRunFinished),
    'the run did not finish',
  )
  const broken = messages.flatMap(({ testStepFinished: step }) => (step?.testStepResult.message === undefined ? [] : [step]))
  return {
    scenarios: messages.filter(({ testCaseFinished }) => testCaseFinished).length,
    failed: new Set(broken.map(({ testCaseStartedId }) => testCaseStartedId)).size,
    finders: new Set(broken.map(({ testStepResult }) => finderOf(testStepResult.message ?? ''))),
  }
}

function finderOf(message: string): Finder {
  const found = FINDERS.find(([pattern]) => pattern.test(message))
  assert.ok(found, `a scenario failed, but by no verdict: ${message.slice(0, 300)}`)
  return found[1]
}
