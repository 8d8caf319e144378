/**
 * Where a pack goes and when. `latest` exists only while the last run ended in a whole pack: it is put aside as `previous` before a
 * run begins, and the new pack is built in a staging folder and renamed into place when it is complete and verified. So a run that
 * is refused, crashes or is killed leaves no `latest` at all, never an older pack that passes for its result.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { addedFiles, isPack } from '../../../evidence/attest/pack-mark.js'
import { RunError } from '../run/run-error.js'

/** Followed by the process id of the run and something random. */
const STAGING = '.staging-'
const SCRATCH = /^\.staging-(\d+)-\w{6}$/

export interface PackFolder {
  /** Scratch of this run: messages, raw coverage. Removed at the end. */
  readonly work: string
  /** The pack is written here. */
  readonly staging: string
  /** Makes the staged pack the latest one. */
  publish(): void
  /** Removes what is not published. */
  discard(): void
}

/** @param target the folder the pack will be; it is replaced only when it is absent, empty or an evidence pack. */
export function openPackFolder(target: string): PackFolder {
  const parent = dirname(target)
  writing(parent, () => mkdirSync(parent, { recursive: true }))
  removeAbandoned(parent)
  requireReplaceable(target)
  const previous = join(parent, basename(target) === 'latest' ? 'previous' : `${basename(target)}.previous`)
  if (existsSync(target)) {
    requireReplaceable(previous)
    writing(parent, () => {
      rmSync(previous, { recursive: true, force: true })
      renameSync(target, previous)
    })
  }
  const scratch = writing(parent, () => mkdtempSync(join(parent, `${STAGING}${process.pid}-`)))
  const [work, staging] = [join(scratch, 'work'), join(scratch, 'pack')]
  for (const folder of [work, staging]) mkdirSync(folder)
  return {
    work,
    staging,
    publish: () => {
      if (existsSync(target))
        throw new RunError('busy', `${basename(target)} appeared while this run was under way`, 'let one run end before the next begins')
      renameSync(staging, target)
    },
    discard: () => rmSync(scratch, { recursive: true, force: true }),
  }
}

/** Nothing is replaced that this tool did not write. */
function requireReplaceable(folder: string): void {
  if (!existsSync(folder)) return
  const remedy = 'name another folder or empty that one'
  if (!statSync(folder).isDirectory()) throw new RunError('not-a-pack', `${basename(folder)} is a file, so no pack can stand there`, remedy)
  if (readdirSync(folder).length === 0) return
  if (!isPack(folder))
    throw new RunError('not-a-pack', `${basename(folder)}/ holds files but no manifest.json of a pack, so it is not replaced`, remedy)
  const [added] = addedFiles(folder)
  if (added !== undefined)
    throw new RunError(
      'not-a-pack',
      `${basename(folder)}/ holds ${JSON.stringify(added)}, which is not of the pack, so it is not replaced`,
      remedy,
    )
}

function writing<Result>(folder: string, write: () => Result): Result {
  try {
    return write()
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new RunError('not-writable', `nothing can be written into ${folder}${reason}`, 'name a folder that you may write')
  }
}

/** Scratch folders of runs that were killed; what merely begins alike is somebody's own. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent).filter((entry) => SCRATCH.test(entry))) {
    const run = Number(SCRATCH.exec(name)?.[1])
    if (run !== process.pid && !isAlive(run)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function isAlive(run: number): boolean {
  try {
    process.kill(run, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
