# Copies of 64 KiB by doublewords, four at a time.
  .equ BYTES, 65536
  .equ SOURCE, 0x82000000
main:
  li   s0, ROUNDS
  li   s1, SOURCE
  li   s3, BYTES
  add  s2, s1, s3
  mv   t0, s1
  mv   t1, s3
1:sd   t1, 0(t0)
  addi t0, t0, 8
  addi t1, t1, -8
  bnez t1, 1b
round:
  mv   t0, s1
  mv   t1, s2
  srli t2, s3, 5
1:ld   t3, 0(t0)
  ld   t4, 8(t0)
  ld   t5, 16(t0)
  ld   t6, 24(t0)
  sd   t3, 0(t1)
  sd   t4, 8(t1)
  sd   t5, 16(t1)
  sd   t6, 24(t1)
  addi t0, t0, 32
  addi t1, t1, 32
  addi t2, t2, -1
  bnez t2, 1b
  addi s0, s0, -1
  bnez s0, round
  ld   a0, 8(s2)
  ret
