/** Result codes of kernel calls. a0 holds 0 for OK, the negated number otherwise. */
export const RETURN_CODES = {
  OK: 0,
  /** No object behind the capability slot, or one of another kind. */
  CAP: 1,
  /** The object is there and the right is not. */
  PERM: 2,
  /** An argument outside its range, or memory the caller may not use. */
  ARG: 3,
  /** Message longer than the port's, empty, or longer than the caller's room. */
  LEN: 4,
  FULL: 5,
  EMPTY: 6,
  TIMEOUT: 7,
  /** Not possible in the present state of the object. */
  STATE: 8,
  /** No call of this number. */
  CALL: 9,
} as const

export type ReturnCode = keyof typeof RETURN_CODES

/** a0 as the caller sees it: two's complement in 64 bits. */
export const returnValue = (code: ReturnCode): bigint => BigInt.asUintN(64, -BigInt(RETURN_CODES[code]))

export function returnCodeOf(a0: bigint): ReturnCode | undefined {
  const names = Object.keys(RETURN_CODES) as ReturnCode[]
  return names.find((name) => returnValue(name) === a0)
}
