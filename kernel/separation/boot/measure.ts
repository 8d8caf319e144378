/**
 * Measuring: SHA-256 over everything the manifest names, compared with what the manifest says. One routine serves the boot ROM
 * (M mode, physical addresses) and the self-test at run time. SKPP FPT_ESS_EXP.1, FPT_TST_EXP.1.
 */
import { createHash } from 'node:crypto'
import type { KernelMemory } from '../memory/kernel-memory.js'
import { BOOT_MANIFEST } from '../memory/physical-map.js'
import { decodeItem, ITEM_BYTES, MOST_ITEMS, type MeasuredItem } from './boot-manifest.js'

/** Model cycles for hashing one 64-byte block, beside reading it. */
const BLOCK_CHARGE = 64

/** True when every item's digest is the manifest's. `hostedDigest`: what the platform states of the hosted code. */
export function measurementsHold(memory: KernelMemory, hostedDigest: Uint8Array): boolean {
  const count = memory.u64(BOOT_MANIFEST)
  if (count === 0n || count > BigInt(MOST_ITEMS)) return false
  for (let index = 0; index < count; index++) {
    const item = decodeItem(memory.bytes(BOOT_MANIFEST + 8 + index * ITEM_BYTES, ITEM_BYTES))
    if (item === undefined || !equal(digestOf(memory, item, hostedDigest), item.digest)) return false
  }
  return true
}

function digestOf(memory: KernelMemory, { kind, address, length }: MeasuredItem, hostedDigest: Uint8Array): Uint8Array {
  if (kind === 'hosted-code') return hostedDigest
  memory.port.charge(BLOCK_CHARGE * Math.ceil(length / 64))
  return sha256(memory.bytes(address, length))
}

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())

/** Known answer: SHA-256 of "abc" (FIPS 180-4, example of one block). */
export function knownAnswerHolds(): boolean {
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  return Buffer.from(sha256(new TextEncoder().encode('abc'))).toString('hex') === expected
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, index) => byte === b[index])
