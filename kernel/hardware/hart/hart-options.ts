/**
 * What a machine's configuration decides about its harts. Extensions that are not listed here are always present.
 * Names are those of the RISC-V specifications.
 */

/**
 * Absent unless asked for, because each changes what software sees without asking: `misa`, CSRs, gates that reset closed
 * (Smstateen, Smrnmi, Smdbltrp).
 */
export const OPTIONAL_EXTENSIONS = ['H', 'Smstateen', 'Smrnmi', 'Smdbltrp', 'Ssdbltrp', 'Ssqosid', 'Smaia', 'Ssaia'] as const
export type OptionalExtension = (typeof OPTIONAL_EXTENSIONS)[number]

/** Smrnmi leaves both addresses to the implementation ("RNMI Handler Addresses"). */
export interface NonMaskableHandlers {
  readonly interrupt: bigint
  readonly exception: bigint
}

export interface HartOptions {
  readonly extensions: ReadonlySet<OptionalExtension>
  readonly nonMaskableHandlers: NonMaskableHandlers
}

/** Number of guest external interrupts of each hart (RISC-V Privileged, "Hypervisor Guest External Interrupt Registers"). */
export const GEILEN = 7
