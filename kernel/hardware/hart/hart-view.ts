/**
 * A hart as the testbench sees and sets it: no charge, no permission, no trap. Register values are unsigned 64-bit.
 */
import { ModelError } from '../../common/errors.js'
import type { Privilege } from '../../common/hosted-port.js'
import { accessibleCsr, csrsOf, writeCsr } from './csr-table.js'
import type { HartState } from './hart-state.js'
import { privilegeMode, privilegeName, type PrivilegeMode } from './privilege.js'

const MACHINE: PrivilegeMode = privilegeMode('M')

export class HartView {
  constructor(private readonly hart: HartState) {}

  get index(): number {
    return this.hart.index
  }

  x(register: number): bigint {
    return this.hart.block.x(register)
  }

  setX(register: number, value: bigint): void {
    this.hart.block.setX(register, BigInt.asUintN(64, value))
  }

  /** All 64 bits of a floating-point register, whatever mstatus.FS says. */
  f(register: number): bigint {
    return this.hart.block.f(register)
  }

  setF(register: number, value: bigint): void {
    this.hart.block.setF(register, BigInt.asUintN(64, value))
  }

  /** frm and fflags, whatever mstatus.FS says. */
  get fcsr(): bigint {
    return (this.hart.block.get('frm') << 5n) | this.hart.block.get('fflags')
  }

  get pc(): bigint {
    return this.hart.block.pc
  }

  set pc(value: bigint) {
    this.hart.block.pc = BigInt.asUintN(64, value)
  }

  get privilege(): Privilege {
    return privilegeName(this.hart.mode)
  }

  set privilege(name: Privilege) {
    const { privilege, virtual } = privilegeMode(name)
    this.hart.block.privilege = privilege
    this.hart.block.virtual = virtual
    this.hart.refreshContext()
  }

  get cycles(): number {
    return this.hart.block.cycles
  }

  get instret(): number {
    return this.hart.block.instret
  }

  /** The CSRs that M-mode software can read now. */
  csrs(): readonly { readonly name: string; readonly number: number }[] {
    return csrsOf(this.hart)
  }

  /** By number, as M-mode software would read it. @throws ModelError when there is no such CSR. */
  csr(number: number): bigint {
    const csr = accessibleCsr(this.hart, number, MACHINE, 'read')
    if (csr === undefined) throw new ModelError(`no CSR 0x${number.toString(16)}`)
    return csr.read(this.hart)
  }

  /** With the register's WARL rules. @throws ModelError when there is no such CSR, or it is read-only. */
  setCsr(number: number, value: bigint): void {
    const csr = accessibleCsr(this.hart, number, MACHINE, 'write')
    if (csr === undefined) throw new ModelError(`no writable CSR 0x${number.toString(16)}`)
    writeCsr(this.hart, csr, BigInt.asUintN(64, value))
  }
}
