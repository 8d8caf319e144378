/**
 * The `capabilities` register. RISC-V IOMMU, "IOMMU capabilities (`capabilities`)".
 */
const FEATURES = {
  version: 0x10n,
  Sv39: 1n << 9n,
  Sv48: 1n << 10n,
  Sv57: 1n << 11n,
  Svpbmt: 1n << 15n,
  Sv39x4: 1n << 17n,
  Sv48x4: 1n << 18n,
  Sv57x4: 1n << 19n,
  AMO_HWAD: 1n << 24n,
  /** IGS: wires and messages. */
  BOTH: 2n << 28n,
  DBG: 1n << 31n,
  /** PAS: 56 bits of physical address. */
  PAS: 56n << 32n,
  PD8: 1n << 38n,
  PD17: 1n << 39n,
  PD20: 1n << 40n,
} as const

const MSI_FLAT = 1n << 22n

const ALWAYS = Object.values(FEATURES).reduce((sum, feature) => sum | feature, 0n)

export const capabilities = (msiFlat: boolean): bigint => (msiFlat ? ALWAYS | MSI_FLAT : ALWAYS)
