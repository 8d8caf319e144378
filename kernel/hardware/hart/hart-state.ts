/**
 * A hart as CSRs, traps and engines see it: its block of machine memory, its TLBs, the interrupt lines that reach it, and what
 * must be told to the run loop. Everything else of it lies in machine memory. Times in cycles.
 */
import type { Privilege } from '../../common/hosted-port.js'
import { HartBlock } from '../memory/hart-block.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import { Tlb, type TlbContext } from '../memory/tlb.js'
import type { TrapCause } from './causes.js'
import type { InterruptLines } from './interrupt-lines.js'
import { M, privilegeName, S } from './privilege.js'
import { FS, FS_DIRTY, FS_OFF, MEI, MPP, MPP_SHIFT, MPRV, MSI, MTI, SD, SEI, SSI, STCE, STI, SUM } from './status-fields.js'

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
export type Wait = 'wfi' | 'hosted-call' | 'trap-loop'

/** Interrupts that this hart can have: three for M, three for S. */
export const INTERRUPTS = SSI | MSI | STI | MTI | SEI | MEI
export const SUPERVISOR_INTERRUPTS = SSI | STI | SEI

export class HartState {
  readonly block: HartBlock
  readonly tlb: Tlb
  /** Set when interrupts, time or the run's conditions may have changed: the engine returns to the run loop. Not state. */
  attention = false
  /** Set when the present instruction waits; the run loop clears it. Not state: the instruction starts again. */
  wait: Wait | undefined
  onPrivilegeChange: ((change: PrivilegeChange) => void) | undefined

  constructor(
    readonly index: number,
    memory: MachineMemory,
    readonly lines: InterruptLines,
  ) {
    this.block = new HartBlock(memory, index)
    this.tlb = new Tlb(memory, index)
    this.refreshContext()
  }

  /** No attention is asked for and nothing is waited for: the next instruction may follow without the run loop. */
  mayContinue(): boolean {
    return !this.attention && this.wait === undefined
  }

  /** mip as a read sees it: the bits that software holds, and those that lines and comparators drive. */
  get pending(): bigint {
    const { block, lines } = this
    const now = BigInt(block.cycles)
    let pending = block.get('mip')
    if (lines.softwarePending(this.index)) pending |= MSI
    if (now >= lines.timerCompare(this.index)) pending |= MTI
    if (this.sstc) pending = now >= block.get('stimecmp') ? pending | STI : pending & ~STI
    return pending
  }

  /** stimecmp drives STIP (RISC-V Privileged, "Sstc"). */
  get sstc(): boolean {
    return (this.block.get('menvcfg') & STCE) !== 0n
  }

  /** Privilege at which loads and stores are checked (RISC-V Privileged, "Memory Privilege in `mstatus` Register"). */
  get dataPrivilege(): number {
    const { privilege } = this.block
    const mstatus = this.block.get('mstatus')
    return privilege === M && (mstatus & MPRV) !== 0n ? Number((mstatus & MPP) >> MPP_SHIFT) : privilege
  }

  context(privilege: number): TlbContext {
    if (privilege !== S) return privilege === M ? 'M' : 'U'
    return (this.block.get('mstatus') & SUM) !== 0n ? 'S-SUM' : 'S'
  }

  /** Floating-point instructions and CSRs are illegal (RISC-V Privileged, "Extension Context Status in `mstatus` Register"). */
  get floatingPointOff(): boolean {
    return (this.block.get('mstatus') & FS) === FS_OFF
  }

  /** Floating-point state was written. */
  dirtyFloatingPoint(): void {
    const { block } = this
    block.set('mstatus', block.get('mstatus') | FS_DIRTY | SD)
    block.setFloatDirty(true)
  }

  /** Puts the TLB sets of the present privilege, MPRV, SUM and FS in force. Call after any change of those. */
  refreshContext(): void {
    const { block, tlb } = this
    const data = this.context(this.dataPrivilege)
    block.setTlbSets(tlb.setOffset('fetch', fetchContext(block.privilege)), tlb.setOffset('load', data), tlb.setOffset('store', data))
    block.setFloatDirty((block.get('mstatus') & FS) === FS_DIRTY)
    this.attention = true
  }

  announce(from: number, cause: TrapCause | undefined): void {
    const { block } = this
    this.onPrivilegeChange?.({
      hart: this.index,
      cycle: block.cycles,
      from: privilegeName(from),
      to: privilegeName(block.privilege),
      pc: block.pc,
      ...(cause === undefined ? {} : { cause }),
      satp: block.get('satp'),
    })
  }
}

/** SUM does not concern instruction fetches. */
export function fetchContext(privilege: number): TlbContext {
  return privilege === M ? 'M' : privilege === S ? 'S' : 'U'
}
