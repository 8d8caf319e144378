/**
 * The qualification kit of the verdict logic (docs/qualification): its tests are run in this installation, and use cases, potential
 * errors, operational requirements and results are traced by the tool itself.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../project.js'
import { loadTrace, type LoadedTrace } from '../../tracing/load-trace.js'
import { RunError } from '../run/run-error.js'

const KIT = join(projectRoot, 'docs/qualification')
const TESTS = join(import.meta.dirname, '../../../test/qualification')
const RESULTS = 'qualification.junit.xml'

/** @throws RunError when the kit is not part of this installation or its tests did not run. */
export async function runQualificationKit(scratch: string): Promise<LoadedTrace> {
  const specs = existsSync(TESTS) ? readdirSync(TESTS).filter((name) => name.endsWith('.spec.js')) : []
  if (specs.length === 0)
    throw new RunError('scenarios-did-not-run', 'the tests of the qualification kit are not installed', 'run "npm ci" without --omit=dev')
  const results = join(scratch, RESULTS)
  await runTests(
    specs.sort().map((name) => join(TESTS, name)),
    results,
  )
  return loadTrace({
    requirements: ['use-cases.md', 'operational-requirements.md'].map((name) => join(KIT, name)),
    results: [results],
    coverage: [],
    policy: join(KIT, 'policy.yaml'),
    map: join(KIT, 'map.yaml'),
    baseline: null,
    run: null,
    root: null,
    asOf: null,
    title: 'Qualification kit of the verdict logic',
  })
}

/** The status is not asked: a failing test is in the results, and its requirement fails. */
function runTests(specs: readonly string[], results: string): Promise<void> {
  const reporter = ['--test-reporter=junit', `--test-reporter-destination=${results}`]
  // Inside node:test its own context is in the environment, and a runner started there would report to it.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_TEST_CONTEXT'))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--test', ...reporter, ...specs], { cwd: projectRoot, env, stdio: 'ignore' })
    child.on('error', reject)
    child.on('close', () => {
      if (existsSync(results)) resolve()
      else reject(new RunError('scenarios-did-not-run', 'the tests of the qualification kit did not run', 'run "npm run build"'))
    })
  })
}
