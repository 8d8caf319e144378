/**
 * What interpreter and translator emit alike: the algebra but for registers and control flow. What no emitted code can do asks for
 * the slow path.
 */
import { NX } from '../../float/rounding.js'
import type { FloatFormatName, FloatOperation, FloatRelation } from '../../isa/algebra.js'
import { DERIVED_SLOTS, SLOT_OFFSET } from '../../memory/layout.js'
import { FloatEmitter } from './float-emitter.js'
import type { FunctionBody } from './function-body.js'
import { MemoryEmitter, type MemoryLocals } from './memory-emitter.js'
import type { Code } from './value-emitter.js'

export abstract class FastPathEmitter extends MemoryEmitter {
  /** The instruction has no fast path at all; what was emitted for it is to be thrown away. */
  slow = false
  private readonly floats: FloatEmitter

  /** `fuses`: the host has a multiply-add with one rounding. */
  constructor(body: FunctionBody, locals: MemoryLocals, fuses: boolean) {
    super(body, locals)
    this.floats = new FloatEmitter({
      fuses,
      body,
      temporary: (type) => this.temporary(type),
      leaveIf: (condition) => this.leaveIf(condition),
      inexactAccrued: () => void body.get(locals.hart).memory('i32.load', SLOT_OFFSET.fflags).i32(NX).op('i32.and'),
      accrueInexact: (condition) => this.raise(this.fromCondition(condition)),
    })
  }

  needFloatingPoint(): void {
    this.leaveIf(() => void this.body.get(this.locals.hart).memory('i32.load', DERIVED_SLOTS.floatDirty).op('i32.eqz'))
  }
  roundingMode(field: Code): Code {
    const mode = this.bind(this.select(this.equal(field, this.constant(7n)), this.slot('frm'), field))
    this.leaveIf(this.lessUnsigned(this.constant(4n), mode))
    return mode
  }
  raise(flags: Code): void {
    this.setSlot('fflags', this.or(this.slot('fflags'), flags))
  }
  float(operation: FloatOperation, format: FloatFormatName, mode: Code, operands: readonly Code[]): Code {
    return format === 'half' ? this.unavailable() : this.settled(this.floats.arithmetic(operation, format, mode, operands))
  }
  floatConvert(from: FloatFormatName, to: FloatFormatName, mode: Code, a: Code): Code {
    return from === 'half' || to === 'half' ? this.unavailable() : this.settled(this.floats.convert(from, to, mode, a))
  }
  floatFromInteger(format: FloatFormatName, mode: Code, signed: boolean, a: Code): Code {
    return format === 'half' ? this.unavailable() : this.settled(this.floats.fromInteger(format, mode, signed, a))
  }
  floatToInteger(format: FloatFormatName, mode: Code, width: 32 | 64, signed: boolean, a: Code): Code {
    return format === 'half' ? this.unavailable() : this.settled(this.floats.toInteger(format, mode, width, signed, a))
  }
  floatCompare(relation: FloatRelation, format: FloatFormatName, a: Code, b: Code): Code {
    return format === 'half' ? this.unavailable() : this.floats.compare(relation, format, a, b)
  }

  fence(): void {
    return
  }
  /** Engines take a store to code into account at once. */
  fenceInstructions(): void {
    return
  }

  breakpoint(): void {
    this.slow = true
  }
  waitForInterrupt(): void {
    this.slow = true
  }
  cacheBlock(): void {
    this.slow = true
  }
  fenceVirtualMemory(): void {
    this.slow = true
  }
  loadGuest(): Code {
    return this.unavailable()
  }
  storeGuest(): void {
    this.slow = true
  }
  fenceGuest(): void {
    this.slow = true
  }
  fenceInvalidations(): void {
    this.slow = true
  }
  hostedCall(): void {
    this.slow = true
  }

  /** Only the slow path can tell. */
  protected unavailable(): Code {
    this.slow = true
    return this.constant(0n)
  }

  /** A result that lies in a local already stays there. */
  private settled(value: Code): Code {
    return value.double === undefined ? this.bind(value) : value
  }
}
