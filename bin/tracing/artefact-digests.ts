/** The present bytes of the artefacts of analysis and inspection, as SHA-256 by path. What is not there, or no file, has none. */
import { statSync } from 'node:fs'
import { sha256File } from '../../evidence/attest/sha256.js'
import type { WrittenArtefact } from '../../evidence/items/traced-method.js'

export function artefactDigests(artefacts: readonly WrittenArtefact[] | null): ReadonlyMap<string, string> {
  const digests = new Map<string, string>()
  for (const path of new Set((artefacts ?? []).map((artefact) => artefact.path))) {
    const digest = statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readableDigest(path) : null
    if (digest !== null) digests.set(path, digest)
  }
  return digests
}

/** Null: it may not be read, and so shows nothing. */
function readableDigest(path: string): string | null {
  try {
    return sha256File(path).digest
  } catch {
    return null
  }
}
