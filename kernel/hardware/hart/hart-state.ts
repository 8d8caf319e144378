/**
 * A hart as CSRs, traps and engines see it: its block of machine memory, its TLBs, the interrupt lines that reach it, and what
 * must be told to the run loop. Everything else of it lies in machine memory. Times in cycles.
 */
import type { Privilege } from '../../common/hosted-port.js'
import { HartBlock } from '../memory/hart-block.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import { MOST_SPACES, NO_SPACE, Tlb, type TlbContext } from '../memory/tlb.js'
import type { TrapCause } from './causes.js'
import type { HartOptions, OptionalExtension } from './hart-options.js'
import type { InterruptFiles } from './interrupt-files.js'
import type { InterruptLines } from './interrupt-lines.js'
import { M, privilegeName, type PrivilegeMode } from './privilege.js'
import { FS, FS_DIRTY, FS_OFF, MPP, MPP_SHIFT, MPRV, MPV, MXR, NMIE, SD, STCE, SUM, SUM_SHIFT } from './status-fields.js'

/** A trap entry or a trap return, told when the first instruction in the new privilege is about to run. */
export interface PrivilegeChange {
  readonly hart: number
  readonly cycle: number
  readonly from: Privilege
  readonly to: Privilege
  /** Address of the first instruction in the new privilege. */
  readonly pc: bigint
  /** Absent on a trap return. */
  readonly cause?: TrapCause
  readonly satp: bigint
}

/** Why an instruction did not complete, though nothing is wrong: the run loop lets time pass until its event. */
export type Wait = 'wfi' | 'hosted-call' | 'trap-loop' | 'critical-error' | 'breakpoint'

export class HartState {
  readonly block: HartBlock
  readonly tlb: Tlb
  /** Set when interrupts, time or the run's conditions may have changed: the engine returns to the run loop. Not state. */
  attention = false
  /** Set when the present instruction waits; the run loop clears it. Not state: the instruction starts again. */
  wait: Wait | undefined
  /** A debugger's: true where EBREAK at this address is its own, and stops the run before anything of it has happened. */
  onBreakpoint: ((pc: bigint) => boolean) | undefined
  onPrivilegeChange: ((change: PrivilegeChange) => void) | undefined
  /** Those of the hart's IMSIC, if the machine has one. */
  interruptFiles: InterruptFiles | undefined
  private spaces = { host: NO_SPACE, guest: NO_SPACE }
  /** What the sets depend on that the block holds for each privilege. */
  private knownContexts = NaN

  constructor(
    readonly index: number,
    memory: MachineMemory,
    readonly lines: InterruptLines,
    readonly options: HartOptions,
  ) {
    this.block = new HartBlock(memory, index)
    this.tlb = new Tlb(memory, index)
    this.refreshTranslation()
  }

  has(extension: OptionalExtension): boolean {
    return this.options.extensions.has(extension)
  }

  /** No attention is asked for and nothing is waited for: the next instruction may follow without the run loop. */
  mayContinue(): boolean {
    return !this.attention && this.wait === undefined
  }

  get mode(): PrivilegeMode {
    return { privilege: this.block.privilege, virtual: this.block.virtual }
  }

  /** stimecmp drives STIP (RISC-V Privileged, "Sstc"). */
  get sstc(): boolean {
    return (this.block.get('menvcfg') & STCE) !== 0n
  }

  /** Mode in which loads and stores are checked (RISC-V Privileged, "Memory Privilege in `mstatus` Register"; mnstatus.NMIE = 0 hides MPRV). */
  get dataMode(): PrivilegeMode {
    const { block } = this
    const mstatus = block.get('mstatus')
    if (block.privilege !== M || (mstatus & MPRV) === 0n || !this.nonMaskableEnabled) return this.mode
    const privilege = Number((mstatus & MPP) >> MPP_SHIFT)
    return { privilege, virtual: privilege !== M && (mstatus & MPV) !== 0n }
  }

  /** mnstatus.NMIE; a hart without Smrnmi behaves as if it were set. */
  get nonMaskableEnabled(): boolean {
    return !this.has('Smrnmi') || (this.block.get('mnstatus') & NMIE) !== 0n
  }

  /**
   * Floating-point instructions and CSRs are illegal: FS is Off, or in a guest either of both
   * (RISC-V Privileged, "Extension Context Status in `mstatus` Register", "Virtual Supervisor Status (`vsstatus`) Register").
   */
  get floatingPointOff(): boolean {
    const { block } = this
    return (block.get('mstatus') & FS) === FS_OFF || (block.virtual && (block.get('vsstatus') & FS) === FS_OFF)
  }

  /** Floating-point state was written. */
  dirtyFloatingPoint(): void {
    const { block } = this
    block.set('mstatus', block.get('mstatus') | FS_DIRTY | SD)
    if (block.virtual) block.set('vsstatus', block.get('vsstatus') | FS_DIRTY | SD)
    block.setFloatDirty(true)
  }

  private get floatingPointDirty(): boolean {
    const { block } = this
    return (block.get('mstatus') & FS) === FS_DIRTY && (!block.virtual || (block.get('vsstatus') & FS) === FS_DIRTY)
  }

  context({ privilege, virtual }: PrivilegeMode): TlbContext {
    const mstatus = this.block.get('mstatus')
    const vsstatus = virtual ? this.block.get('vsstatus') : 0n
    return {
      privilege,
      space: privilege === M ? NO_SPACE : virtual ? this.spaces.guest : this.spaces.host,
      sum: ((virtual ? vsstatus : mstatus) & SUM) !== 0n,
      mxr: privilege !== M && (mstatus & MXR) !== 0n,
      guestMxr: (vsstatus & MXR) !== 0n,
    }
  }

  /** Puts the TLB sets of the present mode and status in force. Call after any change of those. */
  refreshContext(): void {
    const { block, tlb, mode, dataMode } = this
    const data = this.context(dataMode)
    const fetch = tlb.setOffset('fetch', this.context(mode))
    const [load, store] = [tlb.setOffset('load', data), tlb.setOffset('store', data)]
    block.setTlbSets(fetch, load, store)
    block.setFloatDirty(this.floatingPointDirty)
    this.refreshKnownContexts()
    const plain = !mode.virtual && dataMode.privilege === mode.privilege && !dataMode.virtual
    if (plain) block.setContext(mode.privilege, fetch, load, store)
    this.attention = true
  }

  /** Forgets the sets of other privileges when something that they depend on has changed. */
  private refreshKnownContexts(): void {
    const { block, tlb, spaces } = this
    const status = Number((block.get('mstatus') & (SUM | MXR)) >> SUM_SHIFT)
    const known = (tlb.evictions * MOST_SPACES + spaces.host) * 4 + status
    if (known === this.knownContexts) return
    this.knownContexts = known
    block.clearContexts()
  }

  /** The same after a change of satp, vsatp or hgatp. */
  refreshTranslation(): void {
    const { block, tlb } = this
    this.spaces = tlb.spacesOf(block.get('satp'), block.get('vsatp'), block.get('hgatp'))
    this.refreshContext()
  }

  announce(from: PrivilegeMode, cause: TrapCause | undefined): void {
    const { block } = this
    this.onPrivilegeChange?.({
      hart: this.index,
      cycle: block.cycles,
      from: privilegeName(from),
      to: privilegeName(this.mode),
      pc: block.pc,
      ...(cause === undefined ? {} : { cause }),
      satp: block.get('satp'),
    })
  }
}
