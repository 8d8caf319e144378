/**
 * Environment calls, breakpoints, CSRs, returns from traps, waiting, fences and hosted calls. What may not happen in the hart's mode
 * is an illegal instruction, in a guest perhaps a virtual one. RISC-V Privileged.
 */
import { BREAKPOINT, ENVIRONMENT_CALL_FROM_U, ENVIRONMENT_CALL_FROM_VS } from '../../hart/causes.js'
import { csrAccess, writeCsr, type Csr } from '../../hart/csr-table.js'
import type { HostedCalls } from '../../hart/hosted-calls.js'
import { S } from '../../hart/privilege.js'
import {
  fenceGuest,
  fenceRefused,
  fenceVirtualMemory,
  guestFenceRefused,
  invalidationFenceRefused,
  trapReturnRefused,
  waitRefused,
} from '../../hart/privileged-instructions.js'
import { interruptPending } from '../../hart/top-interrupts.js'
import { returnFromTrap } from '../../hart/trap-returns.js'
import type { CsrWrite, FenceStage, HostedKind, TrapReturn } from '../../isa/algebra.js'
import type { Execution } from './execution.js'
import { unsigned } from './integer-operations.js'

export class PrivilegedOperations {
  constructor(
    private readonly execution: Execution,
    private readonly hosted: HostedCalls,
  ) {}

  environmentCall(): void {
    const { privilege, virtual } = this.execution.hart.block
    this.execution.trap(virtual && privilege === S ? ENVIRONMENT_CALL_FROM_VS : ENVIRONMENT_CALL_FROM_U + privilege, 0n)
  }

  breakpoint(): void {
    const { hart } = this.execution
    if (hart.onBreakpoint?.(hart.block.pc) === true) this.execution.wait('breakpoint')
    else this.execution.trapAt(BREAKPOINT, hart.block.pc, hart.block.virtual)
  }

  readCsr(number: number): bigint {
    return this.csr(number, 'read')?.read(this.execution.hart) ?? 0n
  }

  writeCsr(number: number, how: CsrWrite, value: bigint): void {
    const { hart, stopped } = this.execution
    if (stopped) return
    const csr = this.csr(number, 'write')
    if (csr === undefined) return
    const old = csr.modified?.(hart) ?? csr.read(hart)
    writeCsr(hart, csr, how === 'write' ? value : how === 'set' ? old | value : old & unsigned(~value))
  }

  trapReturn(from: TrapReturn): void {
    const { execution } = this
    const { hart } = execution
    if (execution.refusedBy(trapReturnRefused(hart, from))) return
    execution.returnedFrom = hart.mode
    execution.next = returnFromTrap(hart, from)
  }

  /** It ends when an enabled interrupt is pending, taken or not. */
  waitForInterrupt(): void {
    const { hart } = this.execution
    if (this.execution.refusedBy(waitRefused(hart))) return
    hart.attention = true
    if (!interruptPending(hart)) this.execution.wait('wfi')
  }

  fenceVirtualMemory(address: bigint | undefined, addressSpace: bigint | undefined): void {
    const { hart } = this.execution
    if (!this.execution.refusedBy(fenceRefused(hart))) fenceVirtualMemory(hart, address, addressSpace)
  }

  fenceGuest(stage: FenceStage, address: bigint | undefined, identifier: bigint | undefined): void {
    const { hart } = this.execution
    if (!this.execution.refusedBy(guestFenceRefused(hart, stage))) fenceGuest(hart, stage, address, identifier)
  }

  fenceInvalidations(): void {
    this.execution.refusedBy(invalidationFenceRefused(this.execution.hart))
  }

  hostedCall(kind: HostedKind, routine: number): void {
    const outcome = this.hosted.call(this.execution.hart, kind, routine)
    if (outcome === 'illegal') this.execution.illegalInstruction()
    else if (outcome !== 'done') this.execution.wait('hosted-call')
  }

  private csr(number: number, access: 'read' | 'write'): Csr | undefined {
    const { hart } = this.execution
    const csr = csrAccess(hart, number, hart.mode, access)
    if (typeof csr !== 'string') return csr
    this.execution.refusedBy(csr)
    return undefined
  }
}
