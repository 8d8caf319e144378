Feature: Threads of a partition
  A partition divides its own windows among the threads that its configuration gives it. None of them reaches another partition.

  @SKPP:FRU_PRU_EXP.1.1 @REQ:tasking.priority~1 @TSFI:thr_ctl
  Rule: The ready thread of the highest priority runs; of several the one that is ready for longest

    Scenario: A thread of higher priority runs before its starter goes on
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          mv   s0, a0
          li   a0, 1
          jal  mark
        1: j 1b
        logger:
          li   a0, 2
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 1                 # stop
          ecall
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "flight" is 21
      And register s0 of partition "flight" holds the result OK

    Scenario: Threads of one priority run in the order in which they were started
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, 0
          li   a1, 4                 # priority of the main thread
          li   a2, 10
          ecall
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          li   a7, THR_CTL
          li   a0, THR_PLOTTER
          li   a1, 0                 # start
          la   a2, plotter
          li   a3, DATA + 0x2000
          ecall
          li   a0, 1
          jal  mark
          li   a7, THR_CTL
          li   a0, 0
          li   a1, 4                 # priority
          li   a2, 0
          ecall
          mv   s0, a0
          li   a0, 4
          jal  mark
        1: j 1b
        logger:
          li   a0, 2
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 1                 # stop
          ecall
        plotter:
          li   a0, 3
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_PLOTTER
          li   a1, 1                 # stop
          ecall
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "flight" is 1234
      And register s0 of partition "flight" holds the result OK

    Scenario: A suspended thread does not run until it is resumed
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, 0
          li   a1, 4                 # priority of the main thread
          li   a2, 10
          ecall
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 2                 # suspend
          ecall
          li   a7, THR_CTL
          li   a0, 0
          li   a1, 4                 # priority
          li   a2, 0
          ecall
          li   a0, 1
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 3                 # resume
          ecall
          mv   s0, a0
          li   a0, 3
          jal  mark
        1: j 1b
        logger:
          li   a0, 2
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 1                 # stop
          ecall
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "flight" is 123
      And register s0 of partition "flight" holds the result OK

    @TSFI:yield
    Scenario: A thread that gives up the window leaves it to the others of its partition
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          li   a0, 1
          jal  mark
        1: j 1b
        logger:
          li   a0, 2
          jal  mark
          li   a7, YIELD
          ecall
          li   a0, 3
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 1                 # stop
          ecall
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "flight" is 21
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "flight" is 213

    @SKPP:FDP_RIP.2.1 @REQ:residual.registers~1
    Scenario: A thread begins with its stack, its number, and registers that are otherwise zero
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   s5, 0x5ec2e7
          li   t6, 0x5ec2e7
          li   a7, THR_CTL
          li   a0, THR_PLOTTER
          li   a1, 0                 # start
          la   a2, plotter
          li   a3, DATA + 0x2000
          ecall
          li   a7, THR_CTL
          li   a0, THR_PLOTTER
          li   a1, 0                 # start
          la   a2, plotter
          li   a3, DATA + 0x2000
          ecall
        1: j 1b
        plotter:
          li   t0, DATA
          sd   sp, 8(t0)
          sd   a0, 16(t0)
          or   s5, s5, t6
          sd   s5, 24(t0)
          li   s5, 0x5ec2e7          # for its next life
          li   a7, THR_CTL
          li   a0, THR_PLOTTER
          li   a1, 1                 # stop
          ecall
        """
      When the system runs for 1 major frame
      Then the double word at DATA+8 of partition "flight" is 0x102000
      And the double word at DATA+16 of partition "flight" is 3
      And the double word at DATA+24 of partition "flight" is 0

  @SKPP:FPT_RVM.1.1 @SKPP:FDP_IFC.2.2 @REQ:tasking.own-threads~1 @TSFI:thr_ctl
  Rule: A partition names its own threads and no others, and asks only for what their state permits

    @TSFI:thr_stat
    Scenario: A partition names threads that are not there
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, 6
          li   a1, 1
          ecall
          mv   s0, a0
          li   a7, THR_CTL
          li   a0, -1
          li   a1, 1
          ecall
          mv   s1, a0
          li   a7, THR_STAT
          li   a0, 6
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "flight" hold
        | s0 | CAP   |
        | s1 | CAP   |
        | a0 | CAP   |

    Scenario: A partition without threads of its own cannot stop those of its neighbour
      Given the system "tasks"
      And partition "watcher" runs
        """riscv
          li   a7, THR_CTL
          li   a0, 1
          li   a1, 1
          ecall
          mv   s0, a0
          li   a7, THR_CTL
          li   a0, 2
          li   a1, 1
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "watcher" hold
        | s0 | CAP   |
        | a0 | CAP   |

    Scenario: An operation, a priority and an entry that do not exist
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 7
          ecall
          mv   s0, a0
          li   a7, THR_CTL
          li   a0, 0
          li   a1, 4
          li   a2, 256
          ecall
          mv   s1, a0
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0
          li   a2, CODE + 1
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "flight" hold
        | s0 | ARG   |
        | s1 | ARG   |
        | a0 | ARG   |

    Scenario: A thread that does not run is neither stopped nor suspended nor resumed
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 1                 # stop
          ecall
          mv   s0, a0
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 2                 # suspend
          ecall
          mv   s1, a0
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 3                 # resume
          ecall
          mv   s2, a0
          li   a7, THR_CTL
          li   a0, 0
          li   a1, 5                 # the main thread has no period
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "flight" hold
        | s0 | STATE |
        | s1 | STATE |
        | s2 | STATE |
        | a0 | STATE |

    Scenario: A thread that runs is not started again
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, 0
          li   a1, 4                 # priority of the main thread
          li   a2, 10
          ecall
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
        1: j 1b
        logger: j logger
        """
      When the system runs for 1 major frame
      Then register a0 of partition "flight" holds the result STATE

  @SKPP:FRU_PRU_EXP.1.1 @REQ:tasking.periodic~1 @TSFI:thr_ctl
  Rule: A periodic thread is released every period, a sporadic one started at most once in its least interval

    Scenario: A thread of period 30000 runs three times in a window of 100000 cycles
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_SAMPLER
          li   a1, 0                 # start
          la   a2, sampler
          li   a3, DATA + 0x1000
          ecall
          mv   s0, a0
        1: addi s1, s1, 1
          j    1b
        sampler:
          li   a0, 7
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_SAMPLER
          li   a1, 5                 # end of the period
          ecall
          j    sampler
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "flight" is 777
      And register s0 of partition "flight" holds the result OK
      And register s1 of partition "flight" holds at least 20000
      And the audit trail holds 0 records DEADLINE_MISSED of partition "flight"

    Scenario: The releases of a periodic thread are 30000 cycles apart, whatever it does between them
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_SAMPLER
          li   a1, 0                 # start
          la   a2, sampler
          li   a3, DATA + 0x1000
          ecall
        1: j 1b
        sampler:
          li   a7, TIME
          ecall
          li   t0, DATA
          ld   t1, 0(t0)             # how many times
          slli t2, t1, 3
          add  t2, t2, t0
          sd   a1, 8(t2)             # when
          addi t3, t1, 1
          sd   t3, 0(t0)
          sub  t4, a1, s2            # since the last time
          mv   s2, a1
          beqz t1, 2f
          li   t5, 30000
          sub  t4, t4, t5
          bgez t4, 3f
          neg  t4, t4
        3: ld  t6, 256(t0)           # the largest difference from the period
          bge  t6, t4, 2f
          sd   t4, 256(t0)
        2: mv  t6, t1                # works longer and longer
          slli t6, t6, 9
        4: addi t6, t6, -1
          bgtz t6, 4b
          li   a7, THR_CTL
          li   a0, THR_SAMPLER
          li   a1, 5                 # end of the period
          ecall
          j    sampler
        """
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "flight" is 3
      And the double word at DATA+256 of partition "flight" is at most 150

    Scenario: A sporadic thread that is started again at once begins 40000 cycles after its first start
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_BURST
          li   a1, 0                 # start
          la   a2, burst
          li   a3, DATA + 0x1000
          ecall
          mv   s0, a0
          li   a7, THR_CTL
          li   a0, THR_BURST
          li   a1, 0                 # start
          la   a2, burst
          li   a3, DATA + 0x1000
          ecall
          mv   s1, a0
        1: j 1b
        burst:
          li   a7, TIME
          ecall
          li   t0, DATA
          ld   t1, 0(t0)
          sd   a1, 0(t0)
          sub  t1, a1, t1
          sd   t1, 8(t0)             # since the last time
          li   a7, THR_CTL
          li   a0, THR_BURST
          li   a1, 1                 # stop
          ecall
        """
      When the system runs for 1 major frame
      Then registers of partition "flight" hold
        | s0 | OK |
        | s1 | OK |
      And the double word at DATA+8 of partition "flight" is at least 39850
      And the double word at DATA+8 of partition "flight" is at most 40150

  @SKPP:FPT_FLS.1.1 @REQ:tasking.deadline~1 @TSFI:thr_ctl
  Rule: A thread that is not done by its deadline is an error of its partition

    Scenario: The error handler learns which thread missed its deadline, and stops it
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_MEDIC
          li   a1, 0                 # start
          la   a2, medic
          li   a3, DATA + 0x2000
          ecall
          mv   s0, a0
          li   a7, THR_CTL
          li   a0, THR_SAMPLER
          li   a1, 0                 # start
          la   a2, sampler
          li   a3, DATA + 0x1000
          ecall
          li   a0, 1
          jal  mark
        1: j 1b
        sampler: j sampler         # never done
        medic:
          li   t0, DATA
          sd   a0, 8(t0)             # which error
          sd   a1, 16(t0)            # of which thread
          mv   a0, a1
          li   a7, THR_CTL
          li   a1, 1                 # stop
          ecall
          li   a7, THR_CTL
          li   a0, THR_MEDIC
          li   a1, 1                 # stop
          ecall
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 1 major frame
      Then register s0 of partition "flight" holds the result OK
      And the double word at DATA+0 of partition "flight" is 1
      And the double word at DATA+8 of partition "flight" is 7
      And the double word at DATA+16 of partition "flight" is 1
      And the last record DEADLINE_MISSED of partition "flight" holds
        | detail | 1 |

    Scenario: A thread that asks for more time in time misses no deadline
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_SAMPLER
          li   a1, 0                 # start
          la   a2, sampler
          li   a3, DATA + 0x1000
          ecall
        1: j 1b
        sampler:
          li   s0, 8
        1: li  t0, 4000
        2: addi t0, t0, -1
          bnez t0, 2b                # 8000 cycles of work
          li   a7, THR_CTL
          li   a0, THR_SAMPLER
          li   a1, 6                 # replenish
          li   a2, 10000
          ecall
          addi s0, s0, -1
          bnez s0, 1b
          li   a0, 9
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_SAMPLER
          li   a1, 1                 # stop
          ecall
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "flight" is 9
      And the audit trail holds 0 records DEADLINE_MISSED of partition "flight"

  @SKPP:FPT_FLS.1.1 @REQ:failure.process-actions~1
  Rule: An error of a thread may be answered on that thread alone

    @TSFI:trap_instruction @TSFI:thr_stat
    Scenario: A thread with an illegal instruction is stopped, and the others go on
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          li   a0, 1
          jal  mark
          li   a7, THR_STAT
          li   a0, THR_LOGGER
          ecall
        1: j 1b
        logger:
          .word 0
          li   a0, 2
          jal  mark
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 2 major frames
      Then partition "flight" is running
      And the double word at DATA+0 of partition "flight" is 1
      And registers of partition "flight" hold
        | a0 | OK |
        | a1 | 0  |
      And the audit trail holds 1 record ILLEGAL_INSTRUCTION of partition "flight"

    @TSFI:trap_memory
    Scenario: The error handler learns of a memory violation, while the thread that made it stands still
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_MEDIC
          li   a1, 0                 # start
          la   a2, medic
          li   a3, DATA + 0x2000
          ecall
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          li   a0, 1
          jal  mark
        1: j 1b
        logger:
          ld   t0, 0(zero)
          li   a0, 2
          jal  mark
        medic:
          li   t0, DATA
          sd   a0, 8(t0)             # which error
          sd   a1, 16(t0)            # of which thread
          mv   a0, a1
          li   a7, THR_CTL
          li   a0, THR_MEDIC
          li   a1, 1                 # stop
          ecall
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 2 major frames
      Then partition "flight" is running
      And the double word at DATA+0 of partition "flight" is 1
      And the double word at DATA+8 of partition "flight" is 0
      And the double word at DATA+16 of partition "flight" is 2

    @TSFI:trap_memory
    Scenario: An error of the handler itself stops the partition
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_MEDIC
          li   a1, 0                 # start
          la   a2, medic
          li   a3, DATA + 0x2000
          ecall
          ld   t0, 0(zero)
          li   a0, 1
          jal  mark
        medic:
          ld   t0, 8(zero)
          li   a0, 2
          jal  mark
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 2 major frames
      Then partition "flight" is stopped
      And the double word at DATA+0 of partition "flight" is 0
      And the audit trail holds 2 records MEMORY_VIOLATION of partition "flight"

    @TSFI:trap_memory
    Scenario: An error that asks for a handler nobody set up stops the partition
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          ld   t0, 0(zero)
          li   a0, 1
          jal  mark
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 2 major frames
      Then partition "flight" is stopped
      And the double word at DATA+0 of partition "flight" is 0

  @SKPP:FRU_PRU_EXP.1.1 @REQ:tasking.semaphores~1 @TSFI:sem_wait @TSFI:sem_post
  Rule: A semaphore gives what it has, to the waiting thread of the highest priority first, and runs its holder at its ceiling

    @TSFI:thr_stat
    Scenario: Nobody below the ceiling interrupts the holder
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, SEM_WAIT
          li   a0, SEM_BUS
          li   a1, -1
          ecall
          mv   s0, a0
          li   a7, THR_STAT
          li   a0, 0
          ecall
          mv   s1, a2
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          li   a0, 1
          jal  mark
          li   a7, SEM_POST
          li   a0, SEM_BUS
          ecall
          mv   s2, a0
          li   a0, 3
          jal  mark
        1: j 1b
        logger:
          li   a0, 2
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 1                 # stop
          ecall
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "flight" is 123
      And registers of partition "flight" hold
        | s0 | OK |
        | s1 | 30 |
        | s2 | OK |

    Scenario: Of two waiting threads the one of higher priority is served first
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          li   a7, THR_CTL
          li   a0, THR_BURST
          li   a1, 0                 # start
          la   a2, burst
          li   a3, DATA + 0x2000
          ecall
          li   a0, 1
          jal  mark
          li   a7, SEM_POST
          li   a0, SEM_SLOTS
          ecall
          li   a0, 4
          jal  mark
          li   a7, SEM_POST
          li   a0, SEM_SLOTS
          ecall
          mv   s0, a0
        1: j 1b
        logger:
          li   a7, SEM_WAIT
          li   a0, SEM_SLOTS
          li   a1, -1
          ecall
          li   a0, 3
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 1                 # stop
          ecall
        burst:
          li   a7, SEM_WAIT
          li   a0, SEM_SLOTS
          li   a1, -1
          ecall
          li   a0, 2
          jal  mark
          li   a7, THR_CTL
          li   a0, THR_BURST
          li   a1, 1                 # stop
          ecall
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "flight" is 1243
      And register s0 of partition "flight" holds the result OK

    @TSFI:time
    Scenario: A wait ends at its deadline without a unit
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, TIME
          ecall
          li   t0, 5000
          add  s1, a1, t0            # 5000 cycles from now
          li   a7, SEM_WAIT
          li   a0, SEM_SLOTS
          mv   a1, s1
          ecall
          mv   s0, a0
          li   a7, TIME
          ecall
          sltu s2, a1, s1            # before the deadline?
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "flight" hold
        | s0 | TIMEOUT |
        | s2 | 0       |

    Scenario: A semaphore that is not there, one that is full, one that somebody else holds, and one that the caller holds
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, SEM_WAIT
          li   a0, 2
          li   a1, 0
          ecall
          mv   s0, a0
          li   a7, SEM_POST
          li   a0, SEM_SLOTS
          ecall
          li   a7, SEM_POST
          li   a0, SEM_SLOTS
          ecall
          li   a7, SEM_POST
          li   a0, SEM_SLOTS
          ecall
          mv   s1, a0
          li   a7, SEM_POST
          li   a0, SEM_BUS
          ecall
          mv   s2, a0
          li   a7, SEM_WAIT
          li   a0, SEM_BUS
          li   a1, 0
          ecall
          li   a7, SEM_WAIT
          li   a0, SEM_BUS
          li   a1, 0
          ecall
          mv   s3, a0
          li   a7, SEM_POST
          li   a0, 9
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "flight" hold
        | s0 | CAP   |
        | s1 | FULL  |
        | s2 | STATE |
        | s3 | STATE |
        | a0 | CAP   |

    Scenario: A neighbour has no semaphores to wait for
      Given the system "tasks"
      And partition "watcher" runs
        """riscv
          li   a7, SEM_WAIT
          li   a0, 0
          li   a1, 0
          ecall
          mv   s0, a0
          li   a7, SEM_POST
          li   a0, 1
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "watcher" hold
        | s0 | CAP   |
        | a0 | CAP   |

    @TSFI:wait
    Scenario: A thread that is stopped gives back what it holds
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 1                 # stop
          ecall
          li   a7, SEM_WAIT
          li   a0, SEM_BUS
          li   a1, 0
          ecall
        1: j 1b
        logger:
          li   a7, SEM_WAIT
          li   a0, SEM_BUS
          li   a1, -1
          ecall
          li   a7, WAIT
          li   a0, 0
          li   a1, -1
          ecall
        """
      When the system runs for 1 major frame
      Then register a0 of partition "flight" holds the result OK

  @SKPP:FDP_RIP.2.1 @SKPP:FPT_RCV_EXP.2.1 @REQ:tasking.restart~1 @TSFI:thr_ctl
  Rule: A start of the partition leaves nothing of its threads and semaphores

    @TSFI:sem_wait @TSFI:thr_stat
    Scenario: After a restart the main thread alone runs, and every semaphore is as at the first start
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, SELF
          ecall
          bnez a4, again             # a restart by the health monitor
          li   a7, THR_CTL
          li   a0, 0
          li   a1, 4                 # priority of the main thread
          li   a2, 10
          ecall
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x1000
          ecall
          li   a7, SEM_WAIT
          li   a0, SEM_BUS
          li   a1, -1
          ecall
          li   a7, SEM_POST
          li   a0, SEM_SLOTS
          ecall
          li   t0, DATA
          ld   t0, -8(t0)            # a stack overflow: cold start
        again:
          li   a7, THR_STAT
          li   a0, THR_LOGGER
          ecall
          mv   s0, a1
          li   a7, THR_STAT
          li   a0, 0
          ecall
          mv   s1, a2
          li   a7, SEM_WAIT
          li   a0, SEM_SLOTS
          li   a1, 0
          ecall
          mv   s2, a0
          li   a7, SEM_WAIT
          li   a0, SEM_BUS
          li   a1, 0
          ecall
          mv   s3, a0
        1: j 1b
        logger:
          li   a0, 2
          jal  mark
        mark:                        # appends the digit in a0 to the number at DATA
          li   t0, DATA
          ld   t1, 0(t0)
          li   t2, 10
          mul  t1, t1, t2
          add  t1, t1, a0
          sd   t1, 0(t0)
          ret
        """
      When the system runs for 2 major frames
      Then partition "flight" was restarted 1 time
      And the double word at DATA+0 of partition "flight" is 0
      And registers of partition "flight" hold
        | s0 | 0       |
        | s1 | 0       |
        | s2 | TIMEOUT |
        | s3 | OK      |

  @SKPP:FRU_PRU_EXP.1.1 @SKPP:FPT_SEP.3.2 @REQ:time.window-start-exact~1 @claim:C05 @TSFI:thr_ctl @TSFI:window_timer
  Rule: However a partition divides its windows, they are where they were

    Scenario: Threads that start, wait and stop without end move no window
      Given the system "tasks"
      And partition "flight" runs
        """riscv
          li   a7, THR_CTL
          li   a0, THR_SAMPLER
          li   a1, 0                 # start
          la   a2, sampler
          li   a3, DATA + 0x1000
          ecall
        1:
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 0                 # start
          la   a2, logger
          li   a3, DATA + 0x2000
          ecall
          li   a7, SEM_POST
          li   a0, SEM_SLOTS
          ecall
          li   a7, SEM_WAIT
          li   a0, SEM_SLOTS
          li   a1, 0
          ecall
          j    1b
        logger:
          li   a7, THR_CTL
          li   a0, THR_LOGGER
          li   a1, 1                 # stop
          ecall
        sampler:
          li   a7, THR_CTL
          li   a0, THR_SAMPLER
          li   a1, 5                 # end of the period
          ecall
          j    sampler
        """
      And partition "watcher" runs
        """riscv
        1: addi s0, s0, 1
          j    1b
        """
      When the system runs for 4 major frames
      Then consecutive windows of partition "watcher" are 120000 cycles apart from window 2 to window 4
      And partition "flight" is running
      And partition "watcher" is as if partition "flight" had only spun

