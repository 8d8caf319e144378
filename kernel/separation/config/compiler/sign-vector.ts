/** Signs a vector with its owner's key: the signature lies behind the vector, in the file and in memory. RFC 8032, "Ed25519". */
import { createPublicKey, type KeyObject, sign } from 'node:crypto'

/** `key`: an Ed25519 private key. Equal inputs give equal signatures. */
export function signVector(vector: Uint8Array, key: KeyObject): Uint8Array {
  const signature = new Uint8Array(sign(null, vector, key))
  const signed = new Uint8Array(vector.length + signature.length)
  signed.set(vector)
  signed.set(signature, vector.length)
  return signed
}

/** The 32 bytes of the public half, as the boot manifest names it. */
export function publicKeyBytes(key: KeyObject): Uint8Array {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return new Uint8Array(Buffer.from(x ?? '', 'base64url'))
}
