/**
 * Compiles the project into dist/ when the digest of its sources differs from the one dist/ was built from.
 * Plain JavaScript: it must run before anything is compiled.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const rooms = ['bin', 'kernel', 'evidence', 'step-definitions', 'test', 'bench']
const stamp = join(root, 'dist', '.sources.sha256')

/** SHA-256 over path and content of every TypeScript source and the compiler settings, in path order. */
export function sourcesDigest() {
  const hash = createHash('sha256')
  const files = rooms.flatMap((room) => sourceFiles(join(root, room)))
  for (const file of [...files, join(root, 'tsconfig.json'), join(root, 'package-lock.json')].sort()) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function sourceFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}

/** @returns {string | undefined} undefined when dist/ is current, else one line that says why not. */
export function ensureBuilt({ force = false } = {}) {
  const digest = sourcesDigest()
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return undefined
  const compiler = locateCompiler()
  if (compiler === undefined) return 'dist/ is not built and TypeScript is not installed; remedy: run "npm ci"'
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const run = spawnSync(process.execPath, [compiler, '-p', root], { encoding: 'utf8' })
  if (run.status !== 0) return `the sources do not compile: ${(run.stdout || run.stderr).trim().split('\n')[0]}`
  writeFileSync(stamp, digest)
  return undefined
}

function locateCompiler() {
  try {
    return createRequire(join(root, 'package.json')).resolve('typescript/lib/tsc.js')
  } catch {
    return undefined
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problem = ensureBuilt({ force: process.argv.includes('--force') })
  if (problem !== undefined) console.error(`bulkhead: ${problem}`)
  // `npm ci` must not fail for want of a compiler; bin/bulkhead repeats the remedy when it is used.
  process.exitCode = problem !== undefined && !problem.startsWith('dist/') ? 2 : 0
}
