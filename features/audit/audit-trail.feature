Feature: Audit trail
  The kernel records what happened; the configuration says which events, and who may read them.

  @SKPP:FAU_GEN.1.1 @REQ:audit.events~1
  Rule: Start of audit, initialization and each auditable event are recorded in order

    Scenario: The trail begins with the start of audit and the secure state
      Given the system "two-partitions"
      When the system runs for 1 major frame
      Then the first records of the audit trail are
        | AUDIT_START     |
        | SECURE_STATE    |
        | PARTITION_START |
        | PARTITION_START |

    Scenario: Records are in order of sequence and time
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   s0, 5
        1: li  a7, PORT_SEND
          li   a0, 63
          ecall
          addi s0, s0, -1
          bnez s0, 1b
          mv   s1, a0
        2: j 2b
        """
      When the system runs for 1 major frame
      Then register s1 of partition "altimeter" holds the result CAP
      And the times of the 9 audit records never decrease

    Scenario: An application error is recorded with its code
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, HM_RAISE
          li   a0, 77
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result OK
      And the last record APPLICATION_ERROR of partition "altimeter" holds
        | detail | 77 |

    @TSFI:port_send
    Scenario: A permitted flow is recorded as well as a denied one
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          li   a1, DATA
          li   a2, 8
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result OK
      And the audit trail holds 1 record FLOW_PERMITTED of partition "altimeter"
      And the last record FLOW_PERMITTED of partition "altimeter" holds
        | object  | 0  |
        | outcome | OK |
        | detail  | 6  |

    @TSFI:notify
    Scenario: The record of a permitted flow names the resource, not the caller's slot for it
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   a7, NOTIFY
          li   a0, CAP_ALERT         # slot 2; the notification "alert" is the first of its kind
          li   a1, 0x1
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "sensor" holds the result OK
      And the last record FLOW_PERMITTED of partition "sensor" holds
        | object  | 0  |
        | outcome | OK |
        | detail  | 3  |

  @SKPP:FAU_GEN.1.2 @REQ:audit.record-content~1
  Rule: A record tells event, subject, object, outcome and detail

    Scenario: The record of a denied flow
      Given the system "two-partitions"
      And partition "display" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          li   a1, DATA
          li   a2, 8
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "display" holds the result PERM
      And the last record FLOW_DENIED of partition "display" holds
        | object  | 0    |
        | outcome | PERM |
        | detail  | 6    |

    @TSFI:time @TSFI:audit_read
    Scenario: A record tells the cycle in which its event happened
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   a7, TIME
          ecall
          mv   s1, a1
          li   a7, PORT_SEND
          li   a0, 63
          ecall
          mv   s0, a0
          li   a7, TIME
          ecall
          mv   s2, a1
          li   a7, AUDIT_READ
          li   a0, 4                 # after the start of audit, the secure state and the starts of sensor and controller
          li   a1, DATA
          li   a2, 1
          ecall
          li   t0, DATA
          lwu  s3, 16(t0)            # event
          ld   t1, 8(t0)             # time
          sltu s4, s1, t1
          sltu s5, t1, s2
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "controller" hold
        | s0 | CAP |
        | a0 | OK  |
        | s3 | 2   |
        | s4 | 1   |
        | s5 | 1   |
      And the audit trail holds 1 record FLOW_DENIED of partition "controller"

  @SKPP:FAU_SAR.1.1 @SKPP:FAU_SAR.1.2 @SKPP:FMT_MTD.1.1 @REQ:audit.authorised-reader~1 @TSFI:audit_read
  Rule: The subject the configuration authorises reads the trail; nobody else does

    Scenario: The authorised reader gets records it can interpret
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   a7, AUDIT_READ
          li   a0, 0
          li   a1, DATA
          li   a2, 4
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "controller" hold
        | a0 | OK |
        | a1 | 4  |
        | a2 | 0  |
      And the double word at DATA+0 of partition "controller" is 0
      And the double word at DATA+64 of partition "controller" is 1
      And the double word at DATA+80 of partition "controller" is 0xffffffff00000001

    Scenario: Another subject asks for the trail
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   a7, AUDIT_READ
          li   a0, 0
          li   a1, DATA
          li   a2, 4
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "sensor" holds the result PERM
      And all 4096 bytes at DATA+0 of partition "sensor" are 0
      And the audit trail holds 1 record FLOW_DENIED of partition "sensor"

    Scenario Outline: The reader asks for <what>
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   a7, AUDIT_READ
          li   a0, <cursor>
          li   a1, <address>
          li   a2, <count>
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "controller" holds the result ARG
      And all 4096 bytes at DATA+0 of partition "controller" are 0

      Examples:
        | what                             | cursor | address    | count |
        | no record                        | 0      | DATA       | 0     |
        | more than one call may take      | 0      | DATA       | 17    |
        | records into memory it may not write | 0  | CODE       | 1     |
        | records beyond any sequence number | -1   | DATA       | 1     |

  @SKPP:FAU_SEL.1.1 @REQ:audit.selection~1
  Rule: What the configuration does not select is not recorded

    Scenario: An event that is not selected leaves no record, and one that is selected does
      Given the system "selective-audit"
      And partition "worker" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, 63
          ecall
          mv   s0, a0
          li   a7, HM_RAISE
          li   a0, 1
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register s0 of partition "worker" holds the result CAP
      And the audit trail holds 1 record FLOW_DENIED of partition "worker"
      And the audit trail holds 0 records APPLICATION_ERROR of partition "worker"

    Scenario: A subject that is not selected leaves no record
      Given the system "selective-audit"
      And partition "quiet" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, 63
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "quiet" holds the result CAP
      And the audit trail holds 0 records FLOW_DENIED of partition "quiet"

  @SKPP:FAU_SAA.1.1 @SKPP:FAU_SAA.1.2 @SKPP:FAU_ARP.1.1 @REQ:audit.accumulation-alarm~1
  Rule: An accumulation of one subject's events within a frame raises the configured alarm

    Scenario: Three denied flows alert the supervisor
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          li   s0, 3
        1: li  a7, PORT_SEND
          li   a0, 63
          ecall
          addi s0, s0, -1
          bnez s0, 1b
        2: j 2b
        """
      And partition "supervisor" runs
        """riscv
          li   a7, WAIT
          li   a0, 0x10
          li   a1, -1
          ecall
          mv   s1, a1
        1: j 1b
        """
      When the system runs for 2 major frames
      Then the audit trail holds 1 record ALARM of partition "worker-a"
      And register s1 of partition "supervisor" holds 0x10

    Scenario: Two denied flows do not
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          li   s0, 2
        1: li  a7, PORT_SEND
          li   a0, 63
          ecall
          addi s0, s0, -1
          bnez s0, 1b
        2: j 2b
        """
      When the system runs for 2 major frames
      Then the audit trail holds 2 records FLOW_DENIED of partition "worker-a"
      And the audit trail holds 0 records ALARM of partition "worker-a"

    Scenario: Denied flows of two subjects do not add up to three
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          li   s0, 2
        1: li  a7, PORT_SEND
          li   a0, 63
          ecall
          addi s0, s0, -1
          bnez s0, 1b
        2: j 2b
        """
      And partition "worker-b" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, 63
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then the audit trail holds 2 records FLOW_DENIED of partition "worker-a"
      And the audit trail holds 1 record FLOW_DENIED of partition "worker-b"
      And the audit trail holds 0 records ALARM of partition "worker-a"
      And the audit trail holds 0 records ALARM of partition "worker-b"

    Scenario: Denied flows of two frames do not add up to three
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          li   s0, 3
        1: li  a7, PORT_SEND
          li   a0, 63
          ecall
          li   a7, YIELD
          ecall
          addi s0, s0, -1
          bnez s0, 1b
        2: j 2b
        """
      When the system runs for 4 major frames
      Then the audit trail holds 3 records FLOW_DENIED of partition "worker-a"
      And the audit trail holds 0 records ALARM of partition "worker-a"

    @SKPP:FPT_HLT_EXP.1.1
    Scenario: The second application error of one subject halts the module
      Given the system "strict-audit"
      And partition "subject" runs
        """riscv
          li   a7, HM_RAISE
          li   a0, 9
          ecall
          ecall
          li   s0, 1
        1: j 1b
        """
      When the system runs for 2 major frames
      Then the system is off for the reason "alarm"
      And register s0 of partition "subject" holds 0
      And the audit trail holds 1 record ALARM of partition "subject"
      And the audit trail holds 1 record HALT of the kernel

    Scenario: The fifth refused call stops its caller
      Given the system "supervised"
      And partition "worker-a" runs
        """riscv
          li   s0, 0
        1: li  a7, 63
          ecall
          addi s0, s0, 1
          j    1b
        """
      When the system runs for 1 major frame
      Then partition "worker-a" is stopped
      And register s0 of partition "worker-a" holds 4
      And the audit trail holds 5 records CALL_REFUSED of partition "worker-a"

  @SKPP:FAU_GEN.1.1 @REQ:audit.full-trail~1
  Rule: A trail without room does what the configuration says; no loss is silent

    @SKPP:FPT_FLS.1.1
    Scenario: A full trail halts the module
      Given the system "strict-audit"
      And partition "subject" runs
        """riscv
        1: li  a7, PORT_RECV
          li   a0, 63
          ecall
          addi s0, s0, 1
          j    1b
        """
      When the system runs for 3 major frames
      Then the system is off for the reason "audit-full"
      And the audit trail holds 8 records FLOW_DENIED of partition "subject"

    @TSFI:audit_read
    Scenario: A reader that keeps up makes room
      Given the system "strict-audit"
      And partition "auditor" runs
        """riscv
        1: li  a7, AUDIT_READ
          mv   a0, s0
          li   a1, DATA
          li   a2, 16
          ecall
          mv   s2, a0
          add  s0, s0, a1
          li   a7, YIELD
          ecall
          j    1b
        """
      And partition "subject" runs
        """riscv
        1: li  a7, PORT_RECV
          li   a0, 63
          ecall
          mv   s2, a0
          li   a7, YIELD
          ecall
          j    1b
        """
      When the system runs for 20 major frames
      Then the system is on
      And register s2 of partition "auditor" holds the result OK
      And register s2 of partition "subject" holds the result CAP

    @TSFI:audit_read
    Scenario: A trail that overwrites tells its reader how many records are gone
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   s0, 70
        1: li  a7, PORT_SEND
          li   a0, 63
          ecall
          addi s0, s0, -1
          bnez s0, 1b
          mv   s1, a0
        2: j 2b
        """
      And partition "controller" runs
        """riscv
          li   a7, YIELD
          ecall
          li   a7, AUDIT_READ
          li   a0, 0
          li   a1, DATA
          li   a2, 1
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register s1 of partition "sensor" holds the result CAP
      And registers of partition "controller" hold
        | a0 | OK |
        | a1 | 1  |
        | a2 | 11 |
      And the double word at DATA+0 of partition "controller" is 11

    @TSFI:audit_read
    Scenario: A trail that loses new records tells its reader how many were lost
      Given the system "maintenance"
      And partition "mission" runs
        """riscv
          li   s0, 40
        1: li  a7, PORT_SEND
          li   a0, 63
          ecall
          addi s0, s0, -1
          bnez s0, 1b
          mv   s1, a0
        2: j 2b
        """
      And partition "maintainer" runs
        """riscv
          li   a7, AUDIT_READ
          li   a0, 0
          li   a1, DATA
          li   a2, 16
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register s1 of partition "mission" holds the result CAP
      And registers of partition "maintainer" hold
        | a0 | OK |
        | a1 | 16 |
        | a2 | 13 |
      And the double word at DATA+960 of partition "maintainer" is 15
      And the audit trail holds 29 records FLOW_DENIED of partition "mission"
