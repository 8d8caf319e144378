/**
 * Loads, stores and atomics on main memory that the TLB knows. Whatever else is asked for leaves to the slow path before the
 * instruction has had any effect.
 */
import { ModelError } from '../../../common/errors.js'
import type { AtomicWidth, MemoryWidth } from '../../isa/algebra.js'
import { SLOT_OFFSET } from '../../memory/layout.js'
import type { FunctionBody, Local } from './function-body.js'
import { I32, type MEMORY_OP } from './opcodes.js'
import { emitEntry, emitMiss, emitPlace } from './tlb-lookup.js'
import { ValueEmitter, type Code } from './value-emitter.js'

/** Slots of the hart block that instructions read and write as they are. */
export type Slot = keyof typeof SLOT_OFFSET

/** Locals that hold places in machine memory. */
export interface MemoryLocals {
  /** The hart's block. */
  readonly hart: Local
  /** The TLB sets in force. */
  readonly loadTlb: Local
  readonly storeTlb: Local
}

const LOADS = {
  signed: { 1: 'i64.load8_s', 2: 'i64.load16_s', 4: 'i64.load32_s', 8: 'i64.load' },
  unsigned: { 1: 'i64.load8_u', 2: 'i64.load16_u', 4: 'i64.load32_u', 8: 'i64.load' },
} as const
const STORES = { 1: 'i64.store8', 2: 'i64.store16', 4: 'i64.store32', 8: 'i64.store' } as const

export abstract class MemoryEmitter extends ValueEmitter {
  /** An effect was emitted: from now on nothing may leave to the slow path. */
  protected effect = false

  constructor(
    body: FunctionBody,
    protected readonly locals: MemoryLocals,
  ) {
    super(body)
  }

  /** Goes to the slow path when the i32 on the stack is not zero. */
  protected abstract leaveIfSet(): void

  abstract when(condition: Code, effects: () => void): void

  load(width: MemoryWidth, extension: 'signed' | 'unsigned', address: Code): Code {
    const place = this.translate(width, address, this.locals.loadTlb)
    return this.loadAt(place, LOADS[extension][width])
  }

  store(width: MemoryWidth, address: Code, value: Code): void {
    const place = this.translate(width, address, this.locals.storeTlb)
    this.storeAt(place, width, value)
  }

  loadReserved(width: AtomicWidth, address: Code): Code {
    const place = this.translate(width, address, this.locals.loadTlb)
    const value = this.loadAt(place, LOADS.signed[width])
    this.setSlot('reservation', this.reservationOf(place))
    this.setSlot('reservationBytes', this.constant(BigInt(width)))
    return value
  }

  storeConditional(width: AtomicWidth, address: Code, value: Code): Code {
    const place = this.translate(width, address, this.locals.storeTlb)
    const same = this.equal(this.slot('reservation'), this.reservationOf(place))
    const failed = this.bind(
      this.fromCondition(this.not(this.both(same, this.equal(this.slot('reservationBytes'), this.constant(BigInt(width)))))),
    )
    this.setSlot('reservation', this.constant(0n))
    this.setSlot('reservationBytes', this.constant(0n))
    this.when(this.equal(failed, this.constant(0n)), () => this.storeAt(place, width, value))
    return failed
  }

  atomicUpdate(width: AtomicWidth, address: Code, update: (old: Code) => Code): Code {
    const place = this.translate(width, address, this.locals.storeTlb)
    const old = this.loadAt(place, LOADS.signed[width])
    this.storeAt(place, width, update(old))
    return old
  }

  protected slot(slot: Slot): Code {
    return () => void this.body.get(this.locals.hart).memory('i64.load', SLOT_OFFSET[slot])
  }

  protected setSlot(slot: Slot, value: Code): void {
    this.effect = true
    this.body.get(this.locals.hart)
    value()
    this.body.memory('i64.store', SLOT_OFFSET[slot])
  }

  protected leaveIf(condition: Code): void {
    if (this.effect) throw new ModelError('an instruction may trap after its first effect')
    condition()
    this.leaveIfSet()
  }

  /** Place in machine memory; leaves when the TLB does not know the page, or the address is no multiple of the width. */
  protected translate(width: MemoryWidth, address: Code, tlb: Local): Local {
    const { body } = this
    const virtual = this.bind(address)
    const entry = this.temporary(I32)
    virtual()
    body.op('i32.wrap_i64')
    emitEntry(body, () => void body.get(tlb))
    body.set(entry)
    this.leaveIf(() => emitMiss(body, entry, virtual, width))
    const place = this.temporary(I32)
    emitPlace(body, entry, virtual)
    body.set(place)
    return place
  }

  protected loadAt(place: Local, operation: keyof typeof MEMORY_OP): Code {
    return this.bind(() => void this.body.get(place).memory(operation))
  }

  protected storeAt(place: Local, width: MemoryWidth, value: Code): void {
    this.effect = true
    this.body.get(place)
    if (width === 8 && value.double !== undefined) {
      this.body.get(value.double).memory('f64.store')
      return
    }
    value()
    this.body.memory(STORES[width])
  }

  private reservationOf(place: Local): Code {
    return this.add(() => void this.body.get(place).op('i64.extend_i32_u'), this.constant(1n))
  }
}
