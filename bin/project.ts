/** Where the project lies and what it is: its root folder, its package.json, the state of its source tree. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with package.json: this file runs as dist/bin/project.js, or as bin/project.ts through a loader. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder))
}

export interface ProjectState {
  readonly name: string
  readonly version: string
  /** Full commit id; `none` outside a git checkout (an unpacked archive). */
  readonly commit: string
  /** Tracked files differ from the commit, or there are files git neither tracks nor ignores. */
  readonly dirty: boolean
}

export function readProjectState(root = projectRoot): ProjectState {
  const { name, version } = readPackage(join(root, 'package.json'))
  const commit = git(root, 'rev-parse', 'HEAD')
  const changes = git(root, 'status', '--porcelain', '--untracked-files=normal')
  return { name, version, commit: commit ?? 'none', dirty: changes === undefined || changes !== '' }
}

/** ISO 8601 day of the commit; null outside a git checkout. The same for every run of one commit. */
export function commitDay(root = projectRoot): string | null {
  return git(root, 'show', '--no-patch', '--format=%cs', 'HEAD') ?? null
}

/** Version of an installed package, as its own package.json states it. */
export function packageVersion(name: string, root = projectRoot): string {
  return readPackage(join(root, 'node_modules', name, 'package.json')).version
}

function readPackage(file: string): { readonly name: string; readonly version: string } {
  return JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string }
}

function git(root: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}
