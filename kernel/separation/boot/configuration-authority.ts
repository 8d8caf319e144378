/**
 * Who decides which configuration may be booted. The manifest in ROM names the digest of the one vector, or else the owner's Ed25519 key
 * and the least revision: then any vector boots that the owner signed and that is not older. RFC 8032; SKPP FPT_CFG_EXP.1, FMT_MCD_EXP.1.
 */
import { createPublicKey, verify } from 'node:crypto'
import { LARGEST_VECTOR, SIGNATURE_BYTES } from '../config/limits.js'
import { VECTOR_HEADER_BYTES, vectorLength } from '../config/vector.js'
import type { KernelMemory } from '../memory/kernel-memory.js'
import { type MeasuredItem, manifestItems } from './boot-manifest.js'

/** Model cycles for one verification, beside reading what is signed. */
const VERIFY_CHARGE = 50_000

const keyItem = (memory: KernelMemory): MeasuredItem | undefined => manifestItems(memory)?.find(({ kind }) => kind === 'configuration-key')

/** True when the ROM names no key, or the vector bears a signature by it. The signature lies behind the vector. */
export function signatureHolds(memory: KernelMemory): boolean {
  const item = keyItem(memory)
  if (item === undefined) return true
  const vector = vectorAt(memory, item.address)
  if (vector === undefined) return false
  memory.port.charge(VERIFY_CHARGE)
  return verifySignature(item.digest, vector, memory.bytes(item.address + vector.length, SIGNATURE_BYTES))
}

/** Revisions below it were valid once, and are not any more. */
export const leastRevision = (memory: KernelMemory): number => keyItem(memory)?.length ?? 0

/** The bytes of the vector that begins here, by its own header; undefined when none does. */
export function vectorAt(memory: KernelMemory, address: number): Uint8Array | undefined {
  const length = vectorLength(memory.bytes(address, VECTOR_HEADER_BYTES))
  return length === undefined || length > LARGEST_VECTOR ? undefined : memory.bytes(address, length)
}

/** `key`: the 32 bytes of a public key (RFC 8032, "Ed25519"); bytes that are no key verify nothing. */
export function verifySignature(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') }
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature)
}

/** Known answer: RFC 8032, "Test Vectors for Ed25519", TEST 1, an empty message; and the same with one bit altered. */
export function knownSignatureHolds(): boolean {
  const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
  const key = bytes('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
  const signature = bytes(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  )
  const altered = signature.with(0, (signature[0] ?? 0) ^ 1)
  return verifySignature(key, new Uint8Array(), signature) && !verifySignature(key, new Uint8Array(), altered)
}
