/**
 * What the hart is, the trigger module it does not have, and the identifiers that its requests carry.
 * RISC-V Privileged, "Machine ISA (`misa`) Register", "Vendor ID, Architecture ID, Implementation ID"; RISC-V Debug, "Trigger
 * Module Registers"; "Ssqosid".
 */
import type { HartState } from '../hart-state.js'
import { constant, IGNORED, type Csr } from './csr.js'
import { machineDenies, STATEEN_SRMCFG } from './state-enable.js'

/** MXL = 2 (64 bits), and the extensions that have a letter. */
const MISA = Array.from('ABCDFIMSU').reduce((misa, letter) => misa | (1n << BigInt(letter.charCodeAt(0) - 65)), 2n << 62n)
const MISA_H = 1n << 7n

/** RCID and MCID: 12 bits each; no resource controller listens yet. */
const SRMCFG = 0xfffn | (0xfffn << 16n)

export const IDENTITY_CSRS: readonly Csr[] = [
  constant(0xf11, 'mvendorid', 0n),
  constant(0xf12, 'marchid', 0n),
  constant(0xf13, 'mimpid', 0n),
  { number: 0xf14, name: 'mhartid', read: (hart: HartState) => BigInt(hart.index), write: IGNORED },
  constant(0xf15, 'mconfigptr', 0n),
  { number: 0x301, name: 'misa', read: (hart) => (hart.has('H') ? MISA | MISA_H : MISA), write: IGNORED },
  // tdata1.type 0 says that no trigger exists.
  constant(0x7a0, 'tselect', 0n),
  constant(0x7a1, 'tdata1', 0n),
  constant(0x7a2, 'tdata2', 0n),
  constant(0x7a3, 'tdata3', 0n),
  {
    number: 0x181,
    name: 'srmcfg',
    exists: (hart) => hart.has('Ssqosid'),
    read: ({ block }) => block.get('srmcfg'),
    write: ({ block }, value) => block.set('srmcfg', value & SRMCFG),
    illegal: (hart) => machineDenies(hart, STATEEN_SRMCFG),
    virtual: () => true,
  },
]
