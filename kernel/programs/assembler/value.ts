/**
 * What an expression is worth while addresses may still be unknown: 64 bits, and what they depend on.
 * GNU as, "Integer Expressions": an address minus an address of the same section is a constant.
 */

export type SectionName = 'text' | 'rodata' | 'data' | 'bss'

export interface Value {
  /** Signed 64-bit. While sections are not placed, the offset in the section for an address. */
  readonly bits: bigint
  /** `absolute`: the same wherever sections stand. `unsettled`: depends on addresses in a way that only the last pass knows. */
  readonly depends: SectionName | 'absolute' | 'unsettled'
  /** A symbol that the source defines further down takes part: the value must not decide the size of anything. */
  readonly forward: boolean
}

const wrap = (bits: bigint): bigint => BigInt.asIntN(64, bits)

export const absolute = (bits: bigint): Value => ({ bits: wrap(bits), depends: 'absolute', forward: false })

export const address = (bits: bigint, section: SectionName): Value => ({ bits: wrap(bits), depends: section, forward: false })

/** Stands for a symbol that the first pass has not met yet. */
export const UNKNOWN: Value = { bits: 0n, depends: 'unsettled', forward: true }

/** True when the value is the same in every pass and may decide a size. */
export const isConstant = (value: Value): boolean => value.depends === 'absolute' && !value.forward

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '<<' | '>>' | '&' | '|' | '^'

/** @returns undefined for a division by zero. */
export function combine(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const bits = calculate(operator, left.bits, right.bits)
  if (bits === undefined) return undefined
  return { bits: wrap(bits), depends: dependence(operator, left.depends, right.depends), forward: left.forward || right.forward }
}

export function negate(value: Value, operator: '-' | '~'): Value {
  const bits = operator === '-' ? -value.bits : ~value.bits
  return { bits: wrap(bits), depends: value.depends === 'absolute' ? 'absolute' : 'unsettled', forward: value.forward }
}

function dependence(operator: BinaryOperator, left: Value['depends'], right: Value['depends']): Value['depends'] {
  if (left === 'absolute' && right === 'absolute') return 'absolute'
  if (left === 'unsettled' || right === 'unsettled') return 'unsettled'
  if (operator === '+' && left === 'absolute') return right
  if ((operator === '+' || operator === '-') && right === 'absolute') return left
  return operator === '-' && left === right ? 'absolute' : 'unsettled'
}

/** Division truncates towards zero; `>>` shifts in zeros; a shift by 64 or more leaves nothing. */
function calculate(operator: BinaryOperator, left: bigint, right: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0n ? undefined : left / right
    case '%':
      return right === 0n ? undefined : left % right
    case '<<':
      return right < 0n || right > 63n ? 0n : left << right
    case '>>':
      return right < 0n || right > 63n ? 0n : BigInt.asUintN(64, left) >> right
    case '&':
      return left & right
    case '|':
      return left | right
    case '^':
      return left ^ right
  }
}
