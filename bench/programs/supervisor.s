# Brings the hart from reset to S-mode with Sv39 on and 64 MiB of RAM in pages of 4 KiB, calls main, prints what it returns as
# 16 hexadecimal digits on the UART and tells the test finisher. The same on this computer and on QEMU's machine `virt`.
# RISC-V Privileged, "Sv39: Page-Based 39-bit Virtual-Memory System". Read by GNU as and by the assembler of kernel/programs.
  .equ UART, 0x10000000
  .equ FINISHER, 0x100000
  .equ RAM, 0x80000000
  .equ STACK_TOP, 0x84000000
  .equ ROOT, 0x87000000          # one page: devices as a gigapage, RAM through MIDDLE
  .equ MIDDLE, 0x87001000        # one page: 32 pointers to LEAVES
  .equ LEAVES, 0x87002000        # 32 pages: 16,384 leaves
  .equ POINTER, 0x01             # V
  .equ DEVICE_LEAF, 0xc7         # V R W, A D
  .equ RAM_LEAF, 0xcf            # V R W X, A D
  .globl start
start:
  la   t0, machine_trap
  csrw mtvec, t0
  li   t0, -1
  csrw pmpaddr0, t0
  li   t0, 0x1f                  # NAPOT over everything: R W X
  csrw pmpcfg0, t0
  li   t0, ROOT
  li   t1, DEVICE_LEAF
  sd   t1, 0(t0)
  li   t1, (MIDDLE >> 2) | POINTER
  sd   t1, 16(t0)
  li   t0, MIDDLE
  li   t1, (LEAVES >> 2) | POINTER
  li   t2, 32
1:sd   t1, 0(t0)
  addi t0, t0, 8
  addi t1, t1, 0x400
  addi t2, t2, -1
  bnez t2, 1b
  li   t0, LEAVES
  li   t1, (RAM >> 2) | RAM_LEAF
  li   t2, 16384
1:sd   t1, 0(t0)
  addi t0, t0, 8
  addi t1, t1, 0x400
  addi t2, t2, -1
  bnez t2, 1b
  li   t0, (8 << 60) | (ROOT >> 12)
  csrw satp, t0
  sfence.vma
  li   t0, 0x1800                # MPP
  csrc mstatus, t0
  li   t0, 0x2800                # FS Initial, MPP S
  csrs mstatus, t0
  la   t0, supervisor
  csrw mepc, t0
  mret

# An environment call from S returns; anything else ends the program with code 1.
  .align 2
machine_trap:
  csrrw t6, mscratch, t6
  csrr t6, mcause
  addi t6, t6, -9
  bnez t6, failed
  csrr t6, mepc
  addi t6, t6, 4
  csrw mepc, t6
  csrrw t6, mscratch, t6
  mret
failed:
  li   t0, FINISHER
  li   t1, 0x13333
  sw   t1, 0(t0)
1:j    1b

supervisor:
  li   sp, STACK_TOP
  jal  ra, main
  li   t0, UART
  li   t1, 60                    # bit position of the digit
1:lbu  t2, 5(t0)                 # LSR.THRE
  andi t2, t2, 0x20
  beqz t2, 1b
  srl  t2, a0, t1
  andi t2, t2, 15
  addi t3, t2, -10
  bltz t3, 2f
  addi t2, t2, 39                # a to f
2:addi t2, t2, 48
  sb   t2, 0(t0)
  addi t1, t1, -4
  bgez t1, 1b
  li   t2, 10
  sb   t2, 0(t0)
  li   t0, FINISHER
  li   t1, 0x5555
  sw   t1, 0(t0)
1:j    1b

