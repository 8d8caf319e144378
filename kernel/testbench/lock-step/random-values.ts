/** Register values that are likely to matter: edges, pointers to data, exponents at the ends of their range. */
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { DATA } from './program-layout.js'
import type { SeededRandom } from './seeded-random.js'

const EDGES: readonly [bigint, ...bigint[]] = [
  0n,
  1n,
  2n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
]

export function randomValue(random: SeededRandom): bigint {
  if (random.once(3)) return random.pick(EDGES)
  if (random.once(2)) return randomPointer(random)
  return random.next64()
}

/** A doubleword of the data. */
export const randomPointer = (random: SeededRandom): bigint => BigInt(RAM_BASE + DATA + random.below(0x4000) * 8)

const EXPONENTS: readonly [bigint, ...bigint[]] = [0n, 1n, 0x3fen, 0x3ffn, 0x400n, 0x433n, 0x7fen, 0x7ffn]

/** Bits of a double or of a boxed narrower value: edges of the exponent, few or many significant bits. */
export function randomFloat(random: SeededRandom): bigint {
  if (random.once(3)) return (0xffff_ffffn << 32n) | BigInt(random.once(2) ? 0x3f80_0000 + random.below(0x100) * 0x1_0000 : random.next())
  const sign = random.once(2) ? 0n : 1n << 63n
  const fraction = random.once(3) ? BigInt(random.below(8)) << 49n : random.next64() & ((1n << 52n) - 1n)
  return sign | (random.pick(EXPONENTS) << 52n) | fraction
}
