Feature: Failures of partitions
  An error of a partition is answered by its health table and reaches nobody else.

  @SKPP:FPT_FLS.1.1 @SKPP:FPT_SEP.3.2 @REQ:failure.contained~1 @claim:C05 @TSFI:trap_memory
  Rule: A failing partition leaves every other one as it was

    Scenario: A partition that faults is stopped, and its neighbour runs on
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   sp, 0
          sd   ra, -8(sp)
        1: j 1b
        """
      And partition "display" runs
        """riscv
        1: addi s0, s0, 1
          li   a7, YIELD
          ecall
          j    1b
        """
      When the system runs for 3 major frames
      Then partition "altimeter" is stopped
      And register s0 of partition "display" holds 3
      And partition "display" is as if partition "altimeter" had only spun

  @SKPP:FPT_FLS.1.1 @REQ:failure.health-table~1
  Rule: The health table of a partition decides what its error leads to

    @SKPP:FPT_RCV_EXP.2.1 @TSFI:hm_raise
    Scenario: An application error restarts its partition up to the limit, then stops it
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
        1: li  a7, HM_RAISE
          li   a0, 5
          ecall
          j    1b
        """
      When the system runs for 5 major frames
      Then partition "worker-a" was restarted 2 times
      And partition "worker-a" is stopped
      And the audit trail holds 3 records APPLICATION_ERROR of partition "worker-a"

    @TSFI:hm_raise
    Scenario: An application error that is only logged lets its partition go on
      Given the system "supervised"
      And partition "worker-b" runs
        """riscv
          li   a7, HM_RAISE
          li   a0, 5
          ecall
          li   s0, 1
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "worker-b" is running
      And registers of partition "worker-b" hold
        | a0 | OK |
        | s0 | 1  |
      And the audit trail holds 1 record APPLICATION_ERROR of partition "worker-b"

    @SKPP:FPT_RCV_EXP.2.2 @TSFI:port_send
    Scenario: A refused request halts the module where the health table says so
      Given the system "supervised"
      And partition "supervisor" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, 63
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then the system is off for the reason "health"
      And 1 windows of partition "supervisor" have begun

    @TSFI:port_send
    Scenario: A refused request stops its caller where the health table says so
      Given the system "supervised"
      And partition "worker-b" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, 63
          ecall
          li   s0, 1
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "worker-b" is stopped
      And register s0 of partition "worker-b" holds 0

    @TSFI:port_send
    Scenario: A refused request that is only logged lets its caller go on
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, 63
          ecall
          li   s0, 1
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "worker-a" is running
      And registers of partition "worker-a" hold
        | a0 | CAP |
        | s0 | 1   |

    @SKPP:FPT_RCV_EXP.2.2
    Scenario Outline: <error> halts the module where the health table says so
      Given the system "supervised"
      And partition "supervisor" runs
        """riscv
          <instruction>
        1: j 1b
        """
      When the system runs for 2 major frames
      Then the system is off for the reason "health"
      And 1 windows of partition "supervisor" have begun
      And the audit trail holds 1 record <event> of partition "supervisor"
      And the audit trail holds 1 record HALT of the kernel

      @TSFI:trap_memory
      Examples: memory
        | error              | instruction    | event            |
        | A memory violation | ld s0, 0(zero) | MEMORY_VIOLATION |

      @TSFI:trap_instruction
      Examples: instruction
        | error                  | instruction | event               |
        | An illegal instruction | .word 0     | ILLEGAL_INSTRUCTION |

    @TSFI:trap_instruction
    Scenario: An illegal instruction stops its partition where the health table says so
      Given the system "supervised"
      And partition "worker-b" runs
        """riscv
          .word 0
          li   s0, 1
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "worker-b" is stopped
      And partition "worker-b" was restarted 0 times
      And register s0 of partition "worker-b" holds 0

    Scenario Outline: <error> that is only logged stops its partition all the same
      Given the system "selective-audit"
      And partition "quiet" runs
        """riscv
          <instruction>
          li   s0, 1
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "quiet" is stopped
      And register s0 of partition "quiet" holds 0
      And 1 windows of partition "quiet" have begun
      And 2 windows of partition "worker" have begun

      @TSFI:trap_memory
      Examples: memory
        | error              | instruction    |
        | A memory violation | ld s0, 0(zero) |

      @TSFI:trap_instruction
      Examples: instruction
        | error                  | instruction |
        | An illegal instruction | .word 0     |

  @SKPP:FPT_RCV_EXP.2.1 @REQ:recovery.partition-restart~1
  Rule: A restarted partition starts from its measured image, with nothing of its former life

    @SKPP:FDP_RIP.2.1 @REQ:residual.partition-memory~1 @TSFI:trap_memory
    Scenario: A fault restarts the partition with zero data and zero registers
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          li   t0, DATA
          ld   s1, 0(t0)
          mv   s2, s3
          li   s3, 0x5ec2e7
          sd   s3, 0(t0)
          sd   s3, 8(t0)
          li   a7, YIELD
          ecall
          ld   s0, 0(zero)
        1: j 1b
        """
      When the system runs for 3 major frames
      Then partition "worker-a" was restarted 1 time
      And registers of partition "worker-a" hold
        | s1 | 0        |
        | s2 | 0        |
        | s3 | 0x5ec2e7 |

    @TSFI:trap_memory
    Scenario: A partition that faulted starts anew in its next window and not before
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          ld   s0, 0(zero)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then partition "worker-a" is starting
      And the audit trail holds 1 record PARTITION_RESTART of partition "worker-a"

    @TSFI:trap_instruction
    Scenario: An illegal instruction restarts the partition where the health table says so
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          .word 0
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "worker-a" was restarted 2 times
      And the audit trail holds 2 records ILLEGAL_INSTRUCTION of partition "worker-a"

    @TSFI:trap_memory
    Scenario: After as many restarts as the configuration allows the partition is stopped
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          ld   s0, 0(zero)
        1: j 1b
        """
      When the system runs for 6 major frames
      Then partition "worker-a" was restarted 2 times
      And partition "worker-a" is stopped
      And 3 windows of partition "worker-a" have begun
      And the audit trail holds 1 record PARTITION_STOP of partition "worker-a"

  @SKPP:FDP_RIP.2.1 @REQ:residual.partition-memory~1
  Rule: Nothing that a former life left, or that happened to it, reaches the next one

    @TSFI:trap_memory
    Scenario: A restart brings back code that was altered
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          li   a7, YIELD
          ecall
          ld   s0, 0(zero)
        1: j 1b
        """
      When the system runs for 1 major frame
      And bit 0 of byte 12000 of the code of partition "worker-a" flips
      And the system runs for 2 major frames
      Then partition "worker-a" was restarted 1 time
      And the code of partition "worker-a" is unchanged

    @TSFI:notify @TSFI:wait @TSFI:trap_instruction
    Scenario: A notification of the former life does not reach the restarted partition
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   a7, NOTIFY
          li   a0, CAP_ALERT
          li   a1, 0x1
          ecall
        1: j 1b
        """
      And partition "controller" runs
        """riscv
          li   a7, TIME
          ecall
          bnez a4, 1f
          .word 0                    # frame 0: the former life
        1: li  a7, WAIT
          li   a0, -1
          li   a1, 0
          ecall
          mv   s0, a0
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register a0 of partition "sensor" holds the result OK
      And partition "controller" was restarted 1 time
      And register s0 of partition "controller" holds the result TIMEOUT

  @SKPP:FDP_RIP.2.1 @REQ:residual.registers~1
  Rule: No register of one partition is seen by the next

    Scenario: Every register is zero when a partition starts
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li ra, -1
          li sp, -1
          li t0, -1
          li a0, -1
          li a7, -1
          li s11, -1
          li t6, -1
        1: j 1b
        """
      And partition "display" runs
        """riscv
          or   s0, ra, sp
          or   s0, s0, gp
          or   s0, s0, tp
          or   s0, s0, t0
          or   s0, s0, t1
          or   s0, s0, a0
          or   s0, s0, a1
          or   s0, s0, a7
          or   s0, s0, s11
          or   s0, s0, t6
          addi s1, s0, 1
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register s11 of partition "altimeter" holds -1
      And registers of partition "display" hold
        | s0 | 0 |
        | s1 | 1 |

    Scenario: Registers that one partition set do not reach the next, frame after frame
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   s0, 0x1234
          li   tp, 0x1234
        1: j 1b
        """
      And partition "display" runs
        """riscv
          mv   s1, s0
          mv   s2, tp
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register s0 of partition "altimeter" holds 0x1234
      And registers of partition "display" hold
        | s0 | 0 |
        | s1 | 0 |
        | s2 | 0 |

    Scenario: A reservation of one partition does not let another's store succeed
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   t0, DATA
        1: lr.d t1, (t0)
          j    1b
        """
      And partition "display" runs
        """riscv
          li   t0, DATA
          li   s0, 7
          sc.d s0, t0, (t0)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register s0 of partition "display" holds 1
      And all 64 bytes at DATA+0 of partition "display" are 0

    @TSFI:time
    Scenario: A reservation does not outlive a call
      Given the system "two-partitions"
      And partition "display" runs
        """riscv
          li   t0, DATA
          lr.d t1, (t0)
          li   a7, TIME
          ecall
          li   t1, 7
          sc.d s0, t1, (t0)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register s0 of partition "display" holds 1
      And register a0 of partition "display" holds the result OK
      And the double word at DATA+0 of partition "display" is 0

  @SKPP:FPT_MTN_EXP.1.1 @SKPP:FPT_MTN_EXP.1.2 @SKPP:FMT_SMF.1.1 @REQ:maintenance.mode~1 @TSFI:sys_ctl
  Rule: In maintenance mode only the maintainer runs, and only it leaves the mode

    Scenario: Maintenance suspends the other partitions
      Given the system "maintenance"
      And partition "mission" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 2
          ecall
          addi s0, s0, 1
        1: j 1b
        """
      When the system runs for 3 major frames
      Then 1 windows of partition "mission" have begun
      And 0 windows of partition "payload" have begun
      And 3 windows of partition "maintainer" have begun
      And the audit trail holds 1 record MAINTENANCE of the kernel

    @REQ:maintenance.leave-through-check~1
    Scenario: The maintainer resumes normal operation
      Given the system "maintenance"
      And partition "mission" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 2
          ecall
        1: j 1b
        """
      And partition "maintainer" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 3
          ecall
        1: j 1b
        """
      When the system runs for 3 major frames
      Then register a0 of partition "mission" holds the result OK
      And register a0 of partition "maintainer" holds the result OK
      And 2 windows of partition "payload" have begun
      And the audit trail holds 1 record SELFTEST of the kernel

    @REQ:maintenance.leave-through-check~1
    Scenario: A kernel that is not sound halts instead of resuming
      Given the system "maintenance"
      And partition "mission" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 2
          ecall
        1: j 1b
        """
      And partition "maintainer" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 3
          ecall
        1: j 1b
        """
      When the system boots
      And bit 2 of byte 8320 of the page tables of partition "payload" flips
      And the system runs for 2 major frames
      Then the system is off for the reason "integrity"
      And 1 windows of partition "mission" have begun
      And 0 windows of partition "payload" have begun
      And 1 windows of partition "maintainer" have begun

    Scenario: Leaving a mode that is not entered is refused
      Given the system "maintenance"
      And partition "maintainer" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 3
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "maintainer" holds the result STATE

    Scenario: A subject that may only enter maintenance mode asks to leave it
      Given the system "maintenance"
      And partition "mission" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 3
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "mission" holds the result PERM
