Feature: Identity of subjects
  The kernel knows who calls from the context it resumed, never from what the caller says.

  @SKPP:FIA_UID_EXP.1.1 @SKPP:FIA_USB_EXP.1.1 @SKPP:FIA_ATD_EXP.1.1 @REQ:identity.from-context~1 @TSFI:self
  Rule: Every call is made by the partition that the configuration put in that window

    Scenario Outline: Partition "<partition>" asks who it is
      Given the system "three-partitions"
      And partition "<partition>" runs
        """riscv
          li   a7, SELF
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "<partition>" hold
        | a0 | OK           |
        | a1 | <identity>   |
        | a2 | <capabilities> |

      Examples:
        | partition  | identity | capabilities |
        | sensor     | 0        | 3            |
        | controller | 1        | 5            |
        | logger     | 2        | 1            |

  @SKPP:FIA_USB_EXP.1.2 @SKPP:FMT_MSA_EXP.1.1 @SKPP:FMT_MSA_EXP.3.2 @REQ:identity.fixed~1 @TSFI:self
  Rule: Nothing a subject does changes its identity or its authority

    Scenario: A partition claims another identity in every register
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   a0, 1
          li   a1, 1
          li   a2, 1
          li   a3, 1
          li   tp, 1
          li   gp, 1
          li   a7, SELF
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "sensor" hold
        | a0 | OK |
        | a1 | 0  |

    @TSFI:port_send
    Scenario: A hundred denied requests leave the caller as powerless as the first
      Given the system "two-partitions"
      And partition "display" runs
        """riscv
          li   s0, 100
        1: li  a7, PORT_SEND
          li   a0, CAP_ALTITUDE
          li   a1, DATA
          li   a2, 8
          ecall
          addi s0, s0, -1
          bnez s0, 1b
          mv   s1, a0
          li   a7, SELF
          ecall
        2: j 2b
        """
      When the system runs for 1 major frame
      Then register s1 of partition "display" holds the result PERM
      And register a2 of partition "display" holds 1
      And the memory of port "altitude" is unchanged
