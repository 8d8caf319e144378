/**
 * Runs a machine one instruction at a time and tells each one: its number, privilege mode, address, bits, assembly, and what it wrote; and
 * traps and returns from them between. Values in hexadecimal.
 *
 *     1 M 80000000 <start> 00000297 auipc t0, 0x0; t0 0x80000000
 *       M to S: machine timer interrupt
 */
import { disassemble } from '../../hardware/isa/disassemble.js'
import { instructionLength } from '../../hardware/isa/decode.js'
import type { HartView, Machine, PrivilegeChange, StopReason } from '../../hardware/machine.js'
import { changedRegisters, namedCsr, registerValues, type RegisterValues } from './hart-registers.js'
import { SymbolPlaces } from './symbol-places.js'
import { trapText } from './trap-text.js'

export interface TraceOptions {
  readonly symbols: ReadonlyMap<string, bigint>
  /** So many instructions are told; then the machine runs on untold. */
  readonly most: number
  /** As for Machine.run. */
  readonly maxInstructions: number
  /** One line, without its end. */
  readonly write: (line: string) => void
}

/** A hart before an instruction. */
interface Standing {
  readonly hart: HartView
  readonly instret: number
  readonly privilege: string
  readonly pc: bigint
  /** `undefined`: nothing is mapped there. */
  readonly word: number | undefined
  readonly registers: RegisterValues
}

export function traceRun(machine: Machine, { symbols, most, maxInstructions, write }: TraceOptions): StopReason {
  const places = new SymbolPlaces(symbols)
  const several = machine.hartCount > 1
  const told = Math.min(most, maxInstructions)
  let changes: PrivilegeChange[] = []
  for (let number = 1; number <= told;) {
    changes = []
    const harts = Array.from({ length: machine.hartCount }, (_, index) => standing(machine, machine.hart(index)))
    const stop = machine.run({ maxInstructions: 1, breakAt: (change) => changes.push(change) > 0 })
    for (const before of harts) {
      const prefix = several ? `hart ${before.hart.index} ` : ''
      if (before.hart.instret > before.instret) write(`${prefix}${number++} ${instructionText(before, places)}`)
      for (const change of changes) if (change.hart === before.hart.index) write(`${prefix}  ${changeText(change, before, places)}`)
    }
    if (stop.kind !== 'instruction-limit' && stop.kind !== 'break') return stop
  }
  return maxInstructions > told ? machine.run({ maxInstructions: maxInstructions - told }) : { kind: 'instruction-limit' }
}

function standing(machine: Machine, hart: HartView): Standing {
  const { instret, privilege, pc } = hart
  return { hart, instret, privilege, pc, word: fetched(machine, hart), registers: registerValues(hart) }
}

/** The bits at pc; of an instruction that goes on in a page that is not there, the first half. */
function fetched(machine: Machine, hart: HartView): number | undefined {
  const first = parcel(machine, hart, hart.pc)
  if (first === undefined || instructionLength(first) === 2) return first
  return (first | ((parcel(machine, hart, hart.pc + 2n) ?? 0) << 16)) >>> 0
}

function parcel(machine: Machine, hart: HartView, address: bigint): number | undefined {
  const place = machine.physicalAddress(hart.index, address)
  if (place === undefined || !machine.memory.contains(place, 2)) return undefined
  const [low = 0, high = 0] = machine.memory.read(place, 2)
  return low | (high << 8)
}

function instructionText({ hart, privilege, pc, word = 0, registers }: Standing, places: SymbolPlaces): string {
  const bits = word.toString(16).padStart(instructionLength(word) * 2, '0')
  const what = [privilege, pc.toString(16), places.describe(pc), bits, disassemble(word, pc)].filter((part) => part !== '').join(' ')
  return [what, ...changedRegisters(registers, hart), ...namedCsr(word, hart)].join('; ')
}

function changeText({ from, to, cause, pc }: PrivilegeChange, { pc: at }: Standing, places: SymbolPlaces): string {
  if (cause === undefined) return `${from} to ${to}: return to ${pc.toString(16)} ${places.describe(pc)}`.trimEnd()
  return `${from} to ${to}: ${trapText(cause)} at ${at.toString(16)} ${places.describe(at)}`.trimEnd()
}
