Feature: Several schedules
  The configuration may divide the frame in more than one way; an authorised subject selects, and nothing moves before the frame ends.

  @SKPP:FMT_SMF.1.1 @SKPP:FMT_MCD_EXP.1.2 @REQ:schedule.switch-at-frame-end~1 @TSFI:cfg_select @TSFI:window_timer
  Rule: A selected schedule runs from the end of the present frame on, to the cycle

    Scenario: The captain selects the cruise schedule
      Given the system "phases"
      And partition "captain" runs
        """riscv
          li   a7, CFG_SELECT
          li   a0, 1
          ecall
        1: j 1b
        """
      When the system runs for 3 major frames
      Then register a0 of partition "captain" holds the result OK
      And windows of partition "engine" began at
        | 2 | 160000 |
        | 3 | 250000 |
      And windows of partition "cabin" began at
        | 2 | 120000 |
        | 3 | 210000 |
      And the audit trail holds 1 record SCHEDULE_REQUEST of partition "captain"
      And the audit trail holds 1 record SCHEDULE_SWITCH of the kernel

    Scenario: In the frame of the selection nothing moves
      Given the system "phases"
      And partition "captain" runs
        """riscv
          li   a7, TIME
          ecall
          li   t0, 1
          bne  a4, t0, 1f            # in frame 1
          li   a7, CFG_SELECT
          li   a0, 1
          ecall
        1: li  a7, YIELD
          ecall
          j    CODE
        """
      When the system runs for 3 major frames
      Then windows of partition "engine" began at
        | 2 | 120000 |
        | 3 | 250000 |
      And windows of partition "cabin" began at
        | 2 | 150000 |
        | 3 | 210000 |
      And the audit trail holds 1 record SCHEDULE_REQUEST of partition "captain"

    Scenario: Of two selections in one frame the last one counts
      Given the system "phases"
      And partition "captain" runs
        """riscv
          li   a7, CFG_SELECT
          li   a0, 2
          ecall
          li   a7, CFG_SELECT
          li   a0, 0
          ecall
        1: j 1b
        """
      When the system runs for 3 major frames
      Then register a0 of partition "captain" holds the result OK
      And 3 windows of partition "cabin" have begun
      And the audit trail holds 2 records SCHEDULE_REQUEST of partition "captain"
      And the audit trail holds 0 records SCHEDULE_SWITCH of the kernel

    Scenario: A partition without a window in the selected schedule rests, and goes on when it is back
      Given the system "phases"
      And partition "captain" runs
        """riscv
          li   s0, 2
        1: li  a7, CFG_SELECT
          mv   a0, s0
          ecall
          li   a7, YIELD
          ecall
          li   s0, 0
          j    1b
        """
      And partition "cabin" runs
        """riscv
        1: addi s0, s0, 1
          li   a7, YIELD
          ecall
          j    1b
        """
      When the system runs for 4 major frames
      Then register a0 of partition "captain" holds the result OK
      And 3 windows of partition "cabin" have begun
      And register s0 of partition "cabin" holds 3
      And the audit trail holds 2 records SCHEDULE_SWITCH of the kernel

    @TSFI:time
    Scenario: A partition asks which schedule runs
      Given the system "phases"
      And partition "engine" runs
        """riscv
          li   a7, CFG_SELECT
          li   a0, 2
          ecall
          li   a7, TIME
          ecall
          mv   s0, a5
          li   a7, YIELD
          ecall
          li   a7, TIME
          ecall
          mv   s1, a5
          sub  s2, a3, a2
        1: j 1b
        """
      When the system runs for 2 major frames
      Then registers of partition "engine" hold
        | s0 | 0     |
        | s1 | 2     |
        | s2 | 60000 |
        | a0 | OK    |

  @SKPP:FMT_MOF.1.1 @SKPP:FMT_SMF.1.1 @REQ:schedule.authorised~1 @TSFI:cfg_select
  Rule: Only an authorised subject selects, and only a schedule that exists, while the system runs normally

    Scenario Outline: A subject without authority selects schedule <number>
      Given the system "phases"
      And partition "cabin" runs
        """riscv
          li   a7, CFG_SELECT
          li   a0, <number>
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register a0 of partition "cabin" holds the result PERM
      And the audit trail holds 1 record FLOW_DENIED of partition "cabin"
      And the audit trail holds 0 records SCHEDULE_SWITCH of the kernel

      Examples:
        | number |
        | 1      |
        | 3      |

    Scenario Outline: The captain selects schedule <number>, which does not exist
      Given the system "phases"
      And partition "captain" runs
        """riscv
          li   a7, CFG_SELECT
          li   a0, <number>
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register a0 of partition "captain" holds the result ARG
      And the audit trail holds 0 records SCHEDULE_SWITCH of the kernel

      Examples:
        | number              |
        | 3                   |
        | -1                  |
        | 0x100000001         |

    @TSFI:sys_ctl
    Scenario: In maintenance mode no schedule is selected
      Given the system "phases"
      And partition "captain" runs
        """riscv
          li   a7, SYS_CTL
          li   a0, 2
          ecall
          mv   s0, a0
          li   a7, CFG_SELECT
          li   a0, 1
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then registers of partition "captain" hold
        | s0 | OK    |
        | a0 | STATE |
      And the audit trail holds 0 records SCHEDULE_SWITCH of the kernel

    @TSFI:system_source
    Scenario: Who selects a schedule tells everyone, and the policy must list it
      Given the configuration
        """yaml
        system: apart
        revision: 1
        memory: 4 MiB
        majorFrame: 100000
        partitions:
          - { name: one, code: 16 KiB, data: 16 KiB, authority: { selectSchedule: true } }
          - { name: two, code: 16 KiB, data: 16 KiB }
        schedule:
          - { partition: one, at: 0, length: 50000 }
          - { partition: two, at: 50000, length: 50000 }
        schedules:
          - name: other
            windows: [{ partition: one, at: 0, length: 50000 }]
        policy:
          flows: [{ from: one, to: two }]
        """
      Then the configuration is accepted
      Given in the configuration "[{ from: one, to: two }]" is replaced by "[]"
      Then the configuration compiler refuses it by the rule "flow-declared"

  @SKPP:FPT_FLS.1.1 @SKPP:FPT_RCV_EXP.2.1 @REQ:failure.module-actions~1 @TSFI:hm_raise
  Rule: An error may lead to the fallback schedule

    Scenario: An error of the engine takes the time of the cabin from the next frame on
      Given the system "phases"
      And partition "engine" runs
        """riscv
          li   a7, HM_RAISE
          li   a0, 1
          li   a1, 0
          ecall
        1: j 1b
        """
      When the system runs for 3 major frames
      Then register a0 of partition "engine" holds the result OK
      And 3 windows of partition "engine" have begun
      And 1 windows of partition "cabin" have begun
      And the audit trail holds 1 record SCHEDULE_SWITCH of the kernel
