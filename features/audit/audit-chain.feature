Feature: Chained audit and what outlives a reset
  Each record seals the one before it; what brought the system down is told after the next start.

  @SKPP:FAU_GEN.1.2 @REQ:audit.chain~1 @TSFI:audit_read
  Rule: A record that is altered, and the place where it stood, can be told by whoever holds the key

    Scenario: The trail of a system at work is whole, also after old records were overwritten
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          li   s0, 4
        1: li  a7, PORT_SEND
          li   a0, 63
          ecall
          addi s0, s0, -1
          bnez s0, 1b
          li   a7, YIELD
          ecall
          j    CODE
        """
      When the system runs for 20 major frames
      Then register a0 of partition "worker-a" holds the result OK
      And the audit trail holds 0 records SECURE_STATE of the kernel
      And the chain of the audit trail is "whole"

    Scenario Outline: One bit of <what> of the second record is altered
      Given the system "supervised"
      When the system boots
      And bit 3 of byte <byte> of the audit trail flips
      And the system runs for 1 major frame
      Then the chain of the audit trail is "broken at record 1"

      Examples:
        | what          | byte |
        | the time      | 73   |
        | the event     | 80   |
        | the subject   | 84   |
        | the detail    | 96   |
        | the seal      | 112  |

    @SKPP:FPT_TST_EXP.1.2 @REQ:test.on-request~1 @TSFI:sys_ctl
    Scenario: A test of the kernel finds a record that was altered
      Given the system "maintenance"
      And partition "maintainer" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 4
          ecall
        1: j 1b
        """
      When the system boots
      And bit 0 of byte 96 of the audit trail flips
      And the system runs for 2 major frames
      Then the system is off for the reason "integrity"
      And 1 windows of partition "maintainer" have begun

    Scenario: The reader gets each record with its seal
      Given the system "supervised"
      And partition "supervisor" runs
        """riscv
          li   a7, AUDIT_READ
          li   a0, 0
          li   a1, DATA
          li   a2, 2
          ecall
          mv   s0, a1
          li   t0, DATA
          ld   t1, 48(t0)
          snez s1, t1                # the seal of the first record
          ld   t2, 112(t0)
          sub  t2, t2, t1
          snez s2, t2                # another seal on the second one
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "supervisor" hold
        | a0 | OK |
        | s0 | 2  |
        | s1 | 1  |
        | s2 | 1  |

  @SKPP:FAU_SAA.1.1 @SKPP:FAU_SAA.1.2 @SKPP:FAU_ARP.1.1 @REQ:audit.sequence-alarm~1 @TSFI:wait
  Rule: A sequence of one subject's events within a frame raises the configured alarm

    Scenario Outline: A worker <does>
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          <first>
          <second>
          <third>
        1: j 1b
        """
      And partition "supervisor" runs
        """riscv
          li   a7, YIELD
          ecall
          li   a7, WAIT
          li   a0, 0x40
          li   a1, 0
          ecall
          mv   s0, a0
          mv   s1, a1
        1: j 1b
        """
      When the system runs for 1 major frame
      Then the audit trail holds <alarms> records ALARM of partition "worker-a"
      When the system runs for 1 major frame
      Then registers of partition "supervisor" hold
        | s0 | <result> |
        | s1 | <bits>   |

      Examples:
        | does | first | second | third | alarms | result | bits |
        | is denied a flow, refused a call, and reports an error | li a7, PORT_SEND; li a0, 63; ecall | li a7, HM_RAISE; li a1, 9; ecall | li a7, HM_RAISE; li a1, 0; ecall | 2 | OK | 64 |
        | is refused a call, denied a flow, and reports an error | li a7, HM_RAISE; li a1, 9; ecall | li a7, PORT_SEND; li a0, 63; ecall | li a7, HM_RAISE; li a1, 0; ecall | 1 | TIMEOUT | 0 |
        | is denied a flow and reports an error                  | li a7, PORT_SEND; li a0, 63; ecall | nop | li a7, HM_RAISE; li a1, 0; ecall | 1 | TIMEOUT | 0 |

  @SKPP:FPT_RCV_EXP.2.2 @SKPP:FPT_FLS.1.1 @REQ:recovery.crash-record~1
  Rule: The next start tells what brought the system down, once

    @SKPP:FAU_GEN.1.1 @TSFI:trap_memory
    Scenario: An error that halted the module stands in the trail of the next start
      Given the system "supervised"
      And partition "supervisor" runs
        """riscv
          ld   s0, 0(zero)
        """
      When the system runs for 1 major frame
      Then the system is off for the reason "health"
      When the system is reset
      And the system runs for 1 more cycles
      Then the first records of the audit trail are
        | AUDIT_START  |
        | LAST_HALT    |
        | SECURE_STATE |
      And the audit trail holds 1 record LAST_HALT of the kernel
      And partition "supervisor" is running

    Scenario: A system that was never down tells of nothing
      Given the system "supervised"
      When the system boots
      Then the audit trail holds 0 records LAST_HALT of the kernel

    @TSFI:sys_ctl
    Scenario: A halt that somebody asked for is no crash
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 0
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then the system is off for the reason "requested"
      And the audit trail holds 1 record SYSTEM_CONTROL of partition "controller"
      When the system is reset
      Then the audit trail holds 0 records LAST_HALT of the kernel

    @TSFI:trap_memory
    Scenario: A crash record that was altered is not believed
      Given the system "supervised"
      And partition "supervisor" runs
        """riscv
          ld   s0, 0(zero)
        """
      When the system runs for 1 major frame
      And bit 0 of byte 0 of the crash record flips
      And the system is reset
      Then the audit trail holds 0 records LAST_HALT of the kernel
      And partition "supervisor" is running

    @TSFI:trap_memory
    Scenario: What was told once is not told again
      Given the system "supervised"
      And partition "supervisor" runs
        """riscv
          ld   s0, 0(zero)
        """
      When the system runs for 1 major frame
      And the system is reset
      And the system is reset
      Then the audit trail holds 0 records LAST_HALT of the kernel
      And partition "supervisor" is running
