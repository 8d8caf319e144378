/**
 * The WebAssembly interpreter, with the reference evaluator as its slow path: whatever the module leaves, that executes as one
 * instruction. The result is the same to the cycle as with the reference engine alone.
 */
import type { HartState } from '../../hart/hart-state.js'
import { DecodeCache } from '../../memory/decode-cache.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { Engine } from '../engine.js'
import type { InstructionEvaluator } from '../reference/instruction-evaluator.js'
import { interpreterModule, SLOW_HANDLER, type InterpreterModule } from './interpreter-module.js'

export class InterpreterEngine implements Engine {
  readonly kind = 'interpreter'
  private readonly execute: (hart: number, instructions: number) => number
  private readonly handlers: InterpreterModule['handlers']
  private readonly decodeCaches: readonly DecodeCache[]

  constructor(
    memory: MachineMemory,
    harts: number,
    private readonly evaluator: InstructionEvaluator,
  ) {
    const { module, handlers } = interpreterModule()
    const instance = new WebAssembly.Instance(module, { machine: { memory: memory.wasm } })
    this.execute = instance.exports['run'] ?? (() => 0)
    this.handlers = handlers
    this.decodeCaches = Array.from({ length: harts }, (_, hart) => new DecodeCache(memory, hart))
  }

  run(hart: HartState, instructions: number): void {
    hart.attention = false
    const { block } = hart
    for (let left = instructions; left > 0 && hart.mayContinue(); left--) {
      const retired = this.execute(block.offset, left)
      if (retired > 0) {
        block.instret += retired
        block.cycles += retired
        left -= retired
        if (left === 0) return
      }
      this.evaluator.step(hart)
      this.rememberDecoded(hart.index)
    }
  }

  private rememberDecoded(hart: number): void {
    const { fetched } = this.evaluator
    if (fetched === undefined) return
    const { index, length, instruction, rd, rs1, rs2, rs3, immediate } = fetched.instruction
    const handler = this.handlers[length][index] ?? SLOW_HANDLER
    const writesFloat = instruction.syntax.startsWith('fd')
    this.decodeCaches[hart]?.fill(fetched.offset, { handler, rd, writesFloat, rs1, rs2, rs3, immediate })
  }
}
