# Integer arithmetic in registers; every instruction waits for the one before.
main:
  li   s0, ROUNDS
  li   a0, 1
  li   a1, 6364136223846793005
1:mul  a0, a0, a1
  xori a0, a0, 0x55
  srli t0, a0, 29
  add  a0, a0, t0
  sltu t1, a0, t0
  sub  a0, a0, t1
  addi s0, s0, -1
  bnez s0, 1b
  ret
