/**
 * What becomes of an error that reaches the top: refused input is one line, a defect is one line and a crash record.
 * A stack trace goes to the record, never to the terminal, unless BULKHEAD_DEBUG=1 asks for it.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { oneLine } from './terminal.js'

export type Failure = { readonly kind: 'refused'; readonly line: string } | { readonly kind: 'defect'; readonly line: string }

/** Refused input carries a `code` that is not one of Node's own ERR_ codes: those are thrown at wrong calls, which are defects. */
export function classify(error: unknown): Failure {
  if (!(error instanceof Error)) return { kind: 'defect', line: oneLine(`thrown: ${String(error)}`) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code !== undefined && !code.startsWith('ERR_')) return { kind: 'refused', line: oneLine(error.message) }
  return { kind: 'defect', line: oneLine(`${error.name}: ${error.message}`) }
}

/** Everything a maintainer needs; the name follows from the content, so that one defect leaves one file. */
export function writeCrashRecord(error: unknown, command: readonly string[], folder: string): string {
  const stack = error instanceof Error ? describeChain(error) : String(error)
  const record = `bulkhead ${command.join(' ')}\nnode ${process.versions.node} ${process.platform} ${process.arch}\n\n${stack}\n`
  const name = `crash-${createHash('sha256').update(record).digest('hex').slice(0, 12)}.txt`
  for (const place of [folder, tmpdir()]) {
    try {
      mkdirSync(place, { recursive: true })
      writeFileSync(join(place, name), record)
      return join(place, name)
    } catch {
      // A read-only installation: the next place is tried.
    }
  }
  return 'nowhere: no folder can be written'
}

function describeChain(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${describeChain(error.cause)}` : ''
  return `${error.stack ?? error.message}${cause}`
}
