/**
 * Runs a hart through the WebAssembly interpreter for as long as nothing needs the slow path, and teaches it instructions that the
 * slow path decoded. Counters are the caller's.
 */
import type { HartState } from '../../hart/hart-state.js'
import { DecodeCache } from '../../memory/decode-cache.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { InstructionEvaluator } from '../reference/instruction-evaluator.js'
import { commonLoop, completeLoop, isUncommon, SLOW_HANDLER, type InterpreterLoop } from './interpreter-module.js'

type Run = (hart: number, instructions: number) => number

/** For so many instructions the loop with all handlers goes on once it was needed: such instructions come in groups. */
const SPAN = 1000

export class Interpreter {
  private readonly runCommon: Run
  /** Until an uncommon instruction was decoded, none can ask for it. */
  private runAll: Run | undefined
  private readonly decodeCaches: readonly DecodeCache[]

  constructor(
    private readonly memory: MachineMemory,
    harts: number,
  ) {
    this.runCommon = this.instance(commonLoop())
    this.decodeCaches = Array.from({ length: harts }, (_, hart) => new DecodeCache(memory, hart))
  }

  /** Executes up to `instructions` and returns how many; fewer: nothing of the one at pc has happened, it needs the slow path. */
  execute({ block }: HartState, instructions: number): number {
    for (let left = instructions; ;) {
      const common = this.runCommon(block.offset, left)
      left -= common < 0 ? ~common : common
      if (common >= 0 || this.runAll === undefined) return instructions - left
      const span = Math.min(left, SPAN)
      const done = this.runAll(block.offset, span)
      left -= done
      if (done < span || left === 0) return instructions - left
    }
  }

  /** Enters what the evaluator's last step decoded; `wanted` false: only as an instruction of the slow path. */
  remember({ index }: HartState, { fetched }: InstructionEvaluator, wanted = true): void {
    if (fetched === undefined || !this.isThere(fetched)) return
    const { index: row, length, instruction, rd, rs1, rs2, rs3, immediate } = fetched.instruction
    const loop = isUncommon(instruction.extension) ? this.complete() : commonLoop()
    const handler = wanted ? (loop.handlers[length][row] ?? SLOW_HANDLER) : SLOW_HANDLER
    const writesFloat = instruction.syntax.startsWith('fd')
    this.decodeCaches[index]?.fill(fetched.offset, { handler, rd, writesFloat, rs1, rs2, rs3, immediate })
  }

  /** A store that the instruction made may have changed its own bytes: then what was decoded is no longer what lies there. */
  private isThere({ offset, instruction: { word, length } }: NonNullable<InstructionEvaluator['fetched']>): boolean {
    const { view } = this.memory
    return (length === 2 ? view.getUint16(offset, true) : view.getUint32(offset, true)) === word
  }

  /** From now on the instruction at `offset` needs the slow path, on every hart. */
  stopAt(offset: number): void {
    for (const cache of this.decodeCaches) cache.forget(offset)
  }

  private complete(): InterpreterLoop {
    const loop = completeLoop()
    this.runAll ??= this.instance(loop)
    return loop
  }

  private instance({ module }: InterpreterLoop): Run {
    return new WebAssembly.Instance(module, { machine: { memory: this.memory.wasm } }).exports['run'] ?? (() => 0)
  }
}
