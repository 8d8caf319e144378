Feature: Memory of partitions
  A partition reaches its own code and data, what is shared with it, and nothing else.

  @SKPP:FDP_IFC.2.1 @SKPP:FPT_SEP.3.1 @SKPP:FPT_SEP.3.2 @REQ:flow.memory-isolation~1 @claim:C05 @TSFI:trap_memory
  Rule: An access outside a partition's memory faults, is audited, and reaches nobody

    Scenario Outline: The page tables of system "<system>" hold what its policy says
      Given the system "<system>"
      When the system runs for 2 major frames
      Then every partition reaches the memory that the policy gives it and "nothing" else

      Examples:
        | system           |
        | two-partitions   |
        | three-partitions |
        | supervised       |
        | maintenance      |

    Scenario Outline: A partition <access>
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   t0, <address>
          li   t1, 0x5a
          <instruction>
          li   s0, 1
        1: j 1b
        """
      When the system runs for 1 major frame
      Then partition "altimeter" is stopped
      And register s0 of partition "altimeter" holds 0
      And the audit trail holds 1 record MEMORY_VIOLATION of partition "altimeter"
      And the last record MEMORY_VIOLATION of partition "altimeter" holds
        | detail  | <cause>   |
        | address | <address> |
      And partition "display" is as if partition "altimeter" had only spun

      Examples:
        | access                                                | address            | instruction    | cause |
        | loads from the other partition by physical address    | 0x80108000         | ld t2, 0(t0)   | 13    |
        | stores to the other partition by physical address     | 0x80108000         | sd t1, 0(t0)   | 15    |
        | stores into its own code                              | 0x10000            | sd t1, 0(t0)   | 15    |
        | jumps into its own data                               | 0x100000           | jr t0          | 12    |
        | loads through the kernel's view of physical memory    | 0x2080108000       | ld t2, 0(t0)   | 13    |
        | stores through the kernel's view of physical memory   | 0x2080108000       | sd t1, 0(t0)   | 15    |
        | loads from the trap stub                              | 0x80000000         | ld t2, 0(t0)   | 13    |
        | stores to the trap stub                               | 0x80000000         | sd t1, 0(t0)   | 15    |
        | jumps into the trap stub                              | 0x80000000         | jr t0          | 12    |
        | loads from the console it does not own                | 0x3f0000           | lbu t2, 0(t0)  | 13    |
        | stores to the test finisher                           | 0x2000100000       | sw t1, 0(t0)   | 15    |
        | stores atomically into the trap stub                  | 0x80000000         | amoadd.d t2, t1, (t0) | 15 |
        | loads from an address that is not canonical           | 0x4000000000000000 | ld t2, 0(t0)   | 13    |

    Scenario: Two partitions store at one virtual address
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   t0, DATA
          li   t1, 0x11
        1: ld  s0, 0(t0)
          sd   t1, 0(t0)
          j    1b
        """
      And partition "display" runs
        """riscv
          li   t0, DATA
          li   t1, 0x22
          ld   s1, 0(t0)
        1: sd  t1, 0(t0)
          ld   s0, 0(t0)
          j    1b
        """
      When the system runs for 3 major frames
      Then the double word at DATA+0 of partition "altimeter" is 0x11
      And the double word at DATA+0 of partition "display" is 0x22
      And register s0 of partition "altimeter" holds 0x11
      And registers of partition "display" hold
        | s0 | 0x22 |
        | s1 | 0    |

  @SKPP:FDP_IFF.1.2 @SKPP:FDP_IFF.1.6 @REQ:flow.shared-one-way~1 @claim:C05 @TSFI:shared_region
  Rule: Shared memory goes one way

    Scenario: The reader of a region sees what its writer wrote
      Given the system "three-partitions"
      And partition "controller" runs
        """riscv
          li   t0, SHARED_TREND
          la   t1, message
          ld   t2, 0(t1)
          sd   t2, 0(t0)
        1: j 1b
        .balign 8
        message: .ascii "rising  "
        """
      And partition "logger" runs
        """riscv
          li   t0, SHARED_TREND
          ld   t1, 0(t0)
          li   t2, DATA
          sd   t1, 0(t2)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then the text at 0 of shared region "trend" is "rising  "
      And the text at DATA+0 of partition "logger" is "rising  "

    @TSFI:trap_memory
    Scenario: The reader of a region writes to it
      Given the system "three-partitions"
      And partition "logger" runs
        """riscv
          li   t0, SHARED_TREND
          li   t1, 0x5a
          sb   t1, 0(t0)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then partition "logger" is stopped
      And the 8192 bytes of shared region "trend" are unchanged
      And the audit trail holds 1 record MEMORY_VIOLATION of partition "logger"

    @TSFI:trap_memory
    Scenario: A partition that shares nothing looks for the region
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   t0, 0x200000
          lbu  s0, 0(t0)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then partition "sensor" is stopped
      And the audit trail holds 1 record MEMORY_VIOLATION of partition "sensor"

  @SKPP:FDP_IFC.2.1 @REQ:flow.console-owner~1 @TSFI:console
  Rule: The console belongs to one partition

    Scenario: The owner of the console writes to it
      Given the system "three-partitions"
      And partition "logger" runs
        """riscv
          li   t0, CONSOLE
          li   t1, 'o'
          sb   t1, 0(t0)
          li   t1, 'k'
          sb   t1, 0(t0)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then the console shows "ok" from partition "logger"

    @TSFI:trap_memory
    Scenario: Another partition writes where the owner finds the console
      Given the system "three-partitions"
      And partition "sensor" runs
        """riscv
          li   t0, 0x3f0000
          li   t1, 'x'
          sb   t1, 0(t0)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then partition "sensor" is stopped
      And the console shows ""

  @SKPP:FRU_RSA.2.1 @SKPP:FRU_RSA.2.2 @REQ:resource.memory-quota~1
  Rule: A partition has the data memory that the configuration gives it, and not a byte more

    Scenario: The first and the last double word of 16 KiB belong to the partition
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   t0, DATA
          li   t1, 0x5a
          sd   t1, 0(t0)
          li   t0, DATA + DATA_BYTES-8
          sd   t1, 0(t0)
          ld   s0, 0(t0)
        1: j 1b
        """
      When the system runs for 1 major frame
      Then partition "altimeter" is running
      And register s0 of partition "altimeter" holds 0x5a
      And the double word at DATA+0 of partition "altimeter" is 0x5a
      And the double word at DATA+16376 of partition "altimeter" is 0x5a

    @TSFI:trap_memory
    Scenario Outline: A partition stores to <where>
      Given the system "two-partitions"
      And partition "altimeter" runs
        """riscv
          li   t0, <address>
          sb   t0, 0(t0)
          li   s0, 1
        1: j 1b
        """
      When the system runs for 1 major frame
      Then partition "altimeter" is stopped
      And register s0 of partition "altimeter" holds 0
      And the last record MEMORY_VIOLATION of partition "altimeter" holds
        | detail  | 15        |
        | address | <address> |

      Examples:
        | where                          | address  |
        | the byte after its data        | 0x104000 |
        | the byte before its code       | 0xffff   |
        | the byte after its code        | 0x14000  |
