/**
 * Runs an assembly program on the bare computer, from RAM's first byte, until it tells the test finisher or reaches its limit.
 */
import { err, ok, type Result } from '../common/result.js'
import { Machine, type EngineKind, type StopReason } from '../hardware/machine.js'
import { RAM_BASE } from '../hardware/memory/physical-memory.js'
import { assemble } from '../programs/assembler/assemble.js'

export interface BareAssemblyRun {
  readonly instructions: number
  readonly cycles: number
  readonly reason: StopReason
  /** Register a0 at the end: the program's result. */
  readonly result: bigint
}

export interface BareAssemblyOptions {
  readonly source: string
  /** Named in messages. */
  readonly file: string
  readonly engine: EngineKind
  readonly ramBytes: number
  readonly symbols?: Readonly<Record<string, bigint>>
  readonly maxInstructions?: number
}

/** The error is the assembler's one line. */
export function runAssembly(options: BareAssemblyOptions): Result<BareAssemblyRun, string> {
  const { source, file, engine, ramBytes, symbols = {}, maxInstructions = Infinity } = options
  const assembled = assemble(source, { file, base: RAM_BASE, symbols })
  if (!assembled.ok) return err(assembled.error.text)
  const machine = new Machine({ ramBytes, rom: new Uint8Array(), engine, resetVector: assembled.value.entry })
  machine.memory.write(RAM_BASE, assembled.value.bytes)
  const reason = machine.run({ maxInstructions })
  const hart = machine.hart(0)
  return ok({ instructions: hart.instret, cycles: hart.cycles, reason, result: hart.x(10) })
}
