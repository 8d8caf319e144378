/**
 * V8 coverage per scenario. Loaded before any module of the kernel: V8 counts only what runs after it was asked to.
 * Switched on by BULKHEAD_COVERAGE, the folder that receives one file per scenario, in the form c8 merges.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { Session, type Profiler } from 'node:inspector'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = process.env['BULKHEAD_COVERAGE']
const session = folder === undefined ? undefined : startSession(folder)
let taken = 0

function startSession(into: string): Session {
  mkdirSync(into, { recursive: true })
  const started = new Session()
  started.connect()
  started.post('Profiler.enable')
  started.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return started
}

/** Functions of the system under test that ran, by module path relative to the project. */
export type ExecutedFunctions = Readonly<Record<string, readonly string[]>>

/** Counts since the last call; empty when coverage is off. Writes the raw counts for c8. */
export function takeCoverage(): ExecutedFunctions {
  if (session === undefined || folder === undefined) return {}
  const scripts = kernelScripts(session)
  writeFileSync(join(folder, `coverage-${process.pid}-${taken++}.json`), JSON.stringify({ result: scripts }))
  const modules = scripts
    .filter(({ url }) => SYSTEM.test(moduleOf(url)))
    .map(({ url, functions }) => [moduleOf(url), executed(functions)] as const)
  return Object.fromEntries(modules.filter(([, functions]) => functions.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function kernelScripts(from: Session): readonly Profiler.ScriptCoverage[] {
  let scripts: readonly Profiler.ScriptCoverage[] = []
  from.post('Profiler.takePreciseCoverage', (error, { result }) => {
    if (error !== null) throw error
    scripts = result.filter(({ url }) => url.startsWith('file:') && moduleOf(url).startsWith('kernel/'))
  })
  return scripts
}

/** The system itself: not the computer it runs on, nor what drives and builds it. */
const SYSTEM = /^kernel\/(?:abi|separation|virtualization)\//

const executed = (functions: readonly Profiler.FunctionCoverage[]): readonly string[] => {
  const names = functions
    .filter(({ functionName, ranges }) => functionName !== '' && (ranges[0]?.count ?? 0) > 0)
    .map(({ functionName }) => functionName)
  return [...new Set(names)].sort()
}

const root = fileURLToPath(new URL('..', import.meta.url)).replaceAll('\\', '/')

const moduleOf = (url: string): string => {
  const path = fileURLToPath(url).replaceAll('\\', '/')
  return path.startsWith(root) ? path.slice(root.length).replace(/\.js$/, '.ts') : ''
}
