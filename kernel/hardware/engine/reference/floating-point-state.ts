/**
 * Floating-point registers, rounding modes and accrued exceptions, and the operations that round, from the exact arithmetic of float/.
 * RISC-V Unprivileged, "Floating-Point Control and Status Register"; RISC-V Privileged, "Extension Context Status in `mstatus` Register".
 */
import type { Rounded, RoundingMode } from '../../float/rounding.js'
import type { FloatFormatName, FloatOperation } from '../../isa/algebra.js'
import type { Execution } from './execution.js'
import { floatConversion, floatOfInteger, floatOperation, integerOfFloat, roundingModeOf } from './float-operations.js'

/** rm = 7: the mode is that of frm. */
const DYNAMIC = 7n

export class FloatingPointState {
  constructor(private readonly execution: Execution) {}

  need(): void {
    const { execution } = this
    if (!execution.stopped && execution.hart.floatingPointOff) execution.illegalInstruction()
  }

  read(register: number): bigint {
    return this.execution.hart.block.f(register)
  }

  write(register: number, value: bigint): void {
    const { hart, stopped } = this.execution
    if (stopped) return
    hart.block.setF(register, value)
    hart.dirtyFloatingPoint()
  }

  roundingMode(field: bigint): bigint {
    const mode = field === DYNAMIC ? this.execution.hart.block.get('frm') : field
    if (roundingModeOf(mode) === undefined) this.execution.illegalInstruction()
    return mode
  }

  raise(flags: bigint): void {
    const { hart, stopped } = this.execution
    if (stopped || flags === 0n) return
    hart.block.set('fflags', hart.block.get('fflags') | flags)
    hart.dirtyFloatingPoint()
  }

  operate(operation: FloatOperation, format: FloatFormatName, mode: bigint, operands: readonly bigint[]): bigint {
    return this.rounded(mode, (rounding) => floatOperation(operation, format, rounding, operands))
  }

  convert(from: FloatFormatName, to: FloatFormatName, mode: bigint, a: bigint): bigint {
    return this.rounded(mode, (rounding) => floatConversion(from, to, rounding, a))
  }

  fromInteger(format: FloatFormatName, mode: bigint, signed: boolean, a: bigint): bigint {
    return this.rounded(mode, (rounding) => floatOfInteger(format, rounding, signed, a))
  }

  toInteger(format: FloatFormatName, mode: bigint, width: 32 | 64, signed: boolean, a: bigint): bigint {
    return this.rounded(mode, (rounding) => integerOfFloat(format, rounding, width, signed, a))
  }

  private rounded(mode: bigint, compute: (mode: RoundingMode) => Rounded): bigint {
    const rounding = roundingModeOf(mode)
    if (this.execution.stopped || rounding === undefined) return 0n
    const { bits, flags } = compute(rounding)
    this.raise(BigInt(flags))
    return bits
  }
}
