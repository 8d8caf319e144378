Feature: Management operations
  Stopping, restarting, halting and testing are for the subjects the configuration authorises.

  @SKPP:FMT_MOF.1.1 @SKPP:FMT_SMF.1.1 @REQ:management.partition-control~1 @TSFI:part_mode
  Rule: A partition is controlled by its manager and by nobody else

    @TSFI:part_stat
    Scenario: The manager stops a partition
      Given the system "supervised"
      And partition "supervisor" runs
        """riscv
          li   a7, PART_MODE
          li   a0, CAP_WORKER_A
          li   a1, 0
          ecall
          mv   s0, a0
          li   a7, PART_STAT
          li   a0, CAP_WORKER_A
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register s0 of partition "supervisor" holds the result OK
      And registers of partition "supervisor" hold
        | a0 | OK |
        | a1 | 0  |
        | a2 | 0  |
      And partition "worker-a" is stopped
      And 0 windows of partition "worker-a" have begun

    @SKPP:FDP_RIP.2.1 @REQ:residual.partition-memory~1
    Scenario: The manager restarts a partition
      Given the system "supervised"
      And partition "supervisor" runs
        """riscv
          li   a7, YIELD
          ecall
          li   a7, PART_MODE
          li   a0, CAP_WORKER_B
          li   a1, 1
          ecall
          mv   s0, a0
        1: j 1b
        """
      And partition "worker-b" runs
        """riscv
          li   t0, DATA
          ld   t1, 0(t0)
          addi t1, t1, 1
          sd   t1, 0(t0)
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register s0 of partition "supervisor" holds the result OK
      And partition "worker-b" was restarted 1 time
      And the double word at DATA+0 of partition "worker-b" is 1

    Scenario: Stopping a stopped partition is refused
      Given the system "supervised"
      And partition "supervisor" runs
        """riscv
          li   s1, 2
        1: li  a7, PART_MODE
          li   a0, CAP_WORKER_A
          li   a1, 0
          ecall
          addi s1, s1, -1
          bnez s1, 1b
          mv   s0, a0
        2: j 2b
        """
      When the system runs for 1 major frame
      Then register s0 of partition "supervisor" holds the result STATE

    Scenario Outline: A manager asks for the mode <mode>, which <why>
      Given the system "supervised"
      And partition "supervisor" runs
        """riscv
          li   a7, PART_MODE
          li   a0, CAP_WORKER_A
          li   a1, <mode>
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "supervisor" holds the result ARG
      And partition "worker-a" is running

      Examples:
        | mode | why                                   |
        | 3    | a partition reaches only by starting  |
        | 4    | does not exist                        |
        | -1   | does not exist                        |

    @TSFI:part_stat
    Scenario: An observer may look and not touch
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   a7, PART_MODE
          li   a0, CAP_LOGGER
          li   a1, 0
          ecall
          mv   s0, a0
          li   a7, PART_STAT
          li   a0, CAP_LOGGER
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register s0 of partition "controller" holds the result PERM
      And registers of partition "controller" hold
        | a0 | OK |
        | a1 | 1  |
      And partition "logger" is running

    @TSFI:part_stat
    Scenario: A worker tries to stop its neighbour
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          li   a7, PART_MODE
          li   a0, 2
          li   a1, 0
          ecall
          mv   s0, a0
          li   a7, PART_STAT
          li   a0, 2
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "worker-a" hold
        | s0 | CAP |
        | a0 | CAP |
      And partition "worker-b" is running
      And the audit trail holds 2 records FLOW_DENIED of partition "worker-a"

  @SKPP:FPT_HLT_EXP.1.1 @SKPP:FMT_MOF.1.1 @REQ:management.halt~1 @TSFI:sys_ctl
  Rule: An authorised subject halts the system; another cannot

    Scenario: The authorised subject halts the system
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 0
          ecall
        1: j 1b
        """
      When the system runs for 3 major frames
      Then the system is off for the reason "requested"
      And 1 windows of partition "controller" have begun
      And 0 windows of partition "logger" have begun
      And the audit trail holds 1 record SYSTEM_CONTROL of partition "controller"
      And the audit trail holds 1 record HALT of the kernel

    Scenario Outline: A subject without authority asks for <operation>
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, <number>
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "sensor" holds the result PERM
      And the system is on
      And the audit trail holds 1 record FLOW_DENIED of partition "sensor"

      Examples:
        | operation                     | number |
        | a halt                        | 0      |
        | a restart                     | 1      |
        | maintenance                   | 2      |
        | an end of maintenance         | 3      |
        | a self-test                   | 4      |
        | an operation that is not there | 5     |

    Scenario: The authorised subject asks for an operation that is not there
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 5
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "controller" holds the result ARG
      And the system is on

  @SKPP:FPT_RST_EXP.1.1 @REQ:management.restart~1 @TSFI:sys_ctl
  Rule: A restart goes through the same initialization and keeps nothing of before

    @SKPP:FDP_RIP.2.1 @REQ:residual.system-memory~1
    Scenario: After a reset a partition finds nothing of its former run
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   t0, DATA
          ld   s0, 0(t0)
          li   t1, 0x5ec2e7
          sd   t1, 0(t0)
          li   a7, SYS_CTL
          li   a0, 1
          bnez s0, 1f
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then the system has asked for a reset
      When the system is reset
      And the system runs for 1 more cycles
      Then the system is on
      And all 4096 bytes at DATA+0 of partition "controller" are 0
      And the first records of the audit trail are
        | AUDIT_START     |
        | SECURE_STATE    |
