/**
 * Environment calls, returns from traps and accesses to plain CSRs as emitted code, for harts without V and without the extensions that
 * watch traps. What is not plain leaves to the slow path. The hart's block says whether a change of privilege may stay unnoticed (`calm`:
 * no interrupt is pending and enabled, nobody listens) and which TLB sets the new privilege has.
 * RISC-V Privileged, "Privilege and Global Interrupt-Enable Stack in `mstatus` Register", "Trap-Return Instructions".
 */
import { ENVIRONMENT_CALL_FROM_U } from '../../hart/causes.js'
import { SUPERVISOR_INTERRUPTS } from '../../hart/pending-interrupts.js'
import { M, S, U } from '../../hart/privilege.js'
import { GVA, HSTATUS_GVA, MIE, MPIE, MPP, MPP_SHIFT, MPRV, MPV, SIE, SPIE, SPP, SPV, TSR } from '../../hart/status-fields.js'
import type { CsrWrite, TrapReturn } from '../../isa/algebra.js'
import { CONTEXT_BYTES, CONTEXTS, DERIVED_SLOTS, SLOT_OFFSET, TLB, TLB_CLOCK, TLB_SET_BYTES, TLB_STAMPS } from '../../memory/layout.js'
import { FastPathEmitter } from '../wasm/fast-path-emitter.js'
import type { FunctionBody, Local } from '../wasm/function-body.js'
import type { MemoryLocals } from '../wasm/memory-emitter.js'
import { F64, I32 } from '../wasm/opcodes.js'
import type { Code } from '../wasm/value-emitter.js'
import { PLAIN_CSRS } from './plain-csrs.js'

/** What a region that changes privileges or accesses CSRs was made for. */
export interface PrivilegedSetting {
  /** Of the hart, at the region's entry and all through it; without V. */
  readonly privilege: number
  /** The hypervisor extension is there. */
  readonly hypervisor: boolean
  /** Environment calls from U go to S. */
  readonly delegated: boolean
}

const SETS = ['fetchTlb', 'loadTlb', 'storeTlb'] as const
/** From an interrupt-enable bit to the bit that keeps it: MIE to MPIE, SIE to SPIE. */
const STACK_SHIFT = 4n
const SPP_SHIFT = 8n
const SIE_NUMBER = 0x104

export abstract class PrivilegedEmitter extends FastPathEmitter {
  /** `setting` is absent where emitted code must not do any of this. */
  constructor(
    body: FunctionBody,
    locals: MemoryLocals,
    private readonly setting: PrivilegedSetting | undefined,
    fuses: boolean,
  ) {
    super(body, locals, fuses)
  }

  abstract jump(target: Code): void
  abstract pc(): Code

  readCsr(number: number): Code {
    const { setting } = this
    const csr = PLAIN_CSRS.get(number)
    if (number === SIE_NUMBER && setting !== undefined && setting.privilege >= S) return this.supervisorEnables()
    if (csr === undefined || setting === undefined || setting.privilege < csr.privilege) return this.unavailable()
    const { slot, readable, fixed } = csr
    const value = readable === undefined ? this.slot(slot) : this.and(this.slot(slot), this.constant(readable))
    return this.bind(fixed === undefined ? value : this.or(value, this.constant(fixed)))
  }

  writeCsr(number: number, how: CsrWrite, value: Code): void {
    const csr = PLAIN_CSRS.get(number)
    if (csr?.writable === undefined || this.setting === undefined || this.setting.privilege < csr.privilege) {
      this.slow = true
      return
    }
    const old = this.slot(csr.slot)
    const next = how === 'write' ? value : how === 'set' ? this.or(old, value) : this.and(old, this.xor(value, this.constant(-1n)))
    this.setSlot(csr.slot, this.and(next, this.constant(csr.writable)))
  }

  environmentCall(): void {
    const { setting } = this
    if (setting === undefined || setting.privilege === M) {
      this.slow = true
      return
    }
    const code = BigInt(ENVIRONMENT_CALL_FROM_U + setting.privilege)
    const delegated = this.not(this.equal(this.and(this.slot('medeleg'), this.constant(1n << code)), this.constant(0n)))
    const toS = setting.privilege === U && setting.delegated
    this.leaveIf(toS ? this.not(delegated) : delegated)
    const context = this.plainContext(this.i32(toS ? S : M), MPRV)
    if (toS) this.enterS(code, setting)
    else this.enterM(code, setting)
    this.body.get(this.locals.hart).get(this.locals.hart).memory('i32.load', DERIVED_SLOTS.traps).i32(1).op('i32.add')
    this.body.memory('i32.store', DERIVED_SLOTS.traps)
    this.takeContext(context, this.i32(toS ? S : M))
  }

  trapReturn(from: TrapReturn): void {
    if (this.setting?.privilege === M && from === 'M') this.leaveM()
    else if (this.setting?.privilege === S && from === 'S') this.leaveS(this.setting)
    else this.slow = true
  }

  /** sie: hart/top-interrupts.ts, supervisorEnabled. */
  private supervisorEnables(): Code {
    const delegated = this.and(this.slot('mie'), this.slot('mideleg'))
    const notDelegated = this.xor(this.slot('mideleg'), this.constant(-1n))
    const virtual = this.and(this.slot('virtualSie'), this.and(this.slot('mvien'), notDelegated))
    return this.bind(this.and(this.or(delegated, virtual), this.constant(SUPERVISOR_INTERRUPTS)))
  }

  /** hart/traps.ts, enterM. */
  private enterM(code: bigint, { privilege }: PrivilegedSetting): void {
    const status = this.bind(this.slot('mstatus'))
    this.setSlot('mepc', this.pc())
    this.setSlot('mcause', this.constant(code))
    for (const slot of ['mtval', 'mtval2', 'mtinst'] as const) this.setSlot(slot, this.constant(0n))
    const kept = this.and(status, this.constant(~(MIE | MPIE | MPP | MPV | GVA)))
    const enabled = this.shiftLeft(this.and(status, this.constant(MIE)), this.constant(STACK_SHIFT))
    this.setSlot('mstatus', this.or(this.or(kept, enabled), this.constant(BigInt(privilege) << MPP_SHIFT)))
    this.jump(this.and(this.slot('mtvec'), this.constant(~3n)))
  }

  /** hart/traps.ts, enterHs, from U. */
  private enterS(code: bigint, { hypervisor }: PrivilegedSetting): void {
    const status = this.bind(this.slot('mstatus'))
    this.setSlot('sepc', this.pc())
    this.setSlot('scause', this.constant(code))
    this.setSlot('stval', this.constant(0n))
    if (hypervisor) {
      this.setSlot('hstatus', this.and(this.slot('hstatus'), this.constant(~(SPV | HSTATUS_GVA))))
      for (const slot of ['htval', 'htinst'] as const) this.setSlot(slot, this.constant(0n))
    }
    const kept = this.and(status, this.constant(~(SIE | SPIE | SPP)))
    const enabled = this.shiftLeft(this.and(status, this.constant(SIE)), this.constant(STACK_SHIFT))
    this.setSlot('mstatus', this.or(kept, enabled))
    this.jump(this.and(this.slot('stvec'), this.constant(~3n)))
  }

  /** hart/trap-returns.ts, leaveM. */
  private leaveM(): void {
    const status = this.bind(this.slot('mstatus'))
    const privilege = this.field(status, MPP_SHIFT, 3n)
    const context = this.plainContext(privilege, MPRV | MPV)
    const kept = this.and(status, this.constant(~(MIE | MPP)))
    const enabled = this.shiftRight(this.and(status, this.constant(MPIE)), this.constant(STACK_SHIFT))
    this.setSlot('mstatus', this.or(this.or(kept, enabled), this.constant(MPIE)))
    this.jump(this.slot('mepc'))
    this.takeContext(context, privilege)
  }

  /** hart/trap-returns.ts, leaveS. */
  private leaveS({ hypervisor }: PrivilegedSetting): void {
    if (hypervisor) this.leaveIf(this.anyOf(this.slot('hstatus'), SPV))
    const status = this.bind(this.slot('mstatus'))
    const privilege = this.field(status, SPP_SHIFT, 1n)
    const context = this.plainContext(privilege, MPRV | TSR)
    const kept = this.and(status, this.constant(~(SIE | SPP)))
    const enabled = this.shiftRight(this.and(status, this.constant(SPIE)), this.constant(STACK_SHIFT))
    this.setSlot('mstatus', this.or(this.or(kept, enabled), this.constant(SPIE)))
    this.jump(this.slot('sepc'))
    this.takeContext(context, privilege)
  }

  /** Place of the new privilege's TLB sets; leaves when they are not known, the hart is not calm, or mstatus has one of `unlike`. */
  private plainContext(privilege: Code, unlike: bigint): Local {
    const { body } = this
    const { hart } = this.locals
    const context = this.temporary(I32)
    privilege()
    body.i32(CONTEXT_BYTES).op('i32.mul').get(hart).op('i32.add').set(context)
    this.leaveIf(this.anyOf(this.slot('mstatus'), unlike))
    this.leaveIf(() => {
      body.get(context).memory('i32.load', CONTEXTS).op('i32.eqz')
      body.get(hart).memory('i32.load', DERIVED_SLOTS.calm).op('i32.eqz').op('i32.or')
    })
    return context
  }

  /** Puts the sets in force, as the one that was chosen last. */
  private takeContext(context: Local, privilege: Code): void {
    const { body } = this
    const { hart } = this.locals
    const set = this.temporary(I32)
    const clock = this.temporary(F64)
    body.get(hart)
    privilege()
    body.memory('i32.store', SLOT_OFFSET.privilege)
    body.get(hart).memory('f64.load', TLB_CLOCK).set(clock)
    SETS.forEach((slot, index) => {
      body
        .get(context)
        .memory('i32.load', CONTEXTS + index * 4)
        .set(set)
      body.get(hart).get(set).memory('i32.store', DERIVED_SLOTS[slot])
      body.get(clock).f64(1).op('f64.add').set(clock)
      body
        .get(set)
        .get(hart)
        .op('i32.sub')
        .i32(TLB)
        .op('i32.sub')
        .i32(Math.log2(TLB_SET_BYTES / 8))
        .op('i32.shr_u')
      body.get(hart).op('i32.add').get(clock).memory('f64.store', TLB_STAMPS)
    })
    body.get(hart).get(clock).memory('f64.store', TLB_CLOCK)
  }

  private i32(value: number): Code {
    return () => void this.body.i32(value)
  }

  private anyOf(value: Code, bits: bigint): Code {
    return this.not(this.equal(this.and(value, this.constant(bits)), this.constant(0n)))
  }

  /** An i32. */
  private field(value: Code, shift: bigint, mask: bigint): Code {
    const local = this.temporary(I32)
    this.and(this.shiftRight(value, this.constant(shift)), this.constant(mask))()
    this.body.op('i32.wrap_i64').set(local)
    return () => void this.body.get(local)
  }
}
