/**
 * The binary floating-point formats and what their bits say. IEEE 754-2008, "Binary interchange format encodings"; NaNs as in
 * RISC-V Unprivileged, "NaN Generation and Propagation". Values are bit patterns in bigints.
 */
export interface FloatFormat {
  readonly bits: 16 | 32 | 64
  /** Bits of the trailing significand. */
  readonly fraction: number
  /** Exponent of the smallest normal number, as a power of two; the largest is 1 - emin. */
  readonly emin: number
  /** Quiet, positive, no payload: the NaN that every operation generates. */
  readonly canonicalNan: bigint
  readonly infinity: bigint
  readonly signBit: bigint
  /** The bit that tells a quiet NaN from a signaling one. */
  readonly quietBit: bigint
}

function format(bits: 16 | 32 | 64, fraction: number): FloatFormat {
  const exponentBits = bits - 1 - fraction
  const infinity = ((1n << BigInt(exponentBits)) - 1n) << BigInt(fraction)
  const quietBit = 1n << BigInt(fraction - 1)
  return {
    bits,
    fraction,
    emin: 2 - 2 ** (exponentBits - 1),
    canonicalNan: infinity | quietBit,
    infinity,
    signBit: 1n << BigInt(bits - 1),
    quietBit,
  }
}

export const HALF = format(16, 10)
export const SINGLE = format(32, 23)
export const DOUBLE = format(64, 52)

/** A finite value is (-1)^negative x significand x 2^exponent. */
export type Unpacked =
  | { readonly kind: 'finite'; readonly negative: boolean; readonly significand: bigint; readonly exponent: number }
  | { readonly kind: 'infinity'; readonly negative: boolean }
  | { readonly kind: 'nan'; readonly signaling: boolean }

export function unpack({ fraction, emin, infinity, signBit, quietBit }: FloatFormat, bits: bigint): Unpacked {
  const negative = (bits & signBit) !== 0n
  const magnitude = bits & (signBit - 1n)
  if (magnitude > infinity) return { kind: 'nan', signaling: (bits & quietBit) === 0n }
  if (magnitude === infinity) return { kind: 'infinity', negative }
  const trailing = BigInt.asUintN(fraction, magnitude)
  const biased = Number(magnitude >> BigInt(fraction))
  const significand = biased === 0 ? trailing : trailing | (1n << BigInt(fraction))
  return { kind: 'finite', negative, significand, exponent: emin - fraction + Math.max(biased - 1, 0) }
}
