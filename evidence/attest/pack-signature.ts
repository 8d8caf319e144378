/**
 * The detached signature of a pack: an in-toto statement about the manifest, in a DSSE envelope beside it. A key that lies in the pack
 * itself, or that nobody vouches for, shows that the files belong together; it shows nothing about who put them there.
 * in-toto Attestation Framework 1.0, "Statement".
 */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSealedBy, keyId, readPublicKey, sealEnvelope, type DsseEnvelope } from './dsse-envelope.js'
import { manifestName, manifestSchema, signatureName } from './manifest.js'
import { sha256File } from './sha256.js'

const payloadType = 'application/vnd.in-toto+json'
const statementType = 'https://in-toto.io/Statement/v1'
const predicateType = 'urn:bulkhead:pack:1'
const largestEnvelope = 1 << 20

/** What the signature of a pack is worth. */
export type SignatureState =
  | { readonly kind: 'absent' }
  /** It fits the key that is enclosed, which anyone may have put there. */
  | { readonly kind: 'unidentified'; readonly keyId: string }
  /** It fits the key that the verifier brought. */
  | { readonly kind: 'identified'; readonly keyId: string }
  | { readonly kind: 'invalid'; readonly what: string }

/** Signs the manifest of a finished pack. Ed25519 signatures are deterministic: the same pack and key give the same bytes. */
export function signPack(folder: string, key: KeyObject): void {
  const statement = {
    _type: statementType,
    subject: [{ name: manifestName, digest: { sha256: sha256File(join(folder, manifestName)).digest } }],
    predicateType,
    predicate: { manifest: manifestSchema, publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }) },
  }
  const envelope = sealEnvelope(payloadType, Buffer.from(JSON.stringify(statement)), key)
  writeFileSync(join(folder, signatureName), `${JSON.stringify(envelope, null, 1)}\n`)
}

/** @param trusted the public key the verifier got from elsewhere; null: he has none. */
export function judgeSignature(folder: string, trusted: KeyObject | null): SignatureState {
  const text = readEnvelope(folder)
  if (text === null) return { kind: 'absent' }
  const envelope = parseEnvelope(text)
  if (envelope === null || envelope.payloadType !== payloadType) return invalid('is no DSSE envelope with an in-toto statement')
  const statement = parseStatement(envelope)
  if (statement === null) return invalid('holds no statement about a pack')
  const own = enclosedKey(statement.publicKey)
  if (own === null || !isSealedBy(envelope, own)) return invalid('does not fit the key that is enclosed')
  if (!sameDigest(folder, statement.digest)) return invalid('is about another manifest')
  if (trusted === null) return { kind: 'unidentified', keyId: keyId(own) }
  if (!isSealedBy(envelope, trusted)) return invalid(`was made with key ${keyId(own)}, not with the one given`)
  return { kind: 'identified', keyId: keyId(trusted) }
}

function invalid(what: string): SignatureState {
  return { kind: 'invalid', what }
}

function readEnvelope(folder: string): string | null {
  try {
    const state = lstatSync(join(folder, signatureName))
    return state.isFile() && state.size <= largestEnvelope ? readFileSync(join(folder, signatureName), 'utf8') : ''
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : ''
  }
}

function parseEnvelope(text: string): DsseEnvelope | null {
  const value = parsed(text)
  const { payloadType: type, payload, signatures } = isRecord(value) ? value : {}
  if (typeof type !== 'string' || typeof payload !== 'string' || !Array.isArray(signatures) || signatures.length === 0) return null
  const read = signatures.map((signature: unknown) => {
    const { keyid, sig } = isRecord(signature) ? signature : {}
    return typeof sig === 'string' ? { keyid: typeof keyid === 'string' ? keyid : '', sig } : null
  })
  const whole = read.filter((signature) => signature !== null)
  return whole.length === read.length ? { payloadType: type, payload, signatures: whole } : null
}

function parseStatement({ payload }: DsseEnvelope): { readonly digest: string; readonly publicKey: string } | null {
  const value = parsed(Buffer.from(payload, 'base64').toString('utf8'))
  if (!isRecord(value) || value['_type'] !== statementType || value['predicateType'] !== predicateType) return null
  const [subject, ...others] = Array.isArray(value['subject']) ? (value['subject'] as readonly unknown[]) : []
  const { name, digest } = isRecord(subject) ? subject : {}
  const sum = isRecord(digest) ? digest['sha256'] : undefined
  const { predicate } = value
  const publicKey = isRecord(predicate) ? predicate['publicKey'] : undefined
  if (others.length > 0 || name !== manifestName || typeof sum !== 'string' || typeof publicKey !== 'string') return null
  return { digest: sum, publicKey }
}

function enclosedKey(pem: string): KeyObject | null {
  try {
    return readPublicKey(signatureName, pem)
  } catch {
    return null
  }
}

function sameDigest(folder: string, digest: string): boolean {
  try {
    return sha256File(join(folder, manifestName)).digest === digest
  } catch {
    return false
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
