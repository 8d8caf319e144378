Feature: Queuing ports
  A queuing port carries messages in order; it neither loses nor repeats one, and a full queue refuses.

  @SKPP:FDP_IFF.1.2 @REQ:flow.permitted-delivery~1 @claim:C05 @TSFI:port_send @TSFI:port_recv
  Rule: A flow the configuration lists is carried out

    Scenario: Messages arrive in the order in which they were sent
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   s0, 3
          la   s1, messages
        1: li  a7, PORT_SEND
          li   a0, CAP_COMMANDS
          mv   a1, s1
          li   a2, 8
          ecall
          addi s1, s1, 8
          addi s0, s0, -1
          bnez s0, 1b
        2: j 2b
        messages: .ascii "turn n .turn e .turn s ."
        """
      And partition "sensor" runs
        """riscv
          li   s1, DATA
        1: li  a7, PORT_RECV
          li   a0, CAP_COMMANDS
          mv   a1, s1
          li   a2, 32
          ecall
          bnez a0, 2f
          add  s1, s1, a1
          j    1b
        2: li  a7, YIELD
          ecall
          j    1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "controller" holds the result OK
      And the text at DATA+0 of partition "sensor" is "turn n .turn e .turn s ."

    Scenario: A message is received once
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_COMMANDS
          la   a1, message
          li   a2, 8
          ecall
        1: j 1b
        message: .ascii "only one"
        """
      And partition "sensor" runs
        """riscv
          li   a7, YIELD
          ecall
          li   a7, PORT_RECV
          li   a0, CAP_COMMANDS
          li   a1, DATA
          li   a2, 32
          ecall
          mv   s0, a0
          li   a7, PORT_RECV
          li   a0, CAP_COMMANDS
          li   a1, DATA + 64
          li   a2, 32
          ecall
          mv   s1, a0
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "controller" holds the result OK
      And registers of partition "sensor" hold
        | s0 | OK    |
        | s1 | EMPTY |
      And all 64 bytes at DATA+64 of partition "sensor" are 0

  @SKPP:FRU_RSA.2.1 @REQ:resource.queue-quota~1 @TSFI:port_send @TSFI:port_stat
  Rule: A queue holds as many messages as the configuration gives it, and no more

    Scenario: The fifth message to a queue of four is refused and counted
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   s0, 5
        1: li  a7, PORT_SEND
          li   a0, CAP_COMMANDS
          li   a1, DATA
          li   a2, 8
          ecall
          addi s0, s0, -1
          bnez s0, 1b
          mv   s1, a0
          li   a7, PORT_STAT
          li   a0, CAP_COMMANDS
          ecall
        2: j 2b
        """
      When the system runs for 1 major frame
      Then register s1 of partition "controller" holds the result FULL
      And registers of partition "controller" hold
        | a0 | OK |
        | a1 | 4  |
        | a2 | 4  |
        | a3 | 32 |
        | a4 | 1  |

  @SKPP:FDP_RIP.2.1 @REQ:residual.messages~1 @TSFI:port_recv
  Rule: A delivered message leaves nothing in the queue

    Scenario: The kernel's buffer is cleared when its message was received
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   a7, PORT_SEND
          li   a0, CAP_COMMANDS
          la   a1, message
          li   a2, 6
          ecall
        1: j 1b
        message: .ascii "secret"
        """
      And partition "sensor" runs
        """riscv
          li   a7, YIELD
          ecall
          li   a7, PORT_RECV
          li   a0, CAP_COMMANDS
          li   a1, DATA
          li   a2, 32
          ecall
        1: j 1b
        """
      When the system runs for 1 major frame
      Then register a0 of partition "controller" holds the result OK
      And the text at DATA+0 of partition "sensor" is "secret"
      And the memory of port "commands" holds the text "secret" 0 times
