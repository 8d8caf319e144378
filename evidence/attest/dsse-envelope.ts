/**
 * A DSSE envelope with Ed25519 signatures: what is signed is the type and the bytes of the payload, never a re-serialised text.
 * DSSE 1.0, "Protocol" and "Envelope"; RFC 8032. Key ids are the SHA-256 of the public key (SubjectPublicKeyInfo, DER).
 */
import { createPublicKey, createPrivateKey, sign, verify, type KeyObject } from 'node:crypto'
import { dsse } from '@sigstore/core'
import { EvidenceError } from '../model/errors.js'
import { sha256 } from './sha256.js'

export interface DsseEnvelope {
  readonly payloadType: string
  /** Base64. */
  readonly payload: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

export function sealEnvelope(payloadType: string, payload: Uint8Array, key: KeyObject): DsseEnvelope {
  const signature = sign(null, dsse.preAuthEncoding(payloadType, Buffer.from(payload)), key)
  return {
    payloadType,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: keyId(createPublicKey(key)), sig: signature.toString('base64') }],
  }
}

/** True when one of the signatures was made with the private half of `key`; the key id is a hint and decides nothing. */
export function isSealedBy({ payloadType, payload, signatures }: DsseEnvelope, key: KeyObject): boolean {
  const bytes = dsse.preAuthEncoding(payloadType, Buffer.from(payload, 'base64'))
  return signatures.some(({ sig }) => verify(null, bytes, key, Buffer.from(sig, 'base64')))
}

export function keyId(key: KeyObject): string {
  return sha256(key.export({ type: 'spki', format: 'der' }))
}

/** @throws EvidenceError `unsuitable-key` for anything but an Ed25519 key in PEM. */
export function readPrivateKey(file: string, pem: string): KeyObject {
  return suitable(file, 'private', () => createPrivateKey(pem))
}

/** A public key; a private one is refused, since it would be handed around. */
export function readPublicKey(file: string, pem: string): KeyObject {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) throw unsuitable(file, 'is a private key', 'give the public one')
  return suitable(file, 'public', () => createPublicKey(pem))
}

function suitable(file: string, half: 'private' | 'public', read: () => KeyObject): KeyObject {
  let key: KeyObject
  try {
    key = read()
  } catch (cause) {
    throw unsuitable(file, `is no ${half} key in PEM`, 'make one with "openssl genpkey -algorithm ed25519"', cause)
  }
  if (key.asymmetricKeyType === 'ed25519') return key
  throw unsuitable(file, `holds a key of type ${key.asymmetricKeyType ?? 'unknown'}`, 'give an Ed25519 key')
}

function unsuitable(file: string, what: string, remedy: string, cause?: unknown): EvidenceError {
  return new EvidenceError('unsuitable-key', { file }, what, remedy, { cause })
}
