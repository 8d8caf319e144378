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
m_handler:
  csrr t5, mcause
  bltz t5, m_interrupt
  csrr t6, mepc
  srli t3, t6, 30           # which view of the program: 0x8... or 0xc...
  andi t3, t3, 1
  addi t4, t5, -1           # fetch access fault and fetch page fault: try the other view
  beqz t4, m_toggle
  addi t4, t5, -12
  bnez t4, m_step
m_toggle:
  xori t3, t3, 1
m_step:
  addi t6, t6, 4
  slli t6, t6, 44
  srli t6, t6, 44
  lui  t4, ${PROGRAM >> 12}
  bltu t6, t4, m_restart
  lui  t4, ${(PROGRAM + PROGRAM_BYTES) >> 12}
  bltu t6, t4, m_return
m_restart:
  lui  t6, ${PROGRAM >> 12}
m_return:
  slli t3, t3, 30
  add  t6, t6, t3
  li   t3, 1
  slli t3, t3, 31
  add  t6, t6, t3
  csrw mepc, t6
  csrr t3, minstret         # now and then, back to M-mode
  andi t3, t3, 7
  bnez t3, m_leave
  lui  t3, 2
  addi t3, t3, -2048
  csrs mstatus, t3
m_leave:
  mret
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
  const assembled = assemble(SOURCE, { file: 'trap-handlers', base })
  invariant(assembled.ok, assembled.ok ? '' : assembled.error.text)
  return assembled.value.bytes
}
