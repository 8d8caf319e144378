/**
 * Integer registers by number and by ABI name, and the letters of a FENCE operand.
 * RISC-V Unprivileged, "RISC-V Assembly Programmer's Handbook" and "Memory Ordering Instructions".
 */

/** ABI names, x0 first. */
export const ABI_NAMES = [
  ...['zero', 'ra', 'sp', 'gp', 'tp', 't0', 't1', 't2', 's0', 's1'],
  ...['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7'],
  ...['s2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 's10', 's11', 't3', 't4', 't5', 't6'],
] as const

/** Register numbers by every accepted spelling. `fp` is s0. */
export const REGISTER_NUMBERS: ReadonlyMap<string, number> = new Map([
  ...ABI_NAMES.map((name, number): [string, number] => [name, number]),
  ...ABI_NAMES.map((_, number): [string, number] => [`x${number}`, number]),
  ['fp', 8],
])

/** PI, PO, PR, PW and SI, SO, SR, SW. */
const FENCE_LETTERS = [
  ['i', 8],
  ['o', 4],
  ['r', 2],
  ['w', 1],
] as const

/** The bits of a predecessor or successor set, or undefined: letters in order, none twice, `0` for the empty set. */
export function fenceBits(text: string): number | undefined {
  const bits = FENCE_LETTERS.reduce((sum, [letter, bit]) => sum + (text.includes(letter) ? bit : 0), 0)
  return fenceText(bits) === text ? bits : undefined
}

export function fenceText(bits: number): string {
  return FENCE_LETTERS.map(([letter, bit]) => (bits & bit ? letter : '')).join('') || '0'
}
