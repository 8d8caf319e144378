Feature: Notifications
  A notification is a few bits that one partition may set for another.

  @SKPP:FDP_IFF.1.2 @REQ:flow.notification~1 @claim:C05 @TSFI:notify
  Rule: Bits reach the receiver the configuration names, and only those bits

    @TSFI:wait
    Scenario: A waiting receiver is woken with the bits that were set
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   a7, WAIT
          li   a0, 0x3
          li   a1, -1
          ecall
          mv   s0, a0
          mv   s1, a1
        1: j 1b
        """
      And partition "sensor" runs
        """riscv
          li   a7, NOTIFY
          li   a0, CAP_ALERT
          li   a1, 0x2
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register a0 of partition "sensor" holds the result OK
      And registers of partition "controller" hold
        | s0 | OK  |
        | s1 | 0x2 |

    @SKPP:FDP_IFF.1.6 @TSFI:wait
    Scenario Outline: A sender sets <what>
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   a7, NOTIFY
          li   a0, CAP_ALERT
          li   a1, <bits>
          ecall
        1: j 1b
        """
      And partition "controller" runs
        """riscv
          li   a7, WAIT
          li   a0, -1
          li   a1, 0
          ecall
          mv   s0, a0
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "sensor" holds the result ARG
      And register s0 of partition "controller" holds the result TIMEOUT

      Examples:
        | what                                | bits |
        | a bit outside its mask              | 0x4  |
        | a bit of its mask and one outside   | 0x5  |
        | no bit                              | 0    |

    @SKPP:FDP_IFF.1.6
    Scenario: A partition without the capability notifies
      Given the system "three-partitions"
      And partition "logger" runs
        """riscv
          li   a7, NOTIFY
          li   a0, 1
          li   a1, 0x1
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "logger" holds the result CAP
      And the audit trail holds 1 record FLOW_DENIED of partition "logger"

  @SKPP:FRU_PRU_EXP.1.1 @REQ:flow.wait-deadline~1 @TSFI:wait
  Rule: A wait ends with a bit of its mask or at its deadline

    @TSFI:time
    Scenario: A wait ends at its deadline
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   a7, TIME
          ecall
          li   t0, 5000
          add  s0, a1, t0
          li   a7, WAIT
          li   a0, 0x1
          mv   a1, s0
          ecall
          mv   s1, a0
          li   a7, TIME
          ecall
          sub  s2, a1, s0
          sltiu s3, s2, 400
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "sensor" hold
        | s1 | TIMEOUT |
        | s3 | 1       |

    Scenario: A wait returns the bits of its mask, once, and leaves the others pending
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   a7, NOTIFY
          li   a0, CAP_ALERT
          li   a1, 0x3
          ecall
        1: j 1b
        """
      And partition "controller" runs
        """riscv
          li   a7, WAIT
          li   a0, 0x1
          li   a1, 0
          ecall
          mv   s0, a0
          mv   s1, a1
          li   a0, 0x1
          li   a1, 0
          ecall
          mv   s2, a0
          li   a0, 0x2
          li   a1, 0
          ecall
          mv   s3, a0
          mv   s4, a1
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "sensor" holds the result OK
      And registers of partition "controller" hold
        | s0 | OK      |
        | s1 | 0x1     |
        | s2 | TIMEOUT |
        | s3 | OK      |
        | s4 | 0x2     |
