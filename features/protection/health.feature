Feature: Health monitor
  Every error of a partition has a kind, and its health table an answer: for nobody, for the partition, or for the module.

  @SKPP:FPT_FLS.1.1 @REQ:failure.error-kinds~1
  Rule: The kernel tells what kind of error a partition made

    @TSFI:trap_stack
    Scenario: A stack that grows past the begin of its data is a stack overflow
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   sp, DATA
          addi sp, sp, -16
          sd   ra, 8(sp)
          li   s0, 1
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "altimeter" is stopped
      And register s0 of partition "altimeter" holds 0
      And the audit trail holds 0 records MEMORY_VIOLATION of partition "altimeter"
      And the last record STACK_OVERFLOW of partition "altimeter" holds
        | detail  | 15      |
        | address | 0xffff8 |

    @TSFI:trap_stack
    Scenario: A stack overflow restarts the partition where the health table says so
      Given the system "watched"
      And partition "worker" runs
        """riscv
          li   sp, DATA
          ld   s0, -8(sp)
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "worker" was restarted 2 times
      And the audit trail holds 2 records STACK_OVERFLOW of partition "worker"

    @TSFI:trap_memory
    Scenario: A fetch from below the data is no stack overflow
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   t0, DATA-16
          jr   t0
        """
      When the system runs for 1 major frame
      Then partition "altimeter" is stopped
      And the audit trail holds 1 record MEMORY_VIOLATION of partition "altimeter"
      And the audit trail holds 0 records STACK_OVERFLOW of partition "altimeter"

    @TSFI:trap_hardware
    Scenario: An access that the address space grants and a device refuses is a hardware fault
      Given the system "two-partitions"
      And partition "display" runs
        """riscv
          li   t0, CONSOLE
          ld   s0, 0(t0)             # the UART has registers of one byte
          li   s0, 1
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "display" is stopped
      And register s0 of partition "display" holds 0
      And the last record HARDWARE_FAULT of partition "display" holds
        | detail  | 5        |
        | address | 0x3f0000 |

    @TSFI:trap_hardware
    Scenario: A hardware fault restarts the partition where the health table says so
      Given the system "watched"
      And partition "worker" runs
        """riscv
          li   t0, CONSOLE
          sd   zero, 0(t0)
        1: j 1b
        """
      When the system runs for 2 major frames
      Then partition "worker" was restarted 2 times
      And the audit trail holds 2 records HARDWARE_FAULT of partition "worker"

    @TSFI:hm_raise
    Scenario Outline: A partition reports <error> that it found in itself
      Given the system "watched"
      And partition "guardian" runs
        """riscv
          li   a7, HM_RAISE
          li   a0, 42
          li   a1, <number>
          ecall
          li   s0, 1
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "guardian" hold
        | a0 | OK |
        | s0 | 1  |
      And the last record <event> of partition "guardian" holds
        | detail | 42 |

      Examples:
        | error                | number | event             |
        | an application error | 0      | APPLICATION_ERROR |
        | a numeric error      | 1      | NUMERIC_ERROR     |

    @TSFI:hm_raise
    Scenario: A partition reports an error of a kind that no partition can report
      Given the system "watched"
      And partition "guardian" runs
        """riscv
          li   a7, HM_RAISE
          li   a0, 42
          li   a1, 3
          ecall
          li   s0, 1
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "guardian" hold
        | a0 | ARG |
        | s0 | 1   |
      And the audit trail holds 0 records STACK_OVERFLOW of partition "guardian"
      And the audit trail holds 1 record CALL_REFUSED of partition "guardian"

    @TSFI:hm_raise
    Scenario: An error that the health table ignores leaves no record and no trace
      Given the system "watched"
      And partition "worker" runs
        """riscv
          li   a7, HM_RAISE
          li   a0, 42
          ecall
          li   s0, 1
        1: j 1b
        """
      When the system runs for 1 major frame
      Then registers of partition "worker" hold
        | a0 | OK |
        | s0 | 1  |
      And partition "worker" was restarted 0 times
      And the audit trail holds 0 records APPLICATION_ERROR of partition "worker"

  @SKPP:FPT_RCV_EXP.2.1 @REQ:recovery.warm-start~1
  Rule: A warm start keeps the data of the partition, and nothing else of its former life

    @SKPP:FDP_RIP.2.1 @REQ:residual.registers~1 @TSFI:hm_raise @TSFI:self
    Scenario: A partition that is warm-started finds its data, and registers that are zero
      Given the system "watched"
      And partition "worker" runs
        """riscv
          mv   s1, s2
          li   s2, 0x5ec2e7
          li   t0, DATA
          ld   s0, 0(t0)
          addi s0, s0, 1
          sd   s0, 0(t0)
          li   t1, 3
          beq  s0, t1, 1f
          li   a7, HM_RAISE
          li   a0, 7
          li   a1, 1                 # a numeric error: warm start
          ecall
        1: li  a7, SELF
          ecall
        2: j 2b
        """
      When the system runs for 4 major frames
      Then partition "worker" was restarted 2 times
      And the double word at DATA+0 of partition "worker" is 3
      And registers of partition "worker" hold
        | s0 | 3  |
        | s1 | 0  |
        | a0 | OK |
        | a3 | 2  |
        | a4 | 2  |

    @TSFI:trap_stack @TSFI:self
    Scenario: A partition that is cold-started finds no data
      Given the system "watched"
      And partition "worker" runs
        """riscv
          li   t0, DATA
          ld   s0, 0(t0)
          li   s1, 1
          sd   s1, 0(t0)
          li   a7, SELF
          ecall
          bnez a4, 1f
          ld   s0, -8(t0)            # in its first life: a stack overflow, cold start
        1: j 1b
        """
      When the system runs for 3 major frames
      Then partition "worker" was restarted 1 time
      And registers of partition "worker" hold
        | s0 | 0  |
        | a0 | OK |
        | a3 | 1  |
        | a4 | 2  |

    @TSFI:part_mode @TSFI:self @REQ:management.partition-control~1
    Scenario: The manager warm-starts a partition
      Given the system "watched"
      And partition "guardian" runs
        """riscv
          li   a7, PART_MODE
          li   a0, CAP_WORKER
          li   a1, 2
          ecall
        1: j 1b
        """
      And partition "worker" runs
        """riscv
          li   t0, DATA
          ld   s0, 0(t0)
          addi s0, s0, 1
          sd   s0, 0(t0)
          li   a7, SELF
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register a0 of partition "guardian" holds the result OK
      And partition "worker" was restarted 1 time
      And registers of partition "worker" hold
        | s0 | 2  |
        | a0 | OK |
        | a3 | 2  |
        | a4 | 1  |

    @TSFI:part_mode @TSFI:trap_stack
    Scenario: A cold start that is due stays one when somebody asks for a warm one
      Given the system "watched"
      And partition "worker" runs
        """riscv
          li   t0, DATA
          ld   s0, 0(t0)
          li   s1, 1
          sd   s1, 0(t0)
          li   a7, TIME
          ecall
          bnez a4, 1f
          ld   s2, -8(t0)            # in frame 0: a stack overflow, cold start
        1: j 1b
        """
      And partition "guardian" runs
        """riscv
          li   a7, PART_MODE
          li   a0, CAP_WORKER
          li   a1, 2
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then register a0 of partition "guardian" holds the result OK
      And partition "worker" was restarted 2 times
      And register s0 of partition "worker" holds 0
      And register a0 of partition "worker" holds the result OK

  @SKPP:FPT_FLS.1.1 @SKPP:FPT_RCV_EXP.2.1 @REQ:failure.escalation~1
  Rule: So many errors of one kind within so much time have another answer

    @TSFI:trap_memory
    Scenario: The third memory violation within 250000 cycles is answered by a cold start
      Given the system "watched"
      And partition "worker" runs
        """riscv
          li   t0, DATA
          ld   s0, 0(t0)
          addi s0, s0, 1
          sd   s0, 0(t0)
          ld   s1, 0(zero)
        1: j 1b
        """
      When the system runs for 2 major frames
      Then the double word at DATA+0 of partition "worker" is 2
      When the system runs for 1 major frame
      Then the audit trail holds 1 record ESCALATION of partition "worker"
      And the double word at DATA+0 of partition "worker" is 3
      When the system runs for 1 major frame
      Then the double word at DATA+0 of partition "worker" is 1
      And partition "worker" was restarted 4 times

    @TSFI:trap_memory
    Scenario: Memory violations that are further apart do not escalate
      Given the system "watched"
      And partition "worker" runs
        """riscv
          li   a7, TIME
          ecall
          andi s1, a4, 1
          bnez s1, 1f
          li   t0, DATA
          ld   s0, 0(t0)
          addi s0, s0, 1
          sd   s0, 0(t0)
          ld   s1, 0(zero)           # in every other frame
        1: li  a7, YIELD
          ecall
          j    CODE
        """
      When the system runs for 7 major frames
      Then the audit trail holds 0 records ESCALATION of partition "worker"
      And the double word at DATA+0 of partition "worker" is 4
      And partition "worker" was restarted 4 times

    @TSFI:trap_instruction @TSFI:trap_stack
    Scenario: Errors of another kind do not count
      Given the system "watched"
      And partition "worker" runs
        """riscv
          li   a7, TIME
          ecall
          andi s1, a4, 1
          bnez s1, 1f
          .word 0                    # in even frames
        1: li  sp, DATA
          ld   s0, -8(sp)            # in odd frames
        """
      When the system runs for 6 major frames
      Then the audit trail holds 3 records ILLEGAL_INSTRUCTION of partition "worker"
      And the audit trail holds 3 records STACK_OVERFLOW of partition "worker"
      And the audit trail holds 0 records ESCALATION of partition "worker"
      And partition "worker" is starting

    @TSFI:trap_instruction
    Scenario: A partition that restarts too often is given up
      Given the system "watched"
      And partition "worker" runs
        """riscv
          .word 0
        """
      When the system runs for 6 major frames
      Then partition "worker" was restarted 3 times
      And partition "worker" is stopped
      And 4 windows of partition "worker" have begun
      And the audit trail holds 1 record ESCALATION of partition "worker"

    @TSFI:hm_raise
    Scenario: The second application error within 1000 cycles halts the module
      Given the system "watched"
      And partition "guardian" runs
        """riscv
          li   s0, 2
        1: li  a7, HM_RAISE
          li   a0, 5
          li   a1, 0
          ecall
          addi s0, s0, -1
          bnez s0, 1b
        2: j 2b
        """
      When the system runs for 1 major frame
      Then the system is off for the reason "health"
      And the audit trail holds 2 records APPLICATION_ERROR of partition "guardian"
      And the audit trail holds 1 record ESCALATION of partition "guardian"

  @SKPP:FPT_RCV_EXP.2.2 @REQ:failure.module-actions~1
  Rule: An error reaches the module only from a partition that may do the same to it by call

    @SKPP:FPT_MTN_EXP.1.1 @REQ:maintenance.mode~1 @TSFI:trap_stack
    Scenario: An error of the guardian puts the system into maintenance mode
      Given the system "watched"
      And partition "guardian" runs
        """riscv
          li   sp, DATA
          ld   s0, -8(sp)
        """
      When the system runs for 3 major frames
      Then partition "guardian" is stopped
      And 1 windows of partition "worker" have begun
      And 0 windows of partition "bystander" have begun
      And 3 windows of partition "maintainer" have begun
      And the audit trail holds 1 record MAINTENANCE of the kernel

    @TSFI:hm_raise
    Scenario: Maintenance that fails halts the module
      Given the system "watched"
      And partition "guardian" runs
        """riscv
          li   sp, DATA
          ld   s0, -8(sp)
        """
      And partition "maintainer" runs
        """riscv
          li   a7, YIELD
          ecall
          li   a7, HM_RAISE
          li   a0, 1
          li   a1, 0
          ecall
        1: j 1b
        """
      When the system runs for 2 major frames
      Then the system is off for the reason "health"
      And 2 windows of partition "maintainer" have begun
      And 0 windows of partition "bystander" have begun
      And partition "guardian" is stopped

    @SKPP:FPT_RST_EXP.1.1 @TSFI:trap_instruction
    Scenario: An error of the guardian restarts the module
      Given the system "watched"
      And partition "guardian" runs
        """riscv
          .word 0
        """
      When the system runs for 1 major frame
      Then the system has asked for a reset
      And the audit trail holds 1 record ILLEGAL_INSTRUCTION of partition "guardian"
      And 0 windows of partition "bystander" have begun

    @SKPP:FMT_MTD.3.1 @REQ:management.configuration-rules~1 @TSFI:system_source
    Scenario Outline: A partition whose errors would <effect> without its authority is refused
      Given the configuration
        """yaml
        system: sample
        revision: 1
        memory: 4 MiB
        majorFrame: 100000
        partitions:
          - { name: one, code: 16 KiB, data: 16 KiB, health: { MEMORY_VIOLATION: IDLE } }
        schedule:
          - { partition: one, at: 0, length: 50000 }
        policy:
          flows: []
        """
      And in the configuration "IDLE" is replaced by "<action>"
      Then the configuration compiler refuses it by the rule "health-module"

      Examples:
        | effect                  | action         |
        | halt the module         | HALT           |
        | restart the module      | RESTART_MODULE |
        | begin maintenance       | MAINTENANCE    |

  @SKPP:FPT_RCV_EXP.2.1 @SKPP:FPT_SEP.3.2 @REQ:recovery.repeatable~1 @claim:C05 @TSFI:hm_raise
  Rule: Restarts, however many, touch nobody else

    Scenario: Forty restarts in a row leave the bystander as it was
      Given the system "watched"
      And partition "worker" runs
        """riscv
          li   t0, DATA
          li   t1, DATA + DATA_BYTES
        1: sd  t1, 0(t0)             # everything it may write
          addi t0, t0, 8
          bltu t0, t1, 1b
          li   a7, HM_RAISE
          li   a0, 1
          li   a1, 1
          ecall
        """
      And partition "bystander" runs
        """riscv
          li   t0, DATA
        1: ld  s0, 0(t0)
          addi s0, s0, 1
          sd   s0, 0(t0)
          li   a7, YIELD
          ecall
          j    1b
        """
      When the system runs for 40 major frames
      Then partition "worker" was restarted 40 times
      And the double word at DATA+0 of partition "bystander" is 40
      And consecutive windows of partition "bystander" are 100000 cycles apart from window 2 to window 40
      And partition "bystander" is as if partition "worker" had only spun
