/**
 * Where everything answers: physical addresses and sizes in bytes, interrupt numbers of the platform's interrupt controller. The
 * places are those of QEMU's virt board, so that software built for it finds what it expects; what that board lacks lies between.
 *
 * | address      | bytes    | what                                          | interrupt |
 * | ------------ | -------- | --------------------------------------------- | --------- |
 * | 0x0000_1000  | 64 KiB   | boot ROM                                      |           |
 * | 0x0010_0000  | 4 KiB    | test finisher: power-off and reset            |           |
 * | 0x0010_1000  | 4 KiB    | real-time clock                               | 11        |
 * | 0x0010_2000  | 8 KiB    | watchdog: control frame, refresh frame        | 12        |
 * | 0x0010_4000  | 4 KiB    | DMA engine, if asked for                      | 13        |
 * | 0x0200_0000  | 64 KiB   | ACLINT: MSWI and MTIMER                       |           |
 * | 0x02f0_0000  | 16 KiB   | ACLINT: SSWI, if asked for                    |           |
 * | 0x0301_0000  | 4 KiB    | IOMMU, if asked for                           | 36 to 39  |
 * | 0x0c00_0000  | 6 MiB    | PLIC, or                                      |           |
 * | 0x0c00_0000  | 32 KiB   | APLIC, root domain (M)                        |           |
 * | 0x0d00_0000  | 32 KiB   | APLIC, child domain (S)                       |           |
 * | 0x1000_0000  | 256      | UART 16550A                                   | 10        |
 * | 0x1000_1000  | 8 x 4 KiB| virtio over MMIO, one transport for each slot | 1 to 8    |
 * | 0x2400_0000  | 4 KiB a hart | IMSIC, interrupt files of M              |           |
 * | 0x2800_0000  | 32 KiB a hart | IMSIC, interrupt files of S and of guests; without H 4 KiB | |
 * | 0x8000_0000  | ramBytes | RAM                                           |           |
 */
export const TEST_FINISHER_BASE = 0x10_0000
export const RTC_BASE = 0x10_1000
export const WATCHDOG_BASE = 0x10_2000
export const DMA_ENGINE_BASE = 0x10_4000
export const ACLINT_BASE = 0x200_0000
export const SSWI_BASE = 0x2f0_0000
export const IOMMU_BASE = 0x301_0000
export const PLIC_BASE = 0xc00_0000
export const APLIC_M_BASE = 0xc00_0000
export const APLIC_S_BASE = 0xd00_0000
export const UART_BASE = 0x1000_0000
export const VIRTIO_BASE = 0x1000_1000
export const VIRTIO_STRIDE = 0x1000
export const IMSIC_M_BASE = 0x2400_0000
export const IMSIC_S_BASE = 0x2800_0000

export const VIRTIO_SLOTS = 8

/** Interrupt numbers. */
export const VIRTIO_INTERRUPT = 1
export const UART_INTERRUPT = 10
export const RTC_INTERRUPT = 11
export const WATCHDOG_INTERRUPT = 12
export const DMA_ENGINE_INTERRUPT = 13

/** `device_id` at the IOMMU: virtio slot n has n + 1. */
export const DMA_ENGINE_DEVICE_ID = VIRTIO_SLOTS + 1
/** Of the first of the IOMMU's four vectors. */
export const IOMMU_INTERRUPT = 36
/** The highest interrupt number, as on QEMU's virt board. */
export const INTERRUPT_SOURCES = 96

/** Of mtime and `time`: one model cycle counts as one nanosecond. In Hz. */
export const TIMEBASE_FREQUENCY = 1_000_000_000
