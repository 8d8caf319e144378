# One doubleword in each of 8,192 pages, in an order that no page is near the one before; all translations are forgotten
# after every eighth pass (RISC-V Privileged, "Supervisor Memory-Management Fence Instruction").
  .equ PAGES_BASE, 0x81000000
  .equ STEP, 2819                # odd: passes through all pages
main:
  li   s0, ROUNDS
  li   s1, PAGES_BASE
  li   s2, 8191
  li   s3, STEP
  li   s4, 0
  li   a0, 0
pass:
  li   t0, 8192
1:slli t1, s4, 12
  add  t1, t1, s1
  ld   t2, 0(t1)
  add  t2, t2, s4
  sd   t2, 0(t1)
  add  a0, a0, t2
  add  s4, s4, s3
  and  s4, s4, s2
  addi t0, t0, -1
  bnez t0, 1b
  addi s0, s0, -1
  andi t1, s0, 7
  bnez t1, 2f
  sfence.vma
2:bnez s0, pass
  ret
