# Shell sort of 32,768 pseudo-random words.
  .equ WORDS, 32768
  .equ TABLE, 0x82000000
main:
  li   s0, ROUNDS
  li   s2, WORDS
  li   s1, TABLE
  li   a0, 88172645463325252
round:
  mv   t0, s1
  mv   t1, s2
1:slli t2, a0, 13
  xor  a0, a0, t2
  srli t2, a0, 7
  xor  a0, a0, t2
  slli t2, a0, 17
  xor  a0, a0, t2
  sw   a0, 0(t0)
  addi t0, t0, 4
  addi t1, t1, -1
  bnez t1, 1b
  srli s3, s2, 1                 # gap
gap:
  mv   s4, s3                    # index
2:slli t0, s4, 2
  add  t0, s1, t0
  lw   t3, 0(t0)
  mv   t1, s4
3:bltu t1, s3, 4f
  sub  t2, t1, s3
  slli t4, t2, 2
  add  t4, s1, t4
  lw   t5, 0(t4)
  bge  t3, t5, 4f
  slli t6, t1, 2
  add  t6, s1, t6
  sw   t5, 0(t6)
  mv   t1, t2
  j    3b
4:slli t6, t1, 2
  add  t6, s1, t6
  sw   t3, 0(t6)
  addi s4, s4, 1
  blt  s4, s2, 2b
  srli s3, s3, 1
  bnez s3, gap
  addi s0, s0, -1
  bnez s0, round
  lw   a0, 400(s1)
  ret
