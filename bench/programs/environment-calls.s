# Round trips from S to M and back: ecall, the handler of supervisor.s, mret.
main:
  li   s0, ROUNDS
  li   a0, 0
1:ecall
  addi a0, a0, 1
  addi s0, s0, -1
  bnez s0, 1b
  ret
