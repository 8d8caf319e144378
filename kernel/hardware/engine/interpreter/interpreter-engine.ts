/**
 * The WebAssembly interpreter, with the reference evaluator as its slow path: whatever the interpreter leaves, that executes as one
 * instruction. The result is the same to the cycle as with the reference engine alone.
 */
import type { HartState } from '../../hart/hart-state.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { Engine } from '../engine.js'
import type { InstructionEvaluator } from '../reference/instruction-evaluator.js'
import { Interpreter } from './interpreter.js'

export class InterpreterEngine implements Engine {
  readonly kind = 'interpreter'
  private readonly interpreter: Interpreter

  constructor(
    memory: MachineMemory,
    harts: number,
    private readonly evaluator: InstructionEvaluator,
  ) {
    this.interpreter = new Interpreter(memory, harts)
  }

  run(hart: HartState, instructions: number): void {
    hart.attention = false
    const { block } = hart
    for (let left = instructions; left > 0 && hart.mayContinue();) {
      const done = this.interpreter.execute(hart, left)
      block.instret += done
      block.cycles += done
      left -= done
      if (left === 0) return
      this.evaluator.step(hart)
      this.interpreter.remember(hart, this.evaluator)
      left -= 1
    }
  }
}
