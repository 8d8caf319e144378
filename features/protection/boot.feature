Feature: Start of the system
  No partition runs before the kernel has measured what it runs, tested what it relies on, and checked its own tables.

  @SKPP:FPT_ESS_EXP.1.1 @REQ:boot.secure-state-first~1 @TSFI:boot_trap_stub @TSFI:boot_configuration @TSFI:boot_image @TSFI:boot_code @TSFI:boot_hosted_code
  Rule: The secure state is established before any partition runs

    Scenario: At the end of the boot no partition has run
      Given the system "two-partitions"
      When the system boots
      Then the system is on
      And 0 windows have begun
      And the first records of the audit trail are
        | AUDIT_START  |
        | SECURE_STATE |

    Scenario: The first window begins after the secure state was recorded
      Given the system "two-partitions"
      When the system runs for 1 major frame
      Then the first records of the audit trail are
        | AUDIT_START     |
        | SECURE_STATE    |
        | PARTITION_START |
      And 2 windows have begun

  @SKPP:FPT_ESS_EXP.1.2 @SKPP:FPT_TST_EXP.1.2 @SKPP:FPT_TST_EXP.1.3 @REQ:boot.measured~1
  Rule: One altered bit in anything measured keeps every partition from running

    Scenario Outline: One bit of the <input> was altered
      Given the system "two-partitions"
      And one bit of the <input> was altered
      When the system boots
      And the system runs for 1000000 more cycles
      Then the system is off for the reason "boot-measurement"
      And 0 windows have begun

      @TSFI:boot_trap_stub
      Examples: trap stub
        | input     |
        | trap stub |

      @SKPP:FPT_CFG_EXP.1.2 @REQ:configuration.change-at-start~1 @TSFI:boot_configuration
      Examples: configuration
        | input         |
        | configuration |

      @TSFI:boot_code
      Examples: boot code
        | input     |
        | boot code |

      @TSFI:boot_hosted_code
      Examples: hosted code
        | input       |
        | hosted code |

    @TSFI:boot_image
    Scenario Outline: One bit of the image of <partition> was altered
      Given the system "two-partitions"
      And one bit of the image of partition "<partition>" was altered
      When the system boots
      And the system runs for 1000000 more cycles
      Then the system is off for the reason "boot-measurement"
      And 0 windows have begun

      Examples:
        | partition |
        | altimeter |
        | display   |

  @SKPP:FPT_AMT.1.1 @SKPP:FPT_TST_EXP.1.1 @REQ:boot.platform-tests~1
  Rule: The system starts only where memory holds what was written, and where protection was seen to protect

    Scenario: Locked memory refuses stores and fetches, partition memory refuses the kernel, and the system starts
      Given the system "two-partitions"
      When the system runs for 1 major frame
      Then the system is on
      And 2 windows have begun
      And the first records of the audit trail are
        | AUDIT_START     |
        | SECURE_STATE    |
        | PARTITION_START |
