Feature: Tests of the kernel in operation
  An authorised subject can have the kernel measure itself and recompute who reaches what from the tables really in memory.

  @SKPP:FPT_TST_EXP.1.1 @SKPP:FPT_TST_EXP.1.2 @SKPP:FPT_TST_EXP.1.3 @SKPP:FMT_SMF.1.1 @REQ:test.on-request~1 @TSFI:sys_ctl
  Rule: A sound kernel passes its test, and says so

    Scenario: The maintainer asks for a test
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
          li   a0, 4
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then registers of partition "maintainer" hold
        | a0 | OK |
        | a1 | 0  |
      And 1 windows of partition "mission" have begun
      And the audit trail holds 1 record SELFTEST of the kernel
      And the system is on

    Scenario: A test that does not fit the rest of the window is refused
      Given the system "maintenance"
      And partition "maintainer" runs
        """riscv
          li   s0, 60000
        1: addi s0, s0, -1
          bnez s0, 1b
          li   a7, SYS_CTL
          li   a0, 4
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "maintainer" holds the result STATE
      And the audit trail holds 0 records SELFTEST of the kernel

  @SKPP:FPT_TST_EXP.1.2 @SKPP:FPT_FLS.1.1 @SKPP:FPT_RCV_EXP.2.2 @REQ:failure.integrity-halts~1 @TSFI:sys_ctl
  Rule: A kernel whose tables are not what the configuration says halts

    Scenario Outline: A bit of a page table flips: <what>
      Given the system "maintenance"
      And partition "maintainer" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 4
          ecall
          mv   s0, a0
        1: j 1b
        """
      When the system boots
      And bit <bit> of byte <byte> of the page tables of partition "payload" flips
      And the system runs for 2 major frames
      Then the system is off for the reason "integrity"
      And 0 windows of partition "payload" have begun
      And the audit trail holds 1 record INTEGRITY_FAILURE of the kernel

      Examples:
        | what                                       | bit | byte |
        | code becomes writable                      | 2   | 8320 |
        | data becomes inaccessible to its partition | 4   | 10240 |
        | a frame number changes                     | 5   | 8321 |

    @SKPP:FPT_TST_EXP.1.3
    Scenario: A bit of trap stub in memory flips while the system runs
      Given the system "maintenance"
      And partition "maintainer" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 4
          ecall
        1: j 1b
        """
      When the system boots
      And bit 3 of byte 4000 of the trap stub in memory flips
      And the system runs for 2 major frames
      Then the system is off for the reason "integrity"
      And 1 windows of partition "maintainer" have begun
      And the audit trail holds 1 record INTEGRITY_FAILURE of the kernel

    @SKPP:FPT_TST_EXP.1.3
    Scenario: A bit of configuration vector flips while the system runs
      The vector says where the audit trail lies: a kernel that reads it again cannot write a record, and stops at its next entry.

      Given the system "maintenance"
      And partition "maintainer" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 4
          ecall
        1: j 1b
        """
      When the system boots
      And bit 3 of byte 300 of the configuration vector flips
      And the system runs for 2 major frames
      Then the system is off for the reason "integrity"
      And at most 1 windows of partition "maintainer" have begun

    @SKPP:FPT_TST_EXP.1.3
    Scenario: A bit of a pristine image flips while the system runs
      Given the system "maintenance"
      And partition "maintainer" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 4
          ecall
        1: j 1b
        """
      When the system boots
      And bit 7 of byte 16000 of the image of partition "payload" flips
      And the system runs for 2 major frames
      Then the system is off for the reason "integrity"
      And 1 windows of partition "maintainer" have begun

  @SKPP:FPT_FLS.1.1 @REQ:failure.fail-secure~1 @TSFI:sys_ctl
  Rule: A kernel that cannot reach its own memory stops, and no partition runs again

    Scenario: The kernel's way to the devices is gone when it must halt
      Given the system "maintenance"
      And partition "maintainer" runs
        """riscv
          li   s0, 30000
        1: addi s0, s0, -1
          bnez s0, 1b
          li   a7, SYS_CTL
          li   a0, 0
          ecall
        1: j 1b
        """
      When the system runs for 100000 more cycles
      And bit 0 of byte 1024 of the page tables of partition "maintainer" flips
      And the system runs for 2 major frames
      Then the system is off for the reason "integrity"
      And 1 windows of partition "maintainer" have begun

    Scenario: The kernel's way to its records is gone
      Given the system "maintenance"
      And partition "payload" runs
        """riscv
        1: li  a7, YIELD
          ecall
          j    1b
        """
      When the system boots
      And bit 0 of byte 1040 of the page tables of partition "payload" flips
      And the system runs for 3 major frames
      Then 1 windows of partition "mission" have begun
      And 0 windows of partition "payload" have begun
      And 0 windows of partition "maintainer" have begun
