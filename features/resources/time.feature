Feature: Time
  Every partition has its windows, to the cycle, whatever the others do. Times are model cycles.

  @SKPP:FRU_PRU_EXP.1.1 @SKPP:FRU_RSA.2.2 @REQ:time.window-start-exact~1 @claim:C05 @TSFI:window_timer
  Rule: A window starts on its exact cycle, whatever the partition before it does

    Scenario Outline: The partition before <behaviour>
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
        1: <body>
          j    1b
        message: .ascii "sixteen bytes !!"
        """
      When the system runs for 5 major frames
      Then windows of partition "display" began at
        | 2 | 150000 |
        | 3 | 250000 |
        | 5 | 450000 |
      And consecutive windows of partition "display" are 100000 cycles apart from window 2 to window 5
      And consecutive windows of partition "altimeter" are 100000 cycles apart from window 2 to window 5

      Examples:
        | behaviour                              | body |
        | spins                                  | nop |
        | gives up its window                    | li a7, YIELD; ecall |
        | floods the kernel with sends           | li a7, PORT_SEND; li a0, CAP_ALTITUDE; la a1, message; li a2, 16; ecall |
        | floods the kernel with denied requests | li a7, PORT_RECV; li a0, CAP_ALTITUDE; ecall |
        | floods the kernel with unknown calls   | li a7, 63; ecall |
        | divides all the time                   | li t0, -1; div t1, t0, t0 |

    Scenario: The partition before waits for ever
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, WAIT
          li   a0, -1
          li   a1, -1
          ecall
        1: j 1b
        """
      When the system runs for 5 major frames
      Then consecutive windows of partition "display" are 100000 cycles apart from window 2 to window 5

    Scenario: The partition before faults
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, YIELD
          ecall
          ld   t0, 0(zero)
        """
      When the system runs for 5 major frames
      Then partition "altimeter" is stopped
      And consecutive windows of partition "display" are 100000 cycles apart from window 2 to window 5

    Scenario: The first window of a partition is later by the declared charge of its start, and by nothing else
      Given the system "two-partitions"
      When the system runs for 1 major frame
      Then windows of partition "altimeter" began at
        | 1 | 8144 |
      And windows of partition "display" began at
        | 1 | 58144 |

  @SKPP:FRU_RSA.2.1 @REQ:time.window-limit~1 @TSFI:yield @TSFI:window_timer
  Rule: Nobody runs longer than its window; time given up goes to nobody

    Scenario: A spinning partition has run the same number of instructions beside any neighbour
      Given the system "two-partitions"
      And partition "display" runs
        """riscv
        1: addi s0, s0, 1
          j    1b
        """
      And partition "altimeter" runs
        """riscv
        1: li  a7, YIELD
          ecall
          j    1b
        """
      When the system runs for 3 major frames
      Then 3 windows of partition "altimeter" have begun
      And 3 windows of partition "display" have begun
      And partition "display" is as if partition "altimeter" had only spun

  @SKPP:FPT_STM.1.1 @REQ:time.reliable~1 @TSFI:time
  Rule: The kernel's time is the hart's, and only grows

    Scenario: A partition asks for the time twice
      Given the system "two-partitions"
      And partition "display" runs
        """riscv
          li   a7, TIME
          ecall
          mv   s0, a0
          sub  s5, a3, a2
          mv   s6, a4
          mv   s1, a1
          li   a7, TIME
          ecall
          sltu s2, s1, a1
          sltu s3, a1, a3
          sltu s4, a2, s1
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "display" hold
        | s0 | OK    |
        | s2 | 1     |
        | s3 | 1     |
        | s4 | 1     |
        | s5 | 50000 |
        | s6 | 0     |
