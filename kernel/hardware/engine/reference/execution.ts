/**
 * The one instruction that is being executed: whose it is, where it stands, whether it goes on, and the exceptions it raises. What a
 * trap reports: RISC-V Privileged, "Machine Trap Value (`mtval`) Register".
 */
import { ILLEGAL_INSTRUCTION, VIRTUAL_INSTRUCTION } from '../../hart/causes.js'
import type { CsrRefusal } from '../../hart/csr-table.js'
import type { HartState, Wait } from '../../hart/hart-state.js'
import type { PrivilegeMode } from '../../hart/privilege.js'
import { plainTrap, takeTrap, type TrapInformation } from '../../hart/traps.js'
import type { DecodedInstruction } from '../../isa/decode.js'
import { READ_FOR_TRANSLATION, WRITE_FOR_TRANSLATION } from '../../isa/transformed-instruction.js'
import type { GuestPageFault } from '../../mmu/translate.js'
import { unsigned } from './integer-operations.js'

export class Execution {
  hart!: HartState
  /** The instruction's bits. */
  word = 0
  /** `undefined` until it is fetched and decoded. */
  current: DecodedInstruction | undefined
  /** Address of the instruction that is executed next. */
  next = 0n
  /** Address of the instruction that follows in memory. */
  following = 0n
  /** The instruction trapped or waits: its further effects are void, and it does not retire. */
  stopped = false
  /** It is a trap return, from this mode. */
  returnedFrom: PrivilegeMode | undefined

  begin(hart: HartState): void {
    this.hart = hart
    this.stopped = false
    this.returnedFrom = undefined
    this.current = undefined
  }

  decoded(instruction: DecodedInstruction): void {
    this.current = instruction
    this.following = unsigned(this.hart.block.pc + BigInt(instruction.length))
    this.next = this.following
  }

  retire(): void {
    const { hart } = this
    hart.block.pc = this.next
    hart.block.instret += 1
    hart.block.cycles += 1
    if (this.returnedFrom !== undefined) hart.announce(this.returnedFrom, undefined)
  }

  wait(forWhat: Wait): void {
    this.hart.wait = forWhat
    this.stopped = true
  }

  /** Raises the exception, if there is one to raise. */
  refusedBy(refusal: CsrRefusal | undefined): boolean {
    if (refusal === undefined) return false
    this.trap(refusal === 'illegal' ? ILLEGAL_INSTRUCTION : VIRTUAL_INSTRUCTION, BigInt(this.word))
    return true
  }

  illegalInstruction(): void {
    this.trap(ILLEGAL_INSTRUCTION, BigInt(this.word))
  }

  trap(code: number, value: bigint): void {
    this.takeException(code, plainTrap(value))
  }

  /** `value` is an address; `virtual`: of a guest. */
  trapAt(code: number, value: bigint, virtual: boolean): void {
    this.takeException(code, { ...plainTrap(value), guestAddress: virtual })
  }

  /** `transformed` gives way where the walk of a guest's own page tables failed ("... Pseudoinstruction for `mtinst` or `htinst`"). */
  fault(code: number, value: bigint, guestAddress: boolean, guest: GuestPageFault | undefined, transformed: bigint): void {
    const value2 = guest === undefined ? 0n : guest.address >> 2n
    const implicit = guest?.implicit
    const instruction = implicit === undefined ? transformed : implicit === 'read' ? READ_FOR_TRANSLATION : WRITE_FOR_TRANSLATION
    this.takeException(code, { value, guestAddress, value2, instruction })
  }

  private takeException(code: number, information: TrapInformation): void {
    if (this.stopped) return
    this.stopped = true
    takeTrap(this.hart, { kind: 'exception', code }, information)
  }
}
