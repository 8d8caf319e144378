/** Numbers by which nodes of the device tree name each other (Devicetree Specification, "phandle"). */
/** That of the devices: a PLIC, or the APLIC domain of S. */
export const INTERRUPT_CONTROLLER = 1
export const TEST_FINISHER = 2
export const IOMMU = 3
export const APLIC_M = 4
export const IMSIC_M = 5
export const IMSIC_S = 6

/** The interrupt controller within a hart. */
export const cpuInterruptController = (hart: number): number => 16 + hart
