/**
 * Compiles the project into dist/ when the digest of its sources differs from the one dist/ was built from.
 * The build happens in dist-next/ and is renamed into place, under a lock: nobody ever sees half of it, and two commands started at
 * once build once. Plain JavaScript: it must run before anything is compiled.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const ROOMS = ['bin', 'kernel', 'evidence', 'step-definitions', 'test', 'bench']
const LOCK_POLL_MS = 200
const LOCK_LIMIT_MS = 300_000
const NAMELESS_LOCK_LIMIT_MS = 10_000

/** Names the sources that dist/ was built from. */
const STAMP = '.sources.sha256'

/** Names, sizes and times of those sources when their digest was last found to be that of the stamp. */
const SEEN = '.sources.seen'

/** The program that runs in a browser: other libraries than Node's, so other settings. Compiled into the same output. */
const BROWSER_SETTINGS = 'evidence/render/explorer/page/tsconfig.json'

/** SHA-256 over path and content of every TypeScript source, the compiler settings and the lock file, in path order. */
export function sourcesDigest(root = ROOT) {
  const hash = createHash('sha256')
  for (const file of inputsOf(root))
    hash
      .update(file.split(sep).join('/'))
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.update(settingsOf(root)).digest('hex')
}

/**
 * Names, sizes, inodes and times of change of the same files. Taking it costs a tenth of the digest, and a file that was written since
 * has another time, which no program sets.
 */
function sourcesLook(root) {
  const lines = inputsOf(root).map((file) => {
    const { size, ino, mtimeMs, ctimeMs } = statSync(join(root, file))
    return `${file} ${size} ${ino} ${mtimeMs} ${ctimeMs}\n`
  })
  return createHash('sha256').update(lines.join('')).update(settingsOf(root)).digest('hex')
}

/** Paths below the root of all that the output is made from, sorted. */
function inputsOf(root) {
  const settings = ['tsconfig.json', BROWSER_SETTINGS, 'package-lock.json'].filter((name) => existsSync(join(root, name)))
  return [...sources(root), ...settings].sort()
}

/**
 * @param {{ root?: string, force?: boolean, progress?: (line: string) => void }} options
 * @returns {Promise<string | undefined>} undefined when dist/ is current, else one line that says why not, with the remedy.
 */
export async function ensureBuilt({ root = ROOT, force = false, progress = () => {} } = {}) {
  if (!force && isCurrent(root)) return undefined
  const compiler = locateCompiler(root)
  if (compiler === undefined) return 'dist/ is not built and TypeScript is not installed; remedy: run "npm ci"'
  try {
    return await underLock(root, async () => {
      if (!force && isCurrent(root)) return undefined
      progress('compiling the sources')
      return compile(root, compiler)
    })
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error.code)) {
      return `dist/ cannot be written (${error.code}); remedy: run "npm run build" as a user who may write to the project folder`
    }
    throw error
  }
}

function isCurrent(root) {
  const [stamp, seen] = [STAMP, SEEN].map((name) => join(root, 'dist', name))
  if (!existsSync(stamp)) return false
  const look = sourcesLook(root)
  if (existsSync(seen) && readFileSync(seen, 'utf8') === look) return true
  if (readFileSync(stamp, 'utf8') !== sourcesDigest(root)) return false
  try {
    writeFileSync(seen, look)
  } catch (error) {
    // An installation that may not be written to takes the digest each time.
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error.code)) throw error
  }
  return true
}

/** The digest is taken before the compiler reads: a source edited meanwhile makes the next start compile again. */
async function compile(root, compiler) {
  const digest = sourcesDigest(root)
  const [dist, next, old] = ['dist', 'dist-next', 'dist-old'].map((name) => join(root, name))
  rmSync(next, { recursive: true, force: true })
  // The previous output and its build information spare the compiler what has not changed.
  if (existsSync(dist)) cpSync(dist, next, { recursive: true })
  for (const name of [STAMP, SEEN]) rmSync(join(next, name), { force: true })
  removeOrphans(root, next)
  for (const [settings, buildInfo] of programsOf(root)) {
    const options = ['-p', join(root, settings), '--outDir', next, '--tsBuildInfoFile', join(next, buildInfo), '--pretty', 'false']
    const { status, output } = await collect(root, process.execPath, [compiler, ...options])
    if (status === 0) continue
    rmSync(next, { recursive: true, force: true })
    const lines = output.trim().split('\n')
    const more = lines.length > 1 ? ` (and ${lines.length - 1} more lines)` : ''
    return `the sources do not compile: ${lines[0]}${more}; remedy: npx tsc --noEmit -p ${settings === settingsOf(root) ? '.' : settings}`
  }
  writeFileSync(join(next, STAMP), digest)
  rmSync(old, { recursive: true, force: true })
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(next, dist)
  rmSync(old, { recursive: true, force: true })
  return undefined
}

/** Settings of each program, and the name of what the compiler remembers of it. */
const programsOf = (root) => [
  [settingsOf(root), '.tsbuildinfo'],
  ...(existsSync(join(root, BROWSER_SETTINGS)) ? [[BROWSER_SETTINGS, 'page.tsbuildinfo']] : []),
]

/** Output whose source is gone would still be found by `*.spec.js` and by an import: it goes, and with it the build information. */
function removeOrphans(root, next) {
  if (!existsSync(next)) return
  const expected = new Set(sources(root).flatMap(outputsOf))
  const orphans = filesBelow(next, '').filter((file) => !file.endsWith('.tsbuildinfo') && !expected.has(file))
  for (const file of orphans) rmSync(join(next, file))
  const missing = [...expected].some((file) => !existsSync(join(next, file)))
  if (orphans.length === 0 && !missing) return
  for (const [, buildInfo] of programsOf(root)) rmSync(join(next, buildInfo), { force: true })
}

const outputsOf = (source) => (source.endsWith('.d.ts') ? [] : [source.replace(/\.ts$/, '.js'), source.replace(/\.ts$/, '.js.map')])

/** Paths below the root. */
const sources = (root) => ROOMS.flatMap((room) => filesBelow(root, room)).filter((file) => file.endsWith('.ts'))

/** A walk of our own: `readdirSync` asks again for each entry what it is when it walks itself, which takes fifty times as long. */
function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(root, path)
    return entry.isFile() ? [path] : []
  })
}

/** A folder is the lock: creating one is atomic everywhere. The holder's process id lets others see that it died. */
async function underLock(root, work) {
  const lock = join(root, 'dist-lock')
  const owner = join(lock, 'pid')
  for (let waited = 0; !tryLock(lock, owner); waited += LOCK_POLL_MS) {
    if (isAbandoned(lock, owner)) rmSync(lock, { recursive: true, force: true })
    else if (waited > LOCK_LIMIT_MS) return `another build has held ${relative(root, lock)}/ for too long; remedy: remove that folder`
    else await pause(LOCK_POLL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function tryLock(lock, owner) {
  try {
    mkdirSync(lock)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  writeFileSync(owner, String(process.pid))
  return true
}

/** Abandoned: its process is gone, or it never got as far as writing its id. */
function isAbandoned(lock, owner) {
  try {
    const holder = existsSync(owner) ? Number(readFileSync(owner, 'utf8')) : 0
    if (holder === 0) return Date.now() - statSync(lock).mtimeMs > NAMELESS_LOCK_LIMIT_MS
    process.kill(holder, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Messages of the compiler name files relative to the folder it runs in. */
function collect(cwd, command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('error', reject).on('close', (status) => resolve({ status, output }))
  })
}

const locateCompiler = (root) => locate(root, 'typescript/lib/tsc.js')

/** Without the development dependencies (`npm ci --omit=dev`) the specs cannot be compiled, and nobody needs them. */
function settingsOf(root) {
  const runtime = 'tsconfig.runtime.json'
  return existsSync(join(root, runtime)) && locate(root, 'fast-check') === undefined ? runtime : 'tsconfig.json'
}

function locate(root, module) {
  try {
    return createRequire(join(root, 'package.json')).resolve(module)
  } catch {
    return undefined
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problem = await ensureBuilt({ force: process.argv.includes('--force') })
  if (problem !== undefined) console.error(`bulkhead: ${problem}`)
  // `npm ci` must not fail for want of a compiler; bin/bulkhead repeats the remedy when it is used.
  process.exitCode = problem !== undefined && !problem.startsWith('dist/') ? 2 : 0
}
