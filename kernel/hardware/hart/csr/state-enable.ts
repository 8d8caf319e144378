/**
 * Smstateen: mstateen0-3, hstateen0-3 and sstateen0-3, and what they gate. Of the state that their bits name, this hart has
 * that of ENVCFG, SRMCFG and the advanced interrupt architecture; the other bits are read-only zeros.
 * RISC-V Privileged, "Smstateen", "State Enable Extensions" and "State Enable 0 Registers".
 */
import type { HartState } from '../hart-state.js'
import type { Csr } from './csr.js'

/** SE0 of register 0; bit 63 of each gates the matching registers of lower levels. */
const SE = 1n << 63n
export const STATEEN_ENVCFG = 1n << 62n
export const STATEEN_CSRIND = 1n << 60n
export const STATEEN_AIA = 1n << 59n
export const STATEEN_IMSIC = 1n << 58n
export const STATEEN_SRMCFG = 1n << 55n

const INDEXES = [0, 1, 2, 3] as const
type Index = (typeof INDEXES)[number]

/** Below M: a bit of mstateen0 is clear. */
export const machineDenies = (hart: HartState, bit: bigint): boolean => hart.has('Smstateen') && (hart.block.get('mstateen0') & bit) === 0n

/** To a guest: a bit of hstateen0 is clear. */
export const hypervisorDenies = (hart: HartState, bit: bigint): boolean =>
  hart.has('Smstateen') && (hart.block.get('hstateen0') & bit) === 0n

const machineBits = (hart: HartState, index: Index): bigint => {
  if (index !== 0) return SE
  return SE | STATEEN_ENVCFG | interruptBits(hart) | (hart.has('Ssqosid') ? STATEEN_SRMCFG : 0n)
}
const hypervisorBits = (hart: HartState, index: Index): bigint => (index === 0 ? SE | STATEEN_ENVCFG | interruptBits(hart) : SE)

/** RISC-V AIA, "Access control by the state-enable CSRs". */
const interruptBits = (hart: HartState): bigint =>
  hart.has('Ssaia') ? STATEEN_CSRIND | STATEEN_AIA | (hart.interruptFiles === undefined ? 0n : STATEEN_IMSIC) : 0n

const mstateen = (index: Index): Csr => ({
  number: 0x30c + index,
  name: `mstateen${index}`,
  exists: (hart) => hart.has('Smstateen'),
  read: ({ block }) => block.get(`mstateen${index}`),
  write: (hart, value) => hart.block.set(`mstateen${index}`, value & machineBits(hart, index)),
})

/** A bit that is zero in mstateen reads as zero here; what was written below it stays. */
const hstateen = (index: Index): Csr => {
  const visible = (hart: HartState): bigint => hart.block.get(`mstateen${index}`) & hypervisorBits(hart, index)
  return {
    number: 0x60c + index,
    name: `hstateen${index}`,
    exists: (hart) => hart.has('Smstateen') && hart.has('H'),
    read: (hart) => hart.block.get(`hstateen${index}`) & visible(hart),
    write: (hart, value) => {
      const mask = visible(hart)
      hart.block.set(`hstateen${index}`, (hart.block.get(`hstateen${index}`) & ~mask) | (value & mask))
    },
    illegal: ({ block }) => (block.get(`mstateen${index}`) & SE) === 0n,
  }
}

/** None of the state that its 32 bits name is here: read-only zero, and still gated. */
const sstateen = (index: Index): Csr => ({
  number: 0x10c + index,
  name: `sstateen${index}`,
  exists: (hart) => hart.has('Smstateen'),
  read: () => 0n,
  write: () => undefined,
  illegal: ({ block }) => (block.get(`mstateen${index}`) & SE) === 0n,
  virtual: ({ block }) => (block.get(`hstateen${index}`) & SE) === 0n,
})

export const STATE_ENABLE_CSRS: readonly Csr[] = [...INDEXES.map(mstateen), ...INDEXES.map(hstateen), ...INDEXES.map(sstateen)]
