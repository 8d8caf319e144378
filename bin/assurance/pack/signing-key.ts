/** The key named by `--sign`. Read before any work begins, so that a wrong one costs no run. */
import { existsSync } from 'node:fs'
import type { KeyObject } from 'node:crypto'
import { regularText } from '../../tracing/regular-text.js'
import { UsageError, type CommandOption, type Invocation } from '../../command.js'

export const signOption: CommandOption = {
  type: 'string',
  value: 'FILE',
  help: 'Ed25519 private key in PEM: signs the manifest into signature.dsse.json',
}

/** Null: no signature was asked for. */
export async function signingKey(invocation: Invocation): Promise<KeyObject | null> {
  const file = invocation.text('sign')
  if (file === undefined) return null
  if (!existsSync(file))
    throw new UsageError(`${file}: no such file; remedy: make a key with "openssl genpkey -algorithm ed25519 -out ${file}"`)
  const { readPrivateKey } = await import('../../../evidence/attest/dsse-envelope.js')
  return readPrivateKey(file, regularText(file))
}
