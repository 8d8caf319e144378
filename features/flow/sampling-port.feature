Feature: Sampling ports
  A sampling port carries the latest message of its one sender to the receivers the configuration names.

  @SKPP:FDP_IFF.1.2 @SKPP:FDP_IFF.1.1 @REQ:flow.permitted-delivery~1 @claim:C05 @TSFI:port_recv
  Rule: A flow the configuration lists is carried out

    @TSFI:port_send
    Scenario: A receiver reads what the sender wrote
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          la   a1, message
          li   a2, 16
          ecall
        1: j 1b
        message: .ascii "altitude 01200 m"
        """
      And partition "display" runs
        """riscv
          li   a7, PORT_RECV
          li   a0, CAP_ALTITUDE
          li   a1, DATA
          li   a2, 16
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result OK
      And registers of partition "display" hold
        | a0 | OK |
        | a1 | 16 |
        | a2 | 1  |
      And the text at DATA+0 of partition "display" is "altitude 01200 m"

    @TSFI:port_send
    Scenario: A second message replaces the first
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          la   a1, first
          li   a2, 8
          ecall
          li   a0, CAP_ALTITUDE
          la   a1, second
          li   a2, 8
          ecall
        1: j 1b
        first:  .ascii "old data"
        second: .ascii "new data"
        """
      And partition "display" runs
        """riscv
          li   a7, PORT_RECV
          li   a0, CAP_ALTITUDE
          li   a1, DATA
          li   a2, 16
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result OK
      And register a1 of partition "display" holds 8
      And the text at DATA+0 of partition "display" is "new data"

    Scenario: A port that was never written has no message
      Given the system "two-partitions"
      And partition "display" runs
        """riscv
          li   a7, PORT_RECV
          li   a0, CAP_ALTITUDE
          li   a1, DATA
          li   a2, 16
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "display" holds the result EMPTY
      And all 16 bytes at DATA+0 of partition "display" are 0

    @TSFI:port_send
    Scenario: A message older than the refresh period is delivered as not valid
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          la   a1, message
          li   a2, 4
          ecall
          mv   s0, a0
        1: li  a7, YIELD
          ecall
          j    1b
        message: .ascii "once"
        """
      And partition "display" runs
        """riscv
        1: li  a7, PORT_RECV
          li   a0, CAP_ALTITUDE
          li   a1, DATA
          li   a2, 16
          ecall
          mv   s1, a0
          mv   s2, a1
          mv   s3, a2                # 1 valid, 0 older than the refresh period
          li   a7, YIELD
          ecall
          j    1b
        """
      When the system runs for 4 major frames
      Then register s0 of partition "altimeter" holds the result OK
      And registers of partition "display" hold
        | s1 | OK |
        | s2 | 4  |
        | s3 | 0  |
      And the text at DATA+0 of partition "display" is "once"

  @SKPP:FDP_IFF.1.2 @SKPP:FDP_IFF.1.6 @SKPP:FDP_IFC.2.2 @REQ:flow.deny-by-default~1 @claim:C05
  Rule: A flow the configuration does not list is denied, audited, and changes nothing

    @TSFI:port_send
    Scenario: A partition sends to a port from which it may only receive
      Given the system "two-partitions"
      And partition "display" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE      # granted: receive
          la   a1, message
          li   a2, 16
          ecall
        1: j 1b
        message: .ascii "sixteen bytes !!"
        """
      When the system runs for 1 major frame
      Then register a0 of partition "display" holds the result PERM
      And the memory of port "altitude" is unchanged
      And the audit trail holds 1 record FLOW_DENIED of partition "display"

    @TSFI:port_recv
    Scenario: A partition receives from a port to which it may only send
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_RECV
          li   a0, CAP_ALTITUDE      # granted: send
          li   a1, DATA
          li   a2, 16
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result PERM
      And all 64 bytes at DATA+0 of partition "altimeter" are 0
      And the audit trail holds 1 record FLOW_DENIED of partition "altimeter"

    @TSFI:port_send
    Scenario Outline: A partition names a port by a slot it does not hold: <why>
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, <slot>
          la   a1, message
          li   a2, 16
          ecall
        1: j 1b
        message: .ascii "sixteen bytes !!"
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result CAP
      And the memory of port "altitude" is unchanged
      And the audit trail holds 1 record FLOW_DENIED of partition "altimeter"

      Examples:
        | why                               | slot               |
        | the first slot beyond its list    | 1                  |
        | a slot that wraps as a 32-bit sum | 0x100000000        |
        | a negative slot                   | -1                 |
        | the largest positive slot         | 0x7fffffffffffffff |

    @TSFI:port_send
    Scenario: A capability of another kind opens no port
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALERT         # a notification
          la   a1, message
          li   a2, 8
          ecall
        1: j 1b
        message: .ascii "intruder"
        """
      When the system runs for 1 major frame
      Then register a0 of partition "sensor" holds the result CAP
      And the memory of port "measurement" is unchanged
      And the memory of port "commands" is unchanged

  @SKPP:FPT_RVM.1.1 @SKPP:FDP_IFC.2.2 @REQ:flow.argument-memory~1 @claim:C05 @TSFI:port_send
  Rule: The kernel moves no byte for a caller that the caller could not move itself

    Scenario Outline: A message is sent from <where>
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          li   a1, <address>
          li   a2, 16
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result ARG
      And the memory of port "altitude" is unchanged

      Examples:
        | where                                      | address             |
        | an unmapped page                           | 0x80000             |
        | the last bytes of its data and beyond      | DATA + DATA_BYTES-8 |
        | the kernel's view of physical memory       | 0x2080010000        |
        | the trap stub                              | 0x80000000          |
        | an address that wraps                      | -8                  |
        | an address that is not canonical for Sv39  | 0x4000000000000000  |

    @TSFI:port_recv
    Scenario Outline: A message is received into <where>
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          la   a1, message
          li   a2, 16
          ecall
        1: j 1b
        message: .ascii "sixteen bytes !!"
        """
      And partition "display" runs
        """riscv
          li   a7, PORT_RECV
          li   a0, CAP_ALTITUDE
          li   a1, <address>
          li   a2, 16
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result OK
      And register a0 of partition "display" holds the result ARG
      And the code of partition "display" is unchanged
      And all 4096 bytes at DATA+12288 of partition "display" are 0

      Examples:
        | where                                  | address             |
        | its own code, which it may not write   | CODE                |
        | the last bytes of its data and beyond  | DATA + DATA_BYTES-8 |
        | the kernel's view of physical memory   | 0x2080010000        |

  @SKPP:FRU_RSA.2.1 @REQ:flow.message-bounds~1 @TSFI:port_send
  Rule: A message fits its port or is refused whole

    Scenario Outline: A message of <length> bytes fits a port of 16
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          li   a1, DATA
          li   a2, <length>
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result OK

      Examples:
        | length |
        | 1      |
        | 16     |

    Scenario Outline: A message of <length> bytes does not fit a port of 16
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          li   a1, DATA
          li   a2, <length>
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result LEN
      And the memory of port "altitude" is unchanged

      Examples:
        | length      |
        | 0           |
        | 17          |
        | 0x100000010 |
        | -1          |

    @TSFI:port_recv
    Scenario: A receiver with too little room gets nothing
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          la   a1, message
          li   a2, 16
          ecall
        1: j 1b
        message: .ascii "sixteen bytes !!"
        """
      And partition "display" runs
        """riscv
          li   a7, PORT_RECV
          li   a0, CAP_ALTITUDE
          li   a1, DATA
          li   a2, 15
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result OK
      And register a0 of partition "display" holds the result LEN
      And all 64 bytes at DATA+0 of partition "display" are 0

  @SKPP:FDP_IFF.1.2 @REQ:flow.port-status~1 @TSFI:port_stat
  Rule: The status of a port is told to those who use it

    Scenario: A user asks for the status of its port
      Given the system "two-partitions"
      And partition "display" runs
        """riscv
          li   a7, PORT_STAT
          li   a0, CAP_ALTITUDE
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "display" hold
        | a0 | OK |
        | a1 | 0  |
        | a2 | 1  |
        | a3 | 16 |

    Scenario: A stranger asks for the status of a port
      Given the system "two-partitions"
      And partition "display" runs
        """riscv
          li   a7, PORT_STAT
          li   a0, 1
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "display" holds the result CAP
      And the audit trail holds 1 record FLOW_DENIED of partition "display"
