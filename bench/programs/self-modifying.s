# A routine of eight instructions whose second one is written anew before every sixteenth call, with FENCE.I in between.
  .option norvc
main:
  mv   s5, ra
  li   s0, ROUNDS
  la   s1, routine
  lw   s2, 4(s1)                 # addi a0, a0, 0
  li   s3, 0x7ff
  li   a0, 0
1:and  t0, s0, s3
  slli t0, t0, 20
  or   t0, t0, s2
  sw   t0, 4(s1)
  fence.i
  li   s4, 16
2:jal  ra, routine
  addi s4, s4, -1
  bnez s4, 2b
  addi s0, s0, -1
  bnez s0, 1b
  mv   ra, s5
  ret
routine:
  slli t0, a0, 1
  addi a0, a0, 0
  xor  a0, a0, t0
  srli t0, a0, 9
  xor  a0, a0, t0
  addi t1, t0, 3
  add  a0, a0, t1
  ret
