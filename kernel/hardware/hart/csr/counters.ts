/**
 * Zicntr and Zihpm: counters, their enables and inhibits. Hardware performance counters 3 to 31 exist and are hardwired to zero.
 * RISC-V Privileged, "Hardware Performance Monitor", "Machine Counter-Enable (`mcounteren`) Register", "Supervisor Counter-Enable
 * (`scounteren`) Register", "Hypervisor Counter-Enable (`hcounteren`) Register", "Machine Counter-Inhibit (`mcountinhibit`) Register".
 */
import type { HartState } from '../hart-state.js'
import { guestTime } from '../pending-interrupts.js'
import { U } from '../privilege.js'
import { IGNORED, constant, masked, withH, type Csr } from './csr.js'

export const TIME = 1
const COUNTERS = 7n
const CYCLE_INHIBIT = 1n
const INSTRET_INHIBIT = 4n

type CounterEnable = 'mcounteren' | 'scounteren' | 'hcounteren'

export const counterEnabled = ({ block }: HartState, slot: CounterEnable, bit: number): boolean =>
  ((block.get(slot) >> BigInt(bit)) & 1n) !== 0n

/** A guest is told apart only after mcounteren: there lies the difference between an illegal and a virtual instruction. */
const counter = (number: number, name: string, bit: number, read: (hart: HartState) => bigint): Csr => ({
  number,
  name,
  read,
  write: IGNORED,
  illegal: (hart, { privilege, virtual }) =>
    !counterEnabled(hart, 'mcounteren', bit) || (!virtual && privilege === U && !counterEnabled(hart, 'scounteren', bit)),
  virtual: (hart, { privilege }) =>
    !counterEnabled(hart, 'hcounteren', bit) || (privilege === U && !counterEnabled(hart, 'scounteren', bit)),
})

/** Its offset to the clock, or its value while it is inhibited. */
interface Offset {
  readonly slot: 'mcycleOffset' | 'minstretOffset'
  readonly inhibit: bigint
  now(hart: HartState): number
}
const CYCLE: Offset = { slot: 'mcycleOffset', inhibit: CYCLE_INHIBIT, now: ({ block }) => block.cycles }
const INSTRET: Offset = { slot: 'minstretOffset', inhibit: INSTRET_INHIBIT, now: ({ block }) => block.instret }

const inhibited = ({ block }: HartState, { inhibit }: Offset): boolean => (block.get('mcountinhibit') & inhibit) !== 0n

const readCounter =
  (offset: Offset) =>
  (hart: HartState): bigint => {
    const kept = hart.block.get(offset.slot)
    return inhibited(hart, offset) ? kept : BigInt.asUintN(64, BigInt(offset.now(hart)) + kept)
  }

/** The write takes effect when the writing instruction has otherwise completed. */
function writeCounter(hart: HartState, offset: Offset, value: bigint): void {
  const kept = inhibited(hart, offset) ? value : value - BigInt(offset.now(hart) + 1)
  hart.block.set(offset.slot, BigInt.asUintN(64, kept))
}

const machineCounter = (number: number, name: string, offset: Offset): Csr => ({
  number,
  name,
  read: readCounter(offset),
  write: (hart, value) => writeCounter(hart, offset, value),
})

/** The CSR write itself counts before the inhibit holds, and no longer after it ends. */
function writeInhibit(hart: HartState, value: bigint): void {
  const { block } = hart
  const next = value & (CYCLE_INHIBIT | INSTRET_INHIBIT)
  for (const offset of [CYCLE, INSTRET]) {
    const was = inhibited(hart, offset)
    const will = (next & offset.inhibit) !== 0n
    if (was === will) continue
    const now = BigInt(offset.now(hart) + 1)
    block.set(offset.slot, BigInt.asUintN(64, block.get(offset.slot) + (will ? now : -now)))
  }
  block.set('mcountinhibit', next)
}

const hpm = Array.from({ length: 29 }, (_, index) => index + 3)
const readCycle = readCounter(CYCLE)
const readInstret = readCounter(INSTRET)
const readTime = (hart: HartState): bigint => {
  const now = BigInt(hart.block.cycles)
  return hart.block.virtual ? guestTime(hart, now) : now
}

export const COUNTER_CSRS: readonly Csr[] = [
  counter(0xc00, 'cycle', 0, readCycle),
  counter(0xc01, 'time', TIME, readTime),
  counter(0xc02, 'instret', 2, readInstret),
  ...hpm.map((index) => counter(0xc00 + index, `hpmcounter${index}`, index, () => 0n)),
  masked(0x106, 'scounteren', COUNTERS),
  masked(0x306, 'mcounteren', COUNTERS),
  withH(masked(0x606, 'hcounteren', COUNTERS)),
  { number: 0x320, name: 'mcountinhibit', read: ({ block }) => block.get('mcountinhibit'), write: writeInhibit },
  ...hpm.map((index) => constant(0x320 + index, `mhpmevent${index}`, 0n)),
  machineCounter(0xb00, 'mcycle', CYCLE),
  machineCounter(0xb02, 'minstret', INSTRET),
  ...hpm.map((index) => constant(0xb00 + index, `mhpmcounter${index}`, 0n)),
]
