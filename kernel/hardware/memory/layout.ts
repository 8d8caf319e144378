/**
 * Where everything lies in a machine's WebAssembly.Memory. Offsets in bytes. The layout is the same for every machine, so that
 * compiled engines are shared between machines; RAM begins at a constant multiple of a WebAssembly page (64 KiB).
 *
 * | offset      | bytes                 | holds                                                        |
 * | ----------- | --------------------- | ------------------------------------------------------------ |
 * | 0           | 8 harts x HART_STRIDE | hart blocks, each with its TLBs and its decode cache         |
 * | DIRTY_MAP   | 512 KiB               | one byte per RAM page: written since the machine was made    |
 * | ROM         | 64 KiB                | boot ROM                                                     |
 * | RAM         | the machine's RAM     | RAM                                                          |
 *
 * Within a hart's stride:
 *
 * | offset       | bytes   | holds                                                                       |
 * | ------------ | ------- | --------------------------------------------------------------------------- |
 * | 0            | 264     | x0 to x31, then the sink that takes writes to x0                            |
 * | F_REGISTERS  | 256     | f0 to f31                                                                   |
 * | 520          | to 4096 | HART_SLOTS: architectural state, then state derived from it (DERIVED_SLOTS) |
 * | TLB          | 496 KiB | 31 sets of 1,024 entries of 16 bytes                                        |
 * | DECODE_CACHE | 512 KiB | 16,384 entries of 32 bytes                                                  |
 * | JUMP_CACHE   | 64 KiB  | 4,096 entries of 16 bytes                                                   |
 */
import { KIB } from '../../common/units.js'

export const WASM_PAGE_BYTES = 64 * KIB

export const MAX_HARTS = 8
export const HART_STRIDE = 1088 * KIB

/** x registers: 8 bytes each; the sink follows x31. */
export const X_SINK = 32 * 8

/** f registers: 8 bytes each. */
export const F_REGISTERS = X_SINK + 8

/** The address registers of the 16 PMP entries, in order. */
export const PMPADDR_SLOTS = [
  'pmpaddr0',
  'pmpaddr1',
  'pmpaddr2',
  'pmpaddr3',
  'pmpaddr4',
  'pmpaddr5',
  'pmpaddr6',
  'pmpaddr7',
  'pmpaddr8',
  'pmpaddr9',
  'pmpaddr10',
  'pmpaddr11',
  'pmpaddr12',
  'pmpaddr13',
  'pmpaddr14',
  'pmpaddr15',
] as const

/** Architectural state of a hart beside the x and f registers, 8 bytes each, in this order. CSRs have their names from RISC-V Privileged. */
const ARCHITECTURAL_SLOTS = [
  'pc',
  'privilege', // nominal: 0 U, 1 S, 3 M (RISC-V Privileged, "Privilege Levels")
  'virtualization', // V: 1 in VS and VU (RISC-V Privileged, "Privilege Modes" of the hypervisor extension)
  'cycles', // model cycles since reset; mtime
  'instret', // retired instructions since reset
  'reservation', // memory offset of the reservation set + 1; 0: none
  'reservationBytes',
  'window', // where the hart's present window of the grid begins (clock/interleaving.ts)
  'fflags',
  'frm',
  'mstatus',
  'mie',
  'mip', // only the bits that software writes
  'medeleg',
  'mideleg',
  'mtvec',
  'mscratch',
  'mepc',
  'mcause',
  'mtval',
  'mcounteren',
  'menvcfg',
  'mcycleOffset', // mcycle - cycles
  'minstretOffset', // minstret - instret
  'stvec',
  'sscratch',
  'sepc',
  'scause',
  'stval',
  'scounteren',
  'senvcfg',
  'satp',
  'stimecmp',
  'pmpcfg0',
  'pmpcfg2',
  ...PMPADDR_SLOTS,
  'mcountinhibit', // a counter that is inhibited holds its value in its offset slot
  'externalLines', // levels of MEI and SEI as an interrupt controller drives them
  'mtval2',
  'mtinst',
  'hstatus',
  'hedeleg',
  'hideleg',
  'hvip',
  'hgeip', // levels of the guest external interrupts as an interrupt controller drives them
  'hgeie',
  'hcounteren',
  'htimedelta',
  'henvcfg',
  'htval',
  'htinst',
  'hgatp',
  'vsstatus',
  'vstvec',
  'vsscratch',
  'vsepc',
  'vscause',
  'vstval',
  'vsatp',
  'vstimecmp',
  'mstateen0',
  'mstateen1',
  'mstateen2',
  'mstateen3',
  'hstateen0',
  'hstateen1',
  'hstateen2',
  'hstateen3',
  'mnscratch',
  'mnepc',
  'mncause',
  'mnstatus',
  'nonMaskable', // cause of the non-maskable interrupt that waits, + 1; 0: none
  'srmcfg',
  'miselect',
  'siselect',
  'vsiselect',
  'mvien',
  'mvip', // only the bits that are not those of mip
  'virtualSie', // bits of sie that are not those of mie (RISC-V AIA, "Interrupt filtering and virtual interrupts for supervisor level")
  'hvictl',
] as const
export type HartSlot = (typeof ARCHITECTURAL_SLOTS)[number]
export const HART_SLOTS: readonly HartSlot[] = ARCHITECTURAL_SLOTS

const SLOTS_OFFSET = F_REGISTERS + 32 * 8

/** Byte offset of each architectural slot in its hart block. */
export const SLOT_OFFSET = Object.fromEntries(ARCHITECTURAL_SLOTS.map((slot, index) => [slot, SLOTS_OFFSET + index * 8])) as Readonly<
  Record<HartSlot, number>
>

/** Bytes of x registers, sink, f registers and architectural slots. */
export const ARCHITECTURAL_BYTES = SLOTS_OFFSET + ARCHITECTURAL_SLOTS.length * 8

/**
 * Derived state, 4 bytes each: absolute offsets of the TLB sets in force (fetch, load, store); 1 while floating-point instructions
 * are legal and their state is already Dirty; where translated code was left, as its region and the exit's number there; 1 while
 * nothing forbids emitted code to change the privilege (engine/translator); how many traps it took.
 */
export const DERIVED_SLOTS = {
  fetchTlb: 3584,
  loadTlb: 3588,
  storeTlb: 3592,
  floatDirty: 3596,
  leftRegion: 3600,
  leftExit: 3604,
  calm: 3608,
  traps: 3612,
} as const

/** The TLB sets (fetch, load, store; 0: not known) for each privilege without V under the present status, 4 bytes each. */
export const CONTEXTS = 3648
export const CONTEXT_BYTES = 16

/** When each TLB set was last chosen, then how often any was: floating-point numbers. */
export const TLB_STAMPS = 3712

export const TLB = 4 * KIB
export const TLB_ENTRIES = 1024
export const TLB_ENTRY_BYTES = 16
export const TLB_SET_BYTES = TLB_ENTRIES * TLB_ENTRY_BYTES
export const TLB_SETS = 31
export const TLB_BYTES = TLB_SETS * TLB_SET_BYTES
export const TLB_CLOCK = TLB_STAMPS + TLB_SETS * 8

export const DECODE_CACHE = 512 * KIB
export const DECODE_ENTRIES = 16384
export const DECODE_ENTRY_BYTES = 32

/** Where translated code goes on: by address and fetch set, the place of a region's function in the engine's table. */
export const JUMP_CACHE = 1024 * KIB
export const JUMP_ENTRIES = 4096
export const JUMP_ENTRY_BYTES = 16

export const DIRTY_MAP = MAX_HARTS * HART_STRIDE
export const DIRTY_MAP_BYTES = 512 * KIB

export const ROM = DIRTY_MAP + DIRTY_MAP_BYTES
export const ROM_BYTES = 64 * KIB

export const RAM = 146 * WASM_PAGE_BYTES
/** One dirty-map byte per page bounds the RAM. */
export const MAX_RAM_BYTES = DIRTY_MAP_BYTES * 4 * KIB

export const hartOffset = (hart: number): number => hart * HART_STRIDE
