/**
 * The reference engine: evaluates the instructions' meaning directly, one at a time. Slow and obviously right.
 */
import type { HartState } from '../../hart/hart-state.js'
import type { Engine } from '../engine.js'
import type { InstructionEvaluator } from './instruction-evaluator.js'

export class ReferenceEngine implements Engine {
  readonly kind = 'reference'

  constructor(private readonly evaluator: InstructionEvaluator) {}

  run(hart: HartState, instructions: number): void {
    hart.attention = false
    for (let left = instructions; left > 0 && hart.mayContinue(); left--) this.evaluator.step(hart)
  }
}
