/**
 * `npm test`: everything that checks the project itself. Builds, lints (ESLint, Prettier, dependency-cruiser), then runs the
 * node:test specs over dist/. The last line reads `N passed, N failed`; a failed lint counts as one.
 *   node bin/test.js [--no-lint] [--verbose] [PART OF A SPEC'S PATH ...]
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'))
const parts = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

/** Specs that take longer than this hang. */
const SPEC_LIMIT_MS = 300_000

const LINTS = [
  ['eslint', 'eslint/bin/eslint.js', ['--max-warnings', '0', '.']],
  ['prettier', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']],
  ['dependency-cruiser', 'dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', '--', ...rooms()]],
]

process.exitCode = await main()

async function main() {
  provideData()
  const problem = await ensureBuilt({ progress: console.log })
  const build = { passed: problem === undefined ? 1 : 0, failed: problem === undefined ? 0 : 1 }
  if (problem !== undefined) console.log(`not ok  build: ${problem}`)
  const lints = flags.includes('--no-lint') || parts.length > 0 ? [] : LINTS
  // Lints use one core and the specs the other: neither waits for the other.
  const [lint, specs] = await Promise.all([runLints(lints), problem === undefined ? runSpecs(specFiles()) : { passed: 0, failed: 0 }])
  const passed = build.passed + lint.passed + specs.passed
  const failed = build.failed + lint.failed + specs.failed
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** Third-party inputs lie outside the repository; a spec over them says when it has none (BULKHEAD_DATA). */
function provideData() {
  const neighbour = resolve(root, '..', 'shared', 'data')
  if (process.env.BULKHEAD_DATA === undefined && existsSync(neighbour)) process.env.BULKHEAD_DATA = neighbour
  if (process.env.BULKHEAD_DATA === undefined) console.log('BULKHEAD_DATA is not set: specs over third-party files are not run')
  else console.log('third-party files: found through BULKHEAD_DATA')
}

async function runLints(lints) {
  let failed = 0
  for (const [name, script, args] of lints) {
    const file = join(root, 'node_modules', script)
    const { status, output } = existsSync(file)
      ? await collect(process.execPath, [file, ...args])
      : { status: 1, output: 'not installed; remedy: run "npm ci" without --omit=dev\n' }
    console.log(`${status === 0 ? 'ok     ' : 'not ok '} ${name}`)
    if (status !== 0) {
      failed += 1
      console.log(output)
    }
  }
  return { passed: lints.length - failed, failed }
}

/** One process per spec file; only leaves count, a suite is no test. */
function runSpecs(files) {
  if (files.length === 0) {
    console.log('not ok  no spec file found')
    return { passed: 0, failed: 1 }
  }
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const stream = run({ files, concurrency: Math.max(1, availableParallelism()), timeout: SPEC_LIMIT_MS })
  stream.on('test:pass', ({ details, skip, todo }) => {
    if (details.type === 'suite') return
    if (skip === undefined && todo === undefined) counts.passed += 1
    else counts.skipped += 1
  })
  stream.on('test:fail', (event) => {
    if (event.details.type === 'suite' && event.details.error?.failureType === 'subtestsFailed') return
    counts.failed += 1
    if (!flags.includes('--verbose')) console.log(describe(event))
  })
  if (flags.includes('--verbose')) stream.compose(new spec()).pipe(process.stdout)
  else stream.resume()
  return new Promise((done) => {
    stream.on('end', () => {
      console.log(`specs: ${files.length} files, ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
      done(counts)
    })
  })
}

function describe({ name, file, line, details }) {
  const cause = details.error?.cause ?? details.error
  const text = String(cause?.stack ?? cause?.message ?? cause)
    .split('\n')
    .slice(0, 25)
    .map((row) => `        ${row}`)
  return `not ok  ${name}\n        ${file === undefined ? '' : relative(root, file)}:${line ?? '?'}\n${text.join('\n')}`
}

function specFiles() {
  const dist = join(root, 'dist')
  return readdirSync(dist, { recursive: true })
    .filter((name) => name.endsWith('.spec.js') && (parts.length === 0 || parts.some((part) => name.includes(part))))
    .map((name) => join(dist, name))
    .sort()
}

function rooms() {
  return ['bin', 'evidence', 'kernel', 'step-definitions', 'test', 'bench'].filter((room) => existsSync(join(root, room)))
}

function collect(command, args) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('error', fail).on('close', (status) => done({ status, output }))
  })
}
