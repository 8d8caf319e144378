Feature: The kernel's own domain
  Partitions run in U mode: what belongs to the kernel is out of their reach, by instruction as by address.

  @SKPP:FPT_SEP.3.1 @SKPP:FPT_RVM.1.1 @REQ:separation.privileged-instructions~1 @claim:C05 @TSFI:trap_instruction
  Rule: An instruction that needs privilege is refused and audited

    Scenario Outline: A partition executes <instruction>
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   t0, 0x222
          <instruction>
          li   s0, 1
        1: j 1b
        """
      When the system runs for 1 major frame
      Then partition "altimeter" is stopped
      And register s0 of partition "altimeter" holds 0
      And the audit trail holds 1 record ILLEGAL_INSTRUCTION of partition "altimeter"
      And partition "display" is as if partition "altimeter" had only spun

      Examples:
        | instruction            |
        | csrw satp, zero        |
        | csrw stvec, t0         |
        | csrw sscratch, t0      |
        | csrw sstatus, t0       |
        | csrr t1, sepc          |
        | csrr t1, mstatus       |
        | csrw pmpcfg0, zero     |
        | sret                   |
        | mret                   |
        | sfence.vma             |
        | kcall 2                |
        | kcall 0                |
        | rdcycle t1             |
        | rdtime t1              |
        | csrr t1, fcsr          |
        | .word 0xf2028053 # fmv.d.x ft0, t0 |
        | .word 0xffffffff       |
        | ebreak                 |

    Scenario: A partition executes a privileged instruction after its neighbour was idle
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
        1: li  a7, YIELD
          ecall
          addi s0, s0, 1
          j    1b
        """
      And partition "display" runs
        """riscv
          csrr t1, sepc
          li   s0, 1
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "display" is stopped
      And register s0 of partition "display" holds 0
      And the audit trail holds 1 record ILLEGAL_INSTRUCTION of partition "display"
      And register s0 of partition "altimeter" holds 1

  @SKPP:FPT_SEP.3.1 @REQ:separation.user-memory-permission~1 @TSFI:port_send @TSFI:port_recv
  Rule: The kernel may reach memory of partitions only while it copies for a call

    Scenario: The kernel copies out of one partition and into another
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
          li   a2, 16
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register a0 of partition "altimeter" holds the result OK
      And register a0 of partition "display" holds the result OK
      And the text at DATA+0 of partition "display" is "sixteen bytes !!"

  @SKPP:FPT_RVM.1.1 @SKPP:FDP_IFC.2.2 @REQ:mediation.unknown-calls~1 @TSFI:unknown_call
  Rule: A call that does not exist does nothing

    Scenario Outline: A partition makes call <number>
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   a7, <number>
          li   a0, 0
          la   a1, message
          li   a2, 16
          ecall
        1: j 1b
        message: .ascii "sixteen bytes !!"
        """
      When the system runs for 1 major frame
      Then register a0 of partition "altimeter" holds the result CALL
      And the memory of port "altitude" is unchanged
      And the audit trail holds 1 record CALL_REFUSED of partition "altimeter"

      Examples:
        | number             |
        | 13                 |
        | 26                 |
        | 63                 |
        | 64                 |
        | 0x100000006        |
        | -1                 |
