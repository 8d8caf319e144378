/** Numbers by which nodes of the device tree name each other (Devicetree Specification, "phandle"). */
export const INTERRUPT_CONTROLLER = 1
export const TEST_FINISHER = 2
export const IOMMU = 3

/** The interrupt controller within a hart. */
export const cpuInterruptController = (hart: number): number => 16 + hart
