/**
 * Where a random program and what goes with it lie in RAM: offsets from its base, in bytes. With translation on, S-mode (and VS-mode)
 * see the RAM where it is, U-mode (and VU-mode) see it again at 0xc000_0000.
 */
import { MIB, PAGE_BYTES } from '../../common/units.js'

export const RAM_BYTES = MIB
/** Page 0, protected by a locked PMP entry. */
export const M_HANDLER = 0
/** Of S and VS. */
export const S_HANDLER = PAGE_BYTES
export const PROGRAM = 2 * PAGE_BYTES
export const MOST_PROGRAM_BYTES = 8 * PAGE_BYTES
export const DATA = 0x4_0000
/** Page tables of the first stage, one after the other; the first is the root. */
export const PAGE_TABLES = 0xf_0000
/** Of the G-stage: a root of four pages, aligned to its size. */
export const GUEST_TABLES = 0xf_8000

/** Extra MODE field of satp, vsatp and hgatp: Sv39 and Sv39x4. */
export const SV39 = 8n << 60n
