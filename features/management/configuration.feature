Feature: Configuration data
  The configuration determines partitions, resources, flows, quotas and audit; it is made offline and refused when it is not secure.

  @SKPP:FMT_MTD.3.1 @REQ:management.configuration-rules~1 @TSFI:system_source
  Rule: A configuration that breaks a rule is refused before anything is built from it

    Background:
      Given the configuration
        """yaml
        system: sample
        revision: 1
        memory: 4 MiB
        majorFrame: 100000
        partitions:
          - { name: one, code: 16 KiB, data: 16 KiB }
          - { name: two, code: 16 KiB, data: 16 KiB }
        ports:
          - { name: link, kind: sampling, message: 16, refresh: 200000, from: one, to: [two] }
        schedule:
          - { partition: one, at: 0, length: 50000 }
          - { partition: two, at: 50000, length: 50000 }
        policy:
          flows:
            - { from: one, to: two }
        """

    Scenario: The sample itself is accepted
      Then the configuration is accepted

    Scenario Outline: The sample with <flaw>
      Given in the configuration "<from>" is replaced by "<to>"
      Then the configuration compiler refuses it by the rule "<rule>"

      Examples:
        | flaw | from | to | rule |
        | a flow that the policy does not list | { from: one, to: two } | { from: two, to: one } | flow-declared |
        | two windows at the same time | at: 50000, length: 50000 | at: 40000, length: 50000 | window-overlap |
        | a window beyond the frame | at: 50000, length: 50000 | at: 50000, length: 60000 | window-in-frame |
        | a partition that never runs | { partition: two, at: 50000, length: 50000 } | { partition: one, at: 50000, length: 50000 } | partition-scheduled |
        | a message larger than any port carries | message: 16 | message: 2000 | port-message |
        | a receiver nobody knows | to: [two] | to: [three] | port-partitions |
        | two partitions of one name | name: two, code | name: one, code | name-unique |
        | memory that is not whole pages | data: 16 KiB } | data: 5000 } | memory-pages |
        | a machine too small for any system | memory: 4 MiB | memory: 1 MiB | memory-size |
        | a property nobody defined | revision: 1 | revision: 1\nroot: true | schema |

  @SKPP:FMT_MCD_EXP.1.1 @REQ:management.kernel-data~1 @TSFI:trap_memory
  Rule: No subject alters configuration data in force

    Scenario Outline: A partition stores to <what> through <way>
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   t0, <address>
          li   t1, -1
          sd   t1, 0(t0)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then partition "altimeter" is stopped
      And the measured configuration is unchanged
      And the audit trail holds 1 record MEMORY_VIOLATION of partition "altimeter"

      Examples:
        | what                     | way                                     | address      |
        | the configuration vector | its physical address                    | 0x80001000   |
        | the configuration vector | the kernel's view of physical memory    | 0x2080001000 |

  @SKPP:FMT_MCD_EXP.1.2 @SKPP:FRU_RSA.2.1 @REQ:management.configuration-determines~1 @TSFI:window_timer
  Rule: The configuration in force determines who runs when

    Scenario: Partitions run in the windows of the configuration and in no others
      Given the system "three-partitions"
      When the system runs for 3 major frames
      Then 12 windows have begun
      And windows of partition "controller" began at
        | 2 | 210000 |
        | 3 | 390000 |
      And windows of partition "sensor" began at
        | 2 | 80000  |
        | 3 | 180000 |
        | 4 | 260000 |
      And windows of partition "logger" began at
        | 2 | 290000 |
        | 3 | 470000 |
