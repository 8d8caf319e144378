/** The CSRs with which a random program starts: delegation, protection, translation, interrupts, all of them mostly on. */
import { MIE, MPRV, TSR, TVM, TW } from '../../hardware/hart/status-fields.js'
import type { OptionalExtension } from '../../hardware/machine.js'
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { DATA, GUEST_TABLES, M_HANDLER, PAGE_TABLES, S_HANDLER, SV39 } from './program-layout.js'
import type { SeededRandom } from './seeded-random.js'

export interface CsrValue {
  readonly number: number
  readonly value: bigint
}

/** What sends fetch faults to S or VS: their handlers would trap for ever. Causes 1, 12 and 20. */
const NEVER_DELEGATED = 0x10_1002n

const napot = (base: number, bytes: number): bigint => (BigInt(base) >> 2n) | BigInt(bytes / 8 - 1)
const rootAt = (offset: number): bigint => SV39 | (BigInt(RAM_BASE + offset) >> 12n)

export function randomCsrs(random: SeededRandom, extensions: readonly OptionalExtension[]): CsrValue[] {
  const grain = napot(RAM_BASE + DATA + 0x1000 * random.below(8), 8 << random.below(10))
  const bits = (): bigint => BigInt(random.next())
  const mstatus = (bits() & (random.once(16) ? ~MPRV : ~(MPRV | TVM | TW | TSR))) | MIE
  return [
    { number: 0x3b0, value: napot(RAM_BASE + M_HANDLER, 4096) }, // the M-mode handler: read and execute, locked
    { number: 0x3b1, value: grain }, // somewhere in the data: random permissions, locked or not
    { number: 0x3b2, value: (1n << 54n) - 1n },
    { number: 0x3a0, value: 0x1f_00_9dn | (BigInt(0x18 | random.below(8) | (random.once(2) ? 0x80 : 0)) << 8n) },
    { number: 0x305, value: BigInt(RAM_BASE + M_HANDLER) }, // mtvec
    { number: 0x105, value: BigInt(RAM_BASE + S_HANDLER) }, // stvec
    { number: 0x302, value: bits() & ~NEVER_DELEGATED }, // medeleg
    { number: 0x303, value: bits() }, // mideleg
    { number: 0x304, value: bits() }, // mie
    { number: 0x306, value: bits() }, // mcounteren
    { number: 0x106, value: bits() }, // scounteren
    { number: 0x30a, value: random.next64() }, // menvcfg
    { number: 0x14d, value: BigInt(random.below(500)) }, // stimecmp
    { number: 0x180, value: random.once(4) ? 0n : rootAt(PAGE_TABLES) }, // satp
    { number: 0x300, value: mstatus },
    ...(extensions.includes('Smrnmi') ? [{ number: 0x744, value: 8n }] : []), // mnstatus.NMIE
    ...(extensions.includes('Smstateen') ? [{ number: 0x30c, value: random.next64() | (1n << 63n) }] : []), // mstateen0
    ...(extensions.includes('H') ? hypervisorCsrs(random) : []),
  ]
}

function hypervisorCsrs(random: SeededRandom): CsrValue[] {
  const bits = (): bigint => BigInt(random.next())
  return [
    { number: 0x600, value: bits() }, // hstatus
    { number: 0x602, value: bits() & ~NEVER_DELEGATED }, // hedeleg
    { number: 0x603, value: bits() }, // hideleg
    { number: 0x606, value: bits() }, // hcounteren
    { number: 0x60a, value: random.next64() }, // henvcfg
    { number: 0x605, value: BigInt(random.below(1000)) }, // htimedelta
    { number: 0x645, value: bits() }, // hvip
    { number: 0x680, value: random.once(4) ? 0n : rootAt(GUEST_TABLES) }, // hgatp
    { number: 0x200, value: bits() }, // vsstatus
    { number: 0x204, value: bits() }, // vsie
    { number: 0x205, value: BigInt(RAM_BASE + S_HANDLER) }, // vstvec
    { number: 0x24d, value: BigInt(random.below(500)) }, // vstimecmp
    { number: 0x280, value: random.once(4) ? 0n : rootAt(PAGE_TABLES) }, // vsatp
  ]
}
