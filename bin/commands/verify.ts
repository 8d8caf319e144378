/** `bulkhead verify`: is this folder the pack that its manifest describes, and whose is it? Offline; one page. */
import { existsSync } from 'node:fs'
import type { KeyObject } from 'node:crypto'
import { readPublicKey } from '../../evidence/attest/dsse-envelope.js'
import { judgePack, verdictLines } from '../../evidence/attest/pack-verdict.js'
import { misuse, UsageError, type Command, type ExitCode, type Invocation } from '../command.js'
import { oneLine, type Terminal } from '../terminal.js'
import { regularText } from '../tracing/regular-text.js'

export const command: Command = {
  name: 'verify',
  summary: 'check an evidence pack against its manifest',
  usage: 'verify [options] FOLDER',
  options: {
    key: {
      type: 'string',
      value: 'FILE',
      help: 'public key of the signer in PEM, got from elsewhere than the pack; then the signature must be its',
    },
    json: { type: 'boolean', help: 'the answer as JSON' },
  },
  operands: 1,
  run: async (invocation, terminal) => verify(invocation, terminal),
}

function verify(invocation: Invocation, terminal: Terminal): ExitCode {
  const [folder] = invocation.operands
  if (folder === undefined) throw misuse(command, 'no folder given')
  if (!existsSync(folder)) throw new UsageError(`${folder}: no such folder; remedy: name an evidence pack, such as reports/latest`)
  const verdict = judgePack(folder, trustedKey(invocation.text('key')))
  if (invocation.flag('json')) terminal.out(`${JSON.stringify(verdict)}\n`)
  else for (const line of verdictLines(folder, verdict)) terminal.out(`${oneLine(line)}\n`)
  return verdict.passed ? 0 : 1
}

function trustedKey(file: string | undefined): KeyObject | null {
  if (file === undefined) return null
  if (!existsSync(file)) throw new UsageError(`${file}: no such file; remedy: correct --key`)
  return readPublicKey(file, regularText(file))
}
