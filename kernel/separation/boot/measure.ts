/**
 * Measuring: SHA-256 over everything the manifest names, compared with what the manifest says. One routine serves the boot ROM
 * (M mode, physical addresses) and the self-test at run time. SKPP FPT_ESS_EXP.1, FPT_TST_EXP.1.
 */
import { createHash } from 'node:crypto'
import type { KernelMemory } from '../memory/kernel-memory.js'
import { VECTOR_DIGEST_AT, VECTOR_HEADER_BYTES } from '../config/vector.js'
import { type MeasuredItem, manifestItems } from './boot-manifest.js'
import { vectorAt } from './configuration-authority.js'

/** Model cycles for hashing one 64-byte block, beside reading it. */
export const BLOCK_CHARGE = 64

/** True when every item's digest is the manifest's. `hostedDigest`: what the platform states of the hosted code. */
export function measurementsHold(memory: KernelMemory, hostedDigest: Uint8Array): boolean {
  const items = manifestItems(memory)
  return items !== undefined && items.every((item) => equal(digestOf(memory, item, hostedDigest), expectedOf(memory, item)))
}

/** A vector that may be any of its owner's has its digest in its own header, which the signature vouches for at boot. */
function expectedOf(memory: KernelMemory, { kind, address, digest }: MeasuredItem): Uint8Array {
  return kind === 'configuration-key' ? memory.bytes(address + VECTOR_DIGEST_AT, digest.length) : digest
}

function digestOf(memory: KernelMemory, { kind, address, length }: MeasuredItem, hostedDigest: Uint8Array): Uint8Array {
  if (kind === 'hosted-code') return hostedDigest
  if (kind === 'configuration-key') return contentDigest(memory, address)
  return chargedDigest(memory, memory.bytes(address, length))
}

/** Nothing, which no digest equals, when there is no vector. */
function contentDigest(memory: KernelMemory, address: number): Uint8Array {
  const vector = vectorAt(memory, address)
  return vector === undefined ? new Uint8Array() : chargedDigest(memory, vector.subarray(VECTOR_HEADER_BYTES))
}

function chargedDigest(memory: KernelMemory, bytes: Uint8Array): Uint8Array {
  memory.port.charge(BLOCK_CHARGE * Math.ceil(bytes.length / 64))
  return sha256(bytes)
}

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())

/** Known answer: SHA-256 of "abc" (FIPS 180-4, example of one block). */
export function knownAnswerHolds(): boolean {
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  return Buffer.from(sha256(new TextEncoder().encode('abc'))).toString('hex') === expected
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, index) => byte === b[index])
