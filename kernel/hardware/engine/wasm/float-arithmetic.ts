/**
 * The operations that round, with the host's instructions. Fused multiply-add: the host's own where it has one, else Boldo and
 * Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd". Single precision is computed
 * in double and rounded twice, which is harmless because 53 >= 2 x 24 + 2 (Figueroa).
 */
import type { FloatOperation } from '../../isa/algebra.js'
import type { HostFormat } from './float-code.js'
import { FloatExactness, RANGE, type ToNearest } from './float-exactness.js'
import { emitRelaxedMultiplyAdd } from './fused-multiply-add.js'
import type { Local } from './function-body.js'
import { F64 } from './opcodes.js'

export class FloatArithmetic extends FloatExactness {
  /** Operands and result hold values of the format, as doubles. */
  compute(operation: FloatOperation, format: HostFormat, toNearest: ToNearest, a: Local, b: Local, c: Local): Local {
    switch (operation) {
      case 'add':
        return this.sum(format, toNearest, a, b)
      case 'subtract':
        return this.sum(format, toNearest, a, this.set(F64, this.op('f64.neg', this.get(b))))
      case 'multiply':
        return this.product(format, toNearest, a, b)
      case 'divide':
        return this.quotient(format, toNearest, a, b)
      case 'squareRoot':
        return this.root(format, toNearest, a)
      case 'multiplyAdd':
        if (format === 'single') return this.fusedSingle(toNearest, a, b, c)
        return this.host.fuses && toNearest === undefined ? this.fusedByHost(a, b, c) : this.fusedDouble(toNearest, a, b, c)
    }
  }

  private sum(format: HostFormat, toNearest: ToNearest, a: Local, b: Local): Local {
    const sum = this.arith('f64.add', a, b)
    const result = this.rounded(format, sum)
    this.leaveUnlessSmall(format, result)
    this.leaveIfZeroOtherwise(toNearest, result)
    this.whenItMatters(toNearest, () =>
      this.either(this.isNotZero(this.sumError(sum, a, b)), this.op('f64.ne', this.get(result), this.get(sum))),
    )
    return result
  }

  private product(format: HostFormat, toNearest: ToNearest, a: Local, b: Local): Local {
    const product = this.arith('f64.mul', a, b)
    const result = this.rounded(format, product)
    this.leaveOutside(format, product, this.both(this.isZero(product), this.either(this.isZero(a), this.isZero(b))))
    this.whenItMatters(toNearest, () => {
      if (format === 'single') return this.op('f64.ne', this.get(result), this.get(product))
      this.leaveIfTooLargeToSplit(a, b)
      return this.isNotZero(this.productError(product, a, b))
    })
    return result
  }

  private quotient(format: HostFormat, toNearest: ToNearest, a: Local, b: Local): Local {
    const quotient = this.arith('f64.div', a, b)
    const result = this.rounded(format, quotient)
    this.leaveOutside(format, quotient, this.both(this.isZero(quotient), this.isZero(a)))
    this.whenItMatters(toNearest, () => {
      if (format === 'double') this.leaveOutside('double', a, this.isZero(a))
      return this.both(this.isNotZero(a), this.productDiffers(format, result, b, a)) // 0 / infinity is exact
    })
    return result
  }

  private root(format: HostFormat, toNearest: ToNearest, a: Local): Local {
    this.host.leaveIf(this.not(this.op('f64.ge', this.get(a), this.number(0))))
    this.leaveOutside('double', a, this.isZero(a))
    const result = this.rounded(format, this.set(F64, this.op('f64.sqrt', this.get(a))))
    this.whenItMatters(toNearest, () => this.productDiffers(format, result, result, a))
    return result
  }

  /** The product is exact in double precision; a sum rounded to odd may be rounded again. */
  private fusedSingle(toNearest: ToNearest, a: Local, b: Local, c: Local): Local {
    const product = this.arith('f64.mul', a, b)
    const sum = this.arith('f64.add', product, c)
    this.leaveOutside('single', sum, this.isZero(sum))
    this.leaveIfZeroOtherwise(toNearest, sum)
    const error = this.sumError(sum, product, c)
    const odd = this.roundToOdd(sum, error)
    const result = this.rounded('single', odd)
    this.whenItMatters(toNearest, () => this.either(this.isNotZero(error), this.op('f64.ne', this.get(result), this.get(odd))))
    return result
  }

  /**
   * To nearest. A zero is exact where the addend is so large that the product's last bit cannot vanish, or a factor is zero. Whether
   * another result is exact says the emulation, for as long as that matters.
   */
  private fusedByHost(a: Local, b: Local, c: Local): Local {
    const result = this.host.temporary(F64)
    emitRelaxedMultiplyAdd(this.body, this.get(a), this.get(b), this.get(c))
    this.body.set(result)
    const large = this.op('f64.gt', this.op('f64.abs', this.get(c)), this.number(RANGE.double.least))
    const exactZero = this.both(this.isZero(result), this.either(large, this.either(this.isZero(a), this.isZero(b))))
    this.leaveOutside('double', result, exactZero)
    this.not(this.host.inexactAccrued)()
    this.body.if(() => void this.fusedDouble(undefined, a, b, c))
    return result
  }

  private fusedDouble(toNearest: ToNearest, a: Local, b: Local, c: Local): Local {
    const { body } = this
    const product = this.arith('f64.mul', a, b)
    const result = this.arith('f64.add', product, c)
    this.either(this.isZero(a), this.isZero(b))()
    body.if(
      () => {
        this.leaveUnlessSmall('double', result)
        this.leaveIfZeroOtherwise(toNearest, result)
      },
      () => this.assign(result, this.get(this.emulatedFma(toNearest, product, a, b, c))),
    )
    return result
  }

  /** a b = uh + ul; c + ul = th + tl; uh + th = vh + vl; vh + odd(tl + vl). */
  private emulatedFma(toNearest: ToNearest, uh: Local, a: Local, b: Local, c: Local): Local {
    this.leaveOutside('double', uh)
    this.leaveIfTooLargeToSplit(a, b)
    this.leaveUnlessSmall('double', c)
    const ul = this.productError(uh, a, b)
    const th = this.arith('f64.add', c, ul)
    const tl = this.sumError(th, c, ul)
    const vh = this.arith('f64.add', uh, th)
    const vl = this.sumError(vh, uh, th)
    const low = this.arith('f64.add', tl, vl)
    const lost = this.sumError(low, tl, vl)
    const odd = this.roundToOdd(low, lost)
    const result = this.arith('f64.add', vh, odd)
    this.leaveOutside('double', result)
    this.whenItMatters(toNearest, () => this.either(this.isNotZero(lost), this.isNotZero(this.sumError(result, vh, odd))))
    return result
  }
}
