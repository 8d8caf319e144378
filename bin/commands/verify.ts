/** `bulkhead verify`: is this folder the pack that its manifest describes? */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifestName, type Manifest } from '../../evidence/attest/manifest.js'
import type { PackProblem } from '../../evidence/attest/pack-files.js'
import { printProblem, verifyPack } from '../../evidence/attest/verify-pack.js'
import { misuse, UsageError, type Command, type ExitCode, type Invocation } from '../command.js'
import { oneLine, type Terminal } from '../terminal.js'

export const command: Command = {
  name: 'verify',
  summary: 'check an evidence pack against its manifest',
  usage: 'verify [options] FOLDER',
  options: { json: { type: 'boolean', help: 'the answer as JSON' } },
  operands: 1,
  run: async (invocation, terminal) => verify(invocation, terminal),
}

function verify(invocation: Invocation, terminal: Terminal): ExitCode {
  const [folder] = invocation.operands
  if (folder === undefined) throw misuse(command, 'no folder given')
  if (!existsSync(folder)) throw new UsageError(`${folder}: no such folder; remedy: name an evidence pack, such as reports/latest`)
  const problems = verifyPack(folder)
  const manifest = isUnreadable(problems) ? undefined : (JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as Manifest)
  const files = manifest?.files.length ?? 0
  if (invocation.flag('json')) {
    const digest = manifest?.digest ?? null
    terminal.out(`${JSON.stringify({ intact: problems.length === 0, files, digest, problems })}\n`)
  } else {
    for (const problem of problems) terminal.out(`${oneLine(printProblem(problem))}\n`)
    const answer = problems.length === 0 ? 'intact' : `not intact: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`
    terminal.out(`${folder}: ${answer}; ${files} files in the manifest; integrity only, signer unidentified\n`)
  }
  return problems.length === 0 ? 0 : 1
}

/** Without a manifest there is nothing to count. */
function isUnreadable(problems: readonly PackProblem[]): boolean {
  return problems.some(({ kind, path }) => path === manifestName && (kind === 'malformed-manifest' || kind === 'missing'))
}
