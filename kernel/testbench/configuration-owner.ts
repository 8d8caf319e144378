/** A machine that trusts the signature of its owner instead of one digest: what its boot ROM names, and what lies behind the vector. */
import { publicKeyBytes, signVector } from '../separation/config/compiler/sign-vector.js'
import { SIGNATURE_BYTES } from '../separation/config/limits.js'
import { OWNER_KEY, STRANGER_KEY } from './published-keys.js'
import type { Signer } from './system-under-test.js'

/** What the boot ROM names of the owner; revisions below the least one were valid once. */
export interface OwnerTrust {
  readonly leastRevision: number
  readonly signer: Signer
}

export const OWNER_PUBLIC_KEY = publicKeyBytes(OWNER_KEY)

/** The vector and what follows it in memory. */
export function signedBy(signer: Signer, vector: Uint8Array): Uint8Array {
  if (signer === 'its owner') return signVector(vector, OWNER_KEY)
  if (signer === 'a stranger') return signVector(vector, STRANGER_KEY)
  return Uint8Array.of(...vector, ...new Uint8Array(SIGNATURE_BYTES))
}
