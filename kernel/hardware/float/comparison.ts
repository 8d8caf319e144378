/** Comparison of bit patterns. IEEE 754-2008, "Details of comparison predicates": a NaN is unordered, zeros are equal. */
import type { FloatFormat } from './format.js'

export function compare(format: FloatFormat, relation: 'equal' | 'less' | 'lessOrEqual', left: bigint, right: bigint): boolean {
  const a = place(format, left)
  const b = place(format, right)
  if (a === undefined || b === undefined) return false
  return relation === 'equal' ? a === b : relation === 'less' ? a < b : a <= b
}

/** Integers in the order of the values; `undefined`: a NaN. */
function place({ infinity, signBit }: FloatFormat, bits: bigint): bigint | undefined {
  const magnitude = bits & (signBit - 1n)
  if (magnitude > infinity) return undefined
  return (bits & signBit) === 0n ? magnitude : -magnitude
}
