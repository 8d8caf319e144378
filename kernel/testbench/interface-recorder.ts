/**
 * Sees every use of the kernel's interface from outside the kernel: at the privilege changes of the hart. A call is what a
 * partition put into a7 when it trapped; its outcome is what stands in a0 when the partition continues.
 */
import { callByNumber } from '../abi/calls.js'
import { CODE } from '../abi/partition-memory.js'
import { returnCodeOf } from '../abi/return-codes.js'
import { exceptionError, type ExceptionError } from './oracle/exception-error.js'
import type { InterfaceUse } from './system-under-test.js'

export interface TrapObservation {
  readonly partition: string
  /** Whatever tells the threads of a partition apart: sscratch, where the trap saves its registers. */
  readonly thread: bigint
  /** Exception or interrupt code (RISC-V Privileged, "mcause"). */
  readonly cause: { readonly kind: 'exception' | 'interrupt'; readonly code: number }
  /** Address of the instruction that trapped (sepc). */
  readonly pc: bigint
  /** a7 at the trap. */
  readonly a7: bigint
  /** Faulting address (stval), where there is one. */
  readonly address: bigint
}

interface Pending {
  readonly partition: string
  readonly entry: string
  readonly isTrap: boolean
  readonly pc: bigint
}

const ECALL_FROM_U = 8
const ECALL_BYTES = 4n
const ENTRY: Readonly<Record<ExceptionError, string>> = {
  ILLEGAL_INSTRUCTION: 'trap_instruction',
  HARDWARE_FAULT: 'trap_hardware',
  STACK_OVERFLOW: 'trap_stack',
  MEMORY_VIOLATION: 'trap_memory',
}

export class InterfaceRecorder {
  private readonly uses: InterfaceUse[] = []
  private readonly pending = new Map<string, Pending>()

  trapped({ partition, thread, cause, pc, a7, address }: TrapObservation): void {
    if (cause.kind === 'interrupt') this.uses.push({ entry: 'window_timer', outcome: 'taken', partition })
    else
      this.pending.set(`${partition} ${thread}`, {
        partition,
        pc,
        entry: entryOf(cause.code, a7, address),
        isTrap: cause.code !== ECALL_FROM_U,
      })
  }

  /** The thread runs again, at `pc`, with `a0`; where the partition begins anew, nothing of its former life returns. */
  continued(partition: string, thread: bigint, pc: bigint, a0: bigint): void {
    const restarted = pc === BigInt(CODE)
    for (const [key, pending] of this.pending) {
      if (restarted ? pending.partition !== partition : key !== `${partition} ${thread}`) continue
      this.pending.delete(key)
      // A call after which the thread begins elsewhere has ended it: there is no return code.
      const ended = restarted || pc !== pending.pc + ECALL_BYTES
      const outcome = pending.isTrap ? (restarted ? 'restarted' : 'continued') : ended ? 'OK' : outcomeOf(a0)
      this.uses.push({ entry: pending.entry, outcome, partition })
    }
  }

  record(use: InterfaceUse): void {
    this.uses.push(use)
  }

  /** Uses so far. What has not returned and never will is resolved by the fate of its partition: a0 as the kernel left it. */
  list(powered: boolean, fate: (partition: string) => { readonly runs: boolean; readonly a0: bigint }): readonly InterfaceUse[] {
    const open = [...this.pending.values()].flatMap(({ partition, entry, isTrap }): InterfaceUse[] => {
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
  return ENTRY[exceptionError(cause, address)]
}
