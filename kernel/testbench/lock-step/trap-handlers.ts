/**
 * Trap handlers under which a random program goes on: they step over what trapped, send a lost program counter back into the
 * program, and answer interrupts. Page 0 of RAM (protected by a locked PMP entry) holds the M-mode handler, page 1 the S-mode
 * one. RISC-V Privileged, "Machine Trap-Vector Base-Address (`mtvec`) Register".
 */
import { invariant } from '../../common/errors.js'
import { PAGE_BYTES } from '../../common/units.js'
import { assemble } from '../../programs/assembler/assemble.js'

/** Where things lie in RAM, as offsets from its base. The program is seen at 0x8000_0000 by S, at 0xc000_0000 by U. */
export const M_HANDLER = 0
export const S_HANDLER = PAGE_BYTES
export const PROGRAM = 2 * PAGE_BYTES
export const PROGRAM_BYTES = 8 * PAGE_BYTES
export const DATA = 0x4_0000
export const PAGE_TABLES = 0xf_0000

const SOURCE = `
  .equ MTIMECMP, 0x2004000
  .equ SATP, (8 << 60) | ((RAM + ${PAGE_TABLES}) >> 12)
m_handler:
  csrr t5, mcause
  bltz t5, m_interrupt
  csrr t6, mepc
  addi t6, t6, 4
  addi t4, t5, -1           # fetch access fault and fetch page fault: lost
  beqz t4, m_lost
  addi t4, t5, -12
  beqz t4, m_lost
  j    m_place
m_interrupt:
  csrr t6, time
  addi t6, t6, 211
  lui  t5, MTIMECMP >> 12
  sd   t6, 0(t5)
  addi t6, t6, 53
  csrw stimecmp, t6
  csrci mip, 2
  lui  t5, 0x2000
  sw   zero, 0(t5)
m_lost:                     # go on anywhere in the program, with the page tables that were meant
  li   t3, SATP
  csrw satp, t3
  li   t3, 0xaaa
  csrs mie, t3
  csrr t6, minstret
  li   t3, 0x9e3779b1
  mul  t6, t6, t3
  srli t6, t6, 13
  li   t3, ${PROGRAM_BYTES - 4}
  and  t6, t6, t3
  li   t3, ${PROGRAM}
  add  t6, t6, t3
m_place:
  slli t6, t6, 44
  srli t6, t6, 44
  li   t4, ${PROGRAM}
  bltu t6, t4, m_restart
  li   t4, ${PROGRAM + PROGRAM_BYTES}
  bltu t6, t4, m_privilege
m_restart:
  li   t6, ${PROGRAM}
m_privilege:                # interrupts on; once in four traps another previous privilege; the reserved one leaves it as it is
  li   t3, 0x80
  csrs mstatus, t3
  csrr t3, minstret
  andi t4, t3, 3
  bnez t4, m_view
  andi t3, t3, 12
  li   t4, 0x1800
  csrr t5, mstatus
  not  t4, t4
  and  t5, t5, t4
  slli t3, t3, 9
  or   t5, t5, t3
  csrw mstatus, t5
m_view:                     # U has its own view of the program when addresses are translated
  csrr t3, satp
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
  addi t6, t6, 173
  csrw stimecmp, t6
  csrci sip, 2
  sret
`

export function trapHandlers(base: number): Uint8Array {
  const assembled = assemble(SOURCE, { file: 'trap-handlers', base, symbols: { RAM: BigInt(base) } })
  invariant(assembled.ok, assembled.ok ? '' : assembled.error.text)
  return assembled.value.bytes
}
