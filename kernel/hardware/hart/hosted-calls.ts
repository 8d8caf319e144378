/**
 * The hosted routines of a machine, and the rule when one may start. Charges in cycles; a call retires one instruction beside
 * them. The port's own rules are those of kernel/common/hosted-port.ts.
 */
import type { HostedTable, Privilege } from '../../common/hosted-port.js'
import type { Bus } from '../bus/bus.js'
import type { HostedKind } from '../isa/algebra.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import type { Mmu } from '../mmu/mmu.js'
import type { HartState } from './hart-state.js'
import { HartPort } from './hart-port.js'
import { deliverable } from './interrupts.js'
import { nextTimerEvent } from './pending-interrupts.js'
import { privilegeName, U } from './privilege.js'

/** A hosted call that has completed. Times in cycles. */
export interface HostedCallEvent {
  readonly hart: number
  readonly kind: HostedKind
  readonly routine: number
  readonly name: string
  readonly privilege: Privilege
  readonly pc: bigint
  readonly start: number
  /** When the instruction after the call begins. */
  readonly end: number
}

export type HostedOutcome = 'illegal' | 'wait' | 'done'

const EMPTY: HostedTable = { kcall: new Map(), ucall: new Map() }

export class HostedCalls {
  onCall: ((event: HostedCallEvent) => void) | undefined

  constructor(
    private readonly memory: MachineMemory,
    private readonly bus: Bus,
    private readonly mmu: Mmu,
    private readonly table: HostedTable = EMPTY,
  ) {}

  /**
   * kcall is legal in M and HS, ucall in U, neither in a guest. The routine starts only if its worst case ends no later than the next interrupt
   * that would be taken here; else the hart waits for that.
   */
  call(hart: HartState, kind: HostedKind, number: number): HostedOutcome {
    const { block } = hart
    const legal = !block.virtual && (kind === 'ucall') === (block.privilege === U)
    const routine = legal ? this.table[kind].get(number) : undefined
    if (routine === undefined) return 'illegal'
    const start = block.cycles
    const event = nextTimerEvent(hart, deliverable(hart))
    if (start + 1 + routine.charge > event) return 'wait'
    const call = {
      kind,
      routine: number,
      name: routine.name,
      privilege: privilegeName(hart.mode),
      pc: block.pc,
      start,
      hart: hart.index,
    }
    routine.run(new HartPort(hart, this.memory, this.bus, this.mmu, routine))
    hart.attention = true
    this.onCall?.({ ...call, end: block.cycles + 1 })
    return 'done'
  }
}
