/**
 * Sees every use of the kernel's interface from outside the kernel: at the privilege changes of the hart. A call is what a
 * partition put into a7 when it trapped; its outcome is what stands in a0 when the partition continues.
 */
import { callByNumber } from '../abi/calls.js'
import { CODE, DATA, STACK_GUARD } from '../abi/partition-memory.js'
import { returnCodeOf } from '../abi/return-codes.js'
import type { InterfaceUse } from './system-under-test.js'

export interface TrapObservation {
  readonly partition: string
  /** Exception or interrupt code (RISC-V Privileged, "mcause"). */
  readonly cause: { readonly kind: 'exception' | 'interrupt'; readonly code: number }
  /** a7 at the trap. */
  readonly a7: bigint
  /** Faulting address (stval), where there is one. */
  readonly address: bigint
}

interface Pending {
  readonly entry: string
  readonly isTrap: boolean
}

const ECALL_FROM_U = 8
const ILLEGAL_INSTRUCTION = 2
const BREAKPOINT = 3
/** Instruction, load, store; load, store. */
const ACCESS_FAULTS: readonly number[] = [1, 5, 7]
const DATA_PAGE_FAULTS: readonly number[] = [13, 15]

export class InterfaceRecorder {
  private readonly uses: InterfaceUse[] = []
  private readonly pending = new Map<string, Pending>()

  trapped({ partition, cause, a7, address }: TrapObservation): void {
    if (cause.kind === 'interrupt') this.uses.push({ entry: 'window_timer', outcome: 'taken', partition })
    else this.pending.set(partition, { entry: entryOf(cause.code, a7, address), isTrap: cause.code !== ECALL_FROM_U })
  }

  /** The partition runs again, at `pc`, with `a0`. */
  continued(partition: string, pc: bigint, a0: bigint): void {
    const pending = this.pending.get(partition)
    if (pending === undefined) return
    this.pending.delete(partition)
    const restarted = pc === BigInt(CODE)
    const outcome = pending.isTrap ? (restarted ? 'restarted' : 'continued') : restarted ? 'OK' : outcomeOf(a0)
    this.uses.push({ entry: pending.entry, outcome, partition })
  }

  record(use: InterfaceUse): void {
    this.uses.push(use)
  }

  /** Uses so far. What has not returned and never will is resolved by the fate of its partition: a0 as the kernel left it. */
  list(powered: boolean, fate: (partition: string) => { readonly runs: boolean; readonly a0: bigint }): readonly InterfaceUse[] {
    const open = [...this.pending].flatMap(([partition, { entry, isTrap }]): InterfaceUse[] => {
      const { runs, a0 } = fate(partition)
      if (powered && runs) return []
      const outcome = isTrap ? (powered ? 'stopped' : 'halted') : outcomeOf(a0)
      return [{ entry, outcome, partition }]
    })
    return [...this.uses, ...open]
  }
}

const outcomeOf = (a0: bigint): string => returnCodeOf(a0) ?? `value ${a0}`

function entryOf(cause: number, a7: bigint, address: bigint): string {
  if (cause === ECALL_FROM_U) return (a7 < 64n ? callByNumber.get(Number(a7))?.name : undefined) ?? 'unknown_call'
  if (cause === ILLEGAL_INSTRUCTION || cause === BREAKPOINT) return 'trap_instruction'
  if (ACCESS_FAULTS.includes(cause)) return 'trap_hardware'
  const inGuard = address >= BigInt(STACK_GUARD) && address < BigInt(DATA)
  return inGuard && DATA_PAGE_FAULTS.includes(cause) ? 'trap_stack' : 'trap_memory'
}
