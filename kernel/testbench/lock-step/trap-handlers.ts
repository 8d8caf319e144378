/**
 * Trap handlers under which a random program goes on: they step over what trapped, send a lost program counter back into the
 * program, change the privilege now and then, and answer interrupts.
 * RISC-V Privileged, "Machine Trap-Vector Base-Address (`mtvec`) Register".
 */
import { invariant } from '../../common/errors.js'
import { assemble } from '../../programs/assembler/assemble.js'
import { GUEST_TABLES, PAGE_TABLES, PROGRAM } from './program-layout.js'

/** Only with H: what a machine without it does not have stays out of its handlers. */
interface Hypervisor {
  readonly lost: string
  readonly privilege: string
  readonly view: string
  readonly interrupt: string
}

const WITHOUT_H: Hypervisor = { lost: '', privilege: '', view: 'csrr t3, satp', interrupt: '' }

const WITH_H: Hypervisor = {
  lost: `
  li   t3, SATP
  csrw vsatp, t3
  li   t3, HGATP
  csrw hgatp, t3
  li   t3, 0x2000
  csrs vsstatus, t3`,
  privilege: `
  li   t3, 1 << 39          # MPV
  csrc mstatus, t3
  slli t5, t5, 35
  and  t5, t5, t3
  csrs mstatus, t5`,
  view: `
  csrr t3, vsatp
  csrr t4, mstatus
  srli t4, t4, 39
  andi t4, t4, 1
  bnez t4, 1f
  csrr t3, satp
1:`,
  interrupt: 'csrw hvip, zero',
}

const source = ({ lost, privilege, view, interrupt }: Hypervisor): string => `
  .equ MTIMECMP, 0x2004000
  .equ SATP, (8 << 60) | ((RAM + ${PAGE_TABLES}) >> 12)
  .equ HGATP, (8 << 60) | ((RAM + ${GUEST_TABLES}) >> 12)
  .equ LOST, 0x101002       # fetch access fault, fetch page fault, fetch guest-page fault
  .equ GOLDEN, 0x9e3779b1
m_handler:
  csrr t5, mcause
  bltz t5, m_interrupt
  csrr t6, mepc
  li   t4, LOST
  srl  t4, t4, t5
  andi t4, t4, 1
  bnez t4, m_lost
  addi t6, t6, 4
  csrw mepc, t6
  csrr t4, minstret
  andi t4, t4, 3
  beqz t4, m_place          # once in four traps
  mret
m_interrupt:
  csrr t6, time
  addi t6, t6, 811
  lui  t5, MTIMECMP >> 12
  sd   t6, 0(t5)
  addi t6, t6, 53
  csrw stimecmp, t6
  csrci mip, 2
  lui  t5, 0x2000
  sw   zero, 0(t5)
m_lost:                     # go on anywhere in the program, with the page tables that were meant
  li   t3, SATP
  csrw satp, t3${lost}
  li   t3, 0x2000           # FS
  csrs mstatus, t3
  li   t3, 0xaaa
  csrs mie, t3
  csrr t6, minstret
  li   t3, GOLDEN
  mul  t6, t6, t3
  srli t6, t6, 13
  li   t3, BYTES - 4
  and  t6, t6, t3
  li   t3, ${PROGRAM}
  add  t6, t6, t3
m_place:
  slli t6, t6, 44
  srli t6, t6, 44
  li   t4, ${PROGRAM}
  bltu t6, t4, m_restart
  li   t4, ${PROGRAM} + BYTES
  bltu t6, t4, m_privilege
m_restart:
  li   t6, ${PROGRAM} + 8
m_privilege:                # interrupts on; another previous privilege: M once in eight times, else S or U
  csrr t5, minstret
  li   t4, GOLDEN
  mul  t5, t5, t4
  srli t5, t5, 17
  li   t3, 0x1880           # MPP, MPIE
  csrs mstatus, t3
  andi t4, t5, 7
  beqz t4, m_view
  li   t3, 0x1800
  csrc mstatus, t3
  slli t4, t5, 8
  li   t3, 0x800
  and  t4, t4, t3
  csrs mstatus, t4${privilege}
m_view:                     # U has its own view of the program when addresses are translated
  ${view}
  srli t3, t3, 60
  snez t3, t3
  csrr t4, mstatus
  srli t4, t4, 11
  andi t4, t4, 3
  seqz t4, t4
  and  t3, t3, t4
  slli t3, t3, 30
  add  t6, t6, t3
  li   t3, RAM
  add  t6, t6, t3
  csrw mepc, t6
  mret
  .align 12
s_handler:
  csrr t5, scause
  bltz t5, s_interrupt
  csrr t6, sepc
  addi t6, t6, 4
  csrw sepc, t6
  sret
s_interrupt:
  csrr t6, time
  addi t6, t6, 773
  csrw stimecmp, t6
  csrci sip, 2
  ${interrupt}
  sret
`

/** For a program of so many bytes, a power of two. */
export function trapHandlers(base: number, programBytes: number, hypervisor: boolean): Uint8Array {
  const symbols = { RAM: BigInt(base), BYTES: BigInt(programBytes) }
  const assembled = assemble(source(hypervisor ? WITH_H : WITHOUT_H), { file: 'trap-handlers', base, symbols })
  invariant(assembled.ok, assembled.ok ? '' : assembled.error.text)
  return assembled.value.bytes
}
