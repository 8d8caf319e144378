# Reads and writes of CSRs of S-mode that change no translation.
main:
  li   s0, ROUNDS
  li   a0, 1
1:csrw sscratch, a0
  csrr t0, sscratch
  csrrs t1, sie, x0
  add  a0, a0, t0
  xor  a0, a0, t1
  csrrw t2, sepc, a0
  srli a0, a0, 1
  add  a0, a0, t2
  addi a0, a0, 77
  addi s0, s0, -1
  bnez s0, 1b
  ret
