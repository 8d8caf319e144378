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
        | a fallback schedule that no error asks for | schedule: | schedules:\n  - { name: spare, fallback: true, windows: [{ partition: one, at: 0, length: 50000 }] }\nschedule: | schedule-reached |
        | memory that is not whole pages | data: 16 KiB } | data: 5000 } | memory-pages |
        | a machine too small for any system | memory: 4 MiB | memory: 1 MiB | memory-size |
        | a property nobody defined | revision: 1 | revision: 1\nroot: true | schema |
        | a kind of port that does not exist | kind: sampling | kind: sampled | schema |
        | a reaction to a full audit trail that does not exist | revision: 1 | revision: 1\naudit: { records: 8, onFull: forget } | schema |
        | an alarm with an action that does not exist | revision: 1 | revision: 1\naudit: { records: 8, alarms: [{ event: FLOW_DENIED, count: 3, action: forget }] } | schema |
        | text that is not YAML | revision: 1 | revision: [1 | yaml-syntax |
        | a port without its size | message: 16, |  | schema |

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

  @SKPP:FDP_IFF.1.5 @SKPP:FDP_IFC.2.1 @REQ:flow.declared~1 @claim:C05 @TSFI:system_source
  Rule: A configuration that makes a flow possible which its policy does not list is refused

    Background:
      Given the configuration
        """yaml
        system: apart
        revision: 1
        memory: 4 MiB
        majorFrame: 100000
        partitions:
          - { name: one, code: 16 KiB, data: 16 KiB }
          - { name: two, code: 16 KiB, data: 16 KiB }
        schedule:
          - { partition: one, at: 0, length: 50000 }
          - { partition: two, at: 50000, length: 50000 }
        policy:
          flows: []
        """

    Scenario: Two partitions that share nothing need no flow
      Then the configuration is accepted

    Scenario Outline: Information could flow through <carrier>
      Given in the configuration "<from>" is replaced by "<to>"
      Then the configuration compiler refuses it by the rule "flow-declared"

      Examples:
        | carrier | from | to |
        | a sampling port | schedule: | ports:\n  - { name: link, kind: sampling, message: 16, refresh: 200000, from: one, to: [two] }\nschedule: |
        | a queuing port | schedule: | ports:\n  - { name: link, kind: queuing, message: 16, depth: 2, from: one, to: [two] }\nschedule: |
        | a notification | schedule: | notifications:\n  - { name: bell, from: [one], to: two, bits: 0x1 }\nschedule: |
        | a shared region | schedule: | shared:\n  - { name: board, size: 4 KiB, write: [one], read: [two] }\nschedule: |
        | control of a partition | name: one, code: 16 KiB, | name: one, authority: { control: [two] }, code: 16 KiB, |
        | the status of a partition | name: one, code: 16 KiB, | name: one, authority: { observe: [two] }, code: 16 KiB, |
        | the audit trail | name: one, code: 16 KiB, | name: one, authority: { readAudit: true }, code: 16 KiB, |
        | a restart of the system | name: one, code: 16 KiB, | name: one, authority: { system: [restart] }, code: 16 KiB, |
        | an alarm | schedule: | notifications:\n  - { name: alarm, from: [], to: two, bits: 0x1 }\naudit:\n  alarms:\n    - { event: FLOW_DENIED, count: 3, action: { notify: alarm, bits: 0x1 } }\nschedule: |

    Scenario: The fill of a queue would tell its sender about the receiver
      Given in the configuration "schedule:" is replaced by "ports:\n  - { name: link, kind: queuing, message: 16, depth: 2, from: one, to: [two] }\nschedule:"
      And in the configuration "flows: []" is replaced by "flows: [{ from: one, to: two }]"
      Then the configuration compiler refuses it by the rule "flow-declared"

  @SKPP:FDP_IFF.1.5 @SKPP:FDP_IFC.2.1 @REQ:flow.mediated~1 @claim:C05 @TSFI:system_source
  Rule: A configuration in which information gets around its mediator, or between partitions kept apart, is refused

    Background:
      Given the configuration
        """yaml
        system: guarded
        revision: 1
        memory: 4 MiB
        majorFrame: 100000
        partitions:
          - { name: low, code: 16 KiB, data: 16 KiB }
          - { name: guard, code: 16 KiB, data: 16 KiB }
          - { name: high, code: 16 KiB, data: 16 KiB }
        ports:
          - { name: up, kind: sampling, message: 16, refresh: 200000, from: low, to: [guard] }
          - { name: checked, kind: sampling, message: 16, refresh: 200000, from: guard, to: [high] }
        schedule:
          - { partition: low, at: 0, length: 30000 }
          - { partition: guard, at: 30000, length: 30000 }
          - { partition: high, at: 60000, length: 30000 }
        policy:
          flows:
            - { from: low, to: guard }
            - { from: guard, to: high }
          mustPass:
            - { from: low, to: high, via: guard }
          never:
            - { from: high, to: low }
        """

    Scenario: Everything from low to high passes the guard, and nothing comes back
      Then the configuration is accepted

    Scenario: A port leads around the guard, and the policy lists its flow
      Given in the configuration "from: low, to: [guard]" is replaced by "from: low, to: [guard, high]"
      And in the configuration "flows:" is replaced by "flows:\n    - { from: low, to: high }"
      Then the configuration compiler refuses it by the rule "must-pass-holds"

    Scenario: The guard is between partitions that nothing connects
      Given in the configuration "from: guard, to: [high]" is replaced by "from: guard, to: [low]"
      And in the configuration "from: guard, to: high" is replaced by "from: guard, to: low"
      Then the configuration compiler refuses it by the rule "must-pass-used"

    Scenario: Two allowed flows together lead back from high to low
      Given in the configuration "schedule:" is replaced by "notifications:\n  - { name: reply, from: [high], to: guard, bits: 0x1 }\n  - { name: answer, from: [guard], to: low, bits: 0x1 }\nschedule:"
      And in the configuration "flows:" is replaced by "flows:\n    - { from: high, to: guard }\n    - { from: guard, to: low }"
      Then the configuration compiler refuses it by the rule "never-holds"

    Scenario: The policy allows what it forbids
      Given in the configuration "flows:" is replaced by "flows:\n    - { from: high, to: low }"
      Then the configuration compiler refuses it by the rule "never-contradicted"

  @SKPP:FPT_PLP_EXP.1.1 @REQ:least-privilege.listed~1 @TSFI:system_source
  Rule: Where the policy lists the rights of each subject, a configuration that grants another one is refused

    Background:
      Given the configuration
        """yaml
        system: listed
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
          least:
            - { subject: one, resource: link, may: [send] }
            - { subject: two, resource: link, may: [receive] }
        """

    Scenario: Every right is listed, and every listed right is granted
      Then the configuration is accepted

    Scenario Outline: The policy lists <rights> than the configuration grants
      Given in the configuration "<from>" is replaced by "<to>"
      Then the configuration compiler refuses it by the rule "<rule>"

      Examples:
        | rights | from | to | rule |
        | fewer rights | - { subject: two, resource: link, may: [receive] } | | least-granted |
        | fewer rights, because a device is owned, | name: one, | name: one, console: true, | least-granted |
        | fewer rights, because of authority over the system, | name: one, | name: one, authority: { system: [halt] }, | least-granted |
        | more rights | may: [send] | may: [send, receive] | least-used |
        | rights of an unknown subject | subject: two | subject: three | least-subjects |
        | rights on an unknown resource | resource: link, may: [send] | resource: line, may: [send] | least-resources |

  @SKPP:FPT_CFG_EXP.1.2 @SKPP:FPT_ESS_EXP.1.2 @REQ:configuration.owner-signed~1 @TSFI:boot_signature
  Rule: A machine that trusts the owner of its configuration starts none that the owner has not signed, and none that is left behind

    Scenario Outline: <signer> has signed the configuration
      Given the system "two-partitions"
      And the boot ROM accepts what the owner has signed, from revision 1 on, and <signer> has signed the configuration
      When the system boots
      And the system runs for 1000000 more cycles
      Then the system is off for the reason "boot-measurement"
      And 0 windows have begun

      Examples:
        | signer     |
        | a stranger |
        | nobody     |

    Scenario: One bit of the configuration was altered after its owner had signed it
      Given the system "two-partitions"
      And the boot ROM accepts what the owner has signed, from revision 1 on, and its owner has signed the configuration
      And one bit of the configuration was altered
      When the system boots
      And the system runs for 1000000 more cycles
      Then the system is off for the reason "boot-measurement"
      And 0 windows have begun

    Scenario: The configuration is older than the machine accepts
      Given the system "two-partitions"
      And the boot ROM accepts what the owner has signed, from revision 2 on, and its owner has signed the configuration
      When the system boots
      And the system runs for 1000000 more cycles
      Then the system is off for the reason "boot-rollback"
      And 0 windows have begun

    Scenario: The owner has signed the configuration, and its revision is the least that is accepted
      Given the system "two-partitions"
      And the boot ROM accepts what the owner has signed, from revision 1 on, and its owner has signed the configuration
      When the system runs for 1 major frame
      Then the system is on
      And 2 windows have begun

  @SKPP:FMT_MSA_EXP.3.1 @REQ:management.restrictive-defaults~1
  Rule: What the configuration does not name for a partition, the partition does not have

    @TSFI:self @TSFI:audit_read @TSFI:sys_ctl @TSFI:port_stat @TSFI:part_stat @TSFI:notify
    Scenario: A partition with nothing but memory and a window has no authority
      Given the system "selective-audit"
      And partition "quiet" runs
        """riscv
          li   a7, SELF
          ecall
          mv   s1, a2
          li   a7, AUDIT_READ
          li   a0, 0
          li   a1, DATA
          li   a2, 1
          ecall
          mv   s2, a0
          li   a7, SYS_CTL
          li   a0, 0
          ecall
          mv   s3, a0
          li   a7, PORT_STAT
          li   a0, 0
          ecall
          mv   s4, a0
          li   a7, PART_STAT
          li   a0, 0
          ecall
          mv   s5, a0
          li   a7, NOTIFY
          li   a0, 0
          li   a1, 1
          ecall
          mv   s6, a0
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "quiet" hold
        | s1 | 0    |
        | s2 | PERM |
        | s3 | PERM |
        | s4 | CAP  |
        | s5 | CAP  |
        | s6 | CAP  |
      And the system is on

    @TSFI:trap_memory
    Scenario: A partition to which the configuration gives no device finds none
      Given the system "selective-audit"
      And partition "quiet" runs
        """riscv
          li   t0, 0x3f0000
          li   s0, 7
          lbu  s0, 0(t0)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then partition "quiet" is stopped
      And register s0 of partition "quiet" holds 7

  @SKPP:FPT_CFG_EXP.1.1 @REQ:configuration.no-change-while-running~1
  Rule: No call changes the configuration while the system runs

    Scenario: The subject with the most authority tries every call that does not end the run
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   s0, 3
        1: li  t0, 22               # SYS_CTL: a halt
          beq  s0, t0, 2f
          mv   a7, s0
          li   a0, 1
          li   a1, DATA
          li   a2, 8
          ecall
        2: addi s0, s0, 1
          li   t0, 64
          bne  s0, t0, 1b
        3: j 3b
        """
      When the system runs for 2 major frames
      Then register s0 of partition "controller" holds 64
      And the measured configuration is unchanged
