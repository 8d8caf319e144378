/**
 * The boot ROM: the only code that runs in M mode. It measures, locks physical memory protection, delegates every trap and
 * interrupt, and enters the kernel in S mode; it is never called again. GNU syntax; symbols from `romSymbols`.
 * RISC-V Privileged, "Physical Memory Protection", "Machine Trap Delegation Registers", "Machine Environment Configuration".
 */
import { imageRange } from '../config/image-range.js'
import type { Configuration } from '../config/configuration.js'
import { FINISHER, KERNEL_STUB, partitionFrames, RAM_BASE, UART, VECTOR_START } from '../memory/physical-map.js'
import { failure } from '../recovery/halt.js'
import { KCALL_MEASURE } from './trap-stub.js'

export const BOOT_ROM_SOURCE = `
.text
  la   t0, refuse
  csrw mtvec, t0
  kcall ${KCALL_MEASURE}                     # a0: 0, or the finisher value of the refusal
  bnez a0, stop
  li   t0, PMP_STUB
  csrw pmpaddr0, t0
  li   t0, PMP_VECTOR_START
  csrw pmpaddr1, t0
  li   t0, PMP_VECTOR_END
  csrw pmpaddr2, t0
  li   t0, PMP_DATA_END
  csrw pmpaddr3, t0
  li   t0, PMP_IMAGES_START
  csrw pmpaddr4, t0
  li   t0, PMP_IMAGES_END
  csrw pmpaddr5, t0
  li   t0, PMP_RAM_END
  csrw pmpaddr6, t0
  li   t0, PMP_FINISHER
  csrw pmpaddr7, t0
  li   t0, PMP_UART
  csrw pmpaddr8, t0
  li   t0, PMP_ROM
  csrw pmpaddr9, t0
  li   t0, PMP_CONFIG_8
  csrw pmpcfg2, t0
  li   t0, PMP_CONFIG_0
  csrw pmpcfg0, t0
  li   t0, DELEGATED_EXCEPTIONS
  csrw medeleg, t0
  li   t0, SUPERVISOR_INTERRUPTS
  csrw mideleg, t0
  li   t0, SUPERVISOR_TIMER_COMPARE
  csrw menvcfg, t0
  li   t0, 7
  csrw mcounteren, t0                        # the kernel reads time; partitions do not (scounteren stays 0)
  li   t0, STATUS_CLEAR
  csrc mstatus, t0
  li   t0, STATUS_SUPERVISOR
  csrs mstatus, t0
  li   t0, KERNEL_ENTRY
  csrw mepc, t0
  mret
.balign 4
refuse:                                      # any trap in M mode: the machine is not as it must be
  li   a0, REFUSED
stop:
  li   t0, FINISHER
  sw   a0, 0(t0)
1:
  wfi
  j    1b
`

const LOCK = 0x80n
const TOR = 0x08n
const NAPOT = 0x18n
const READ = 1n
const WRITE = 2n
const EXECUTE = 4n

/** pmpaddr of a naturally aligned power-of-two range (RISC-V Privileged, "Address Matching"). */
const napot = (address: number, bytes: number): bigint => BigInt(address / 4 + bytes / 8 - 1)
const top = (address: number): bigint => BigInt(address / 4)
const packed = (entries: readonly bigint[]): bigint => entries.reduce((word, entry, index) => word | (entry << BigInt(8 * index)), 0n)

export function romSymbols(configuration: Configuration): Readonly<Record<string, bigint>> {
  const images = imageRange(configuration)
  return {
    PMP_STUB: napot(KERNEL_STUB.address, KERNEL_STUB.bytes),
    PMP_VECTOR_START: top(VECTOR_START),
    PMP_VECTOR_END: top(configuration.kernelData.address),
    PMP_DATA_END: top(partitionFrames(configuration)),
    PMP_IMAGES_START: top(images.address),
    PMP_IMAGES_END: top(images.address + images.bytes),
    PMP_RAM_END: top(RAM_BASE + configuration.ramBytes),
    PMP_FINISHER: napot(FINISHER, 0x1000),
    PMP_UART: napot(UART, 0x1000),
    PMP_ROM: napot(0, 0x2_0000),
    PMP_CONFIG_0: packed([
      LOCK | NAPOT | READ | EXECUTE, // trap stub
      0n, // start of the vector
      LOCK | TOR | READ, // configuration vector
      LOCK | TOR | READ | WRITE, // kernel data
      LOCK | TOR | READ | WRITE | EXECUTE, // partition frames; page tables say who may do what
      LOCK | TOR | READ, // pristine images
      LOCK | TOR | READ | WRITE, // the rest of RAM
      LOCK | NAPOT | READ | WRITE, // test finisher
    ]),
    PMP_CONFIG_8: packed([LOCK | NAPOT | READ | WRITE, LOCK | NAPOT | READ | EXECUTE]), // UART; the boot ROM itself, which must go on running
    DELEGATED_EXCEPTIONS: 0xb1ffn, // every exception of U mode, and those of S mode but ecall
    SUPERVISOR_INTERRUPTS: 0x222n,
    SUPERVISOR_TIMER_COMPARE: 1n << 63n,
    STATUS_CLEAR: 0x1888n, // MPP, MPIE, MIE
    STATUS_SUPERVISOR: 0x0800n, // MPP = S
    KERNEL_ENTRY: BigInt(KERNEL_STUB.address),
    REFUSED: BigInt(failure('boot-self-test')),
    FINISHER: BigInt(FINISHER),
  }
}
