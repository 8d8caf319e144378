/**
 * The WebAssembly interpreter, with the reference evaluator as its slow path: whatever the module leaves, that executes as one
 * instruction. The result is the same to the cycle as with the reference engine alone.
 */
import type { HartState } from '../../hart/hart-state.js'
import { DecodeCache } from '../../memory/decode-cache.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { Engine } from '../engine.js'
import type { InstructionEvaluator } from '../reference/instruction-evaluator.js'
import { commonLoop, completeLoop, isUncommon, SLOW_HANDLER, type InterpreterLoop } from './interpreter-module.js'

type Run = (hart: number, instructions: number) => number

/** For so many instructions the loop with all handlers goes on once it was needed: such instructions come in groups. */
const SPAN = 1000

export class InterpreterEngine implements Engine {
  readonly kind = 'interpreter'
  private readonly runCommon: Run
  /** Until an uncommon instruction was decoded, none can ask for it. */
  private runAll: Run | undefined
  private readonly decodeCaches: readonly DecodeCache[]

  constructor(
    private readonly memory: MachineMemory,
    harts: number,
    private readonly evaluator: InstructionEvaluator,
  ) {
    this.runCommon = this.instance(commonLoop())
    this.decodeCaches = Array.from({ length: harts }, (_, hart) => new DecodeCache(memory, hart))
  }

  run(hart: HartState, instructions: number): void {
    hart.attention = false
    const { block } = hart
    for (let left = instructions; left > 0 && hart.mayContinue();) {
      const common = this.runCommon(block.offset, left)
      const before = common < 0 ? ~common : common
      const span = common < 0 ? Math.min(left - before, SPAN) : 0
      const after = common < 0 && this.runAll !== undefined ? this.runAll(block.offset, span) : 0
      block.instret += before + after
      block.cycles += before + after
      left -= before + after
      if (left === 0) return
      if (common < 0 && after === span) continue
      this.evaluator.step(hart)
      this.rememberDecoded(hart.index)
      left -= 1
    }
  }

  private rememberDecoded(hart: number): void {
    const { fetched } = this.evaluator
    if (fetched === undefined) return
    const { index, length, instruction, rd, rs1, rs2, rs3, immediate } = fetched.instruction
    const loop = isUncommon(instruction.extension) ? this.complete() : commonLoop()
    const handler = loop.handlers[length][index] ?? SLOW_HANDLER
    const writesFloat = instruction.syntax.startsWith('fd')
    this.decodeCaches[hart]?.fill(fetched.offset, { handler, rd, writesFloat, rs1, rs2, rs3, immediate })
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
