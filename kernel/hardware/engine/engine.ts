/**
 * What executes instructions. Engines differ in how; state, retired counts and cycles after any instruction are equal, so one
 * can take over from another at any instruction boundary.
 */
import type { HartState } from '../hart/hart-state.js'

/** From the slowest to the fastest. */
export const ENGINE_KINDS = ['reference', 'interpreter', 'translator'] as const

export type EngineKind = (typeof ENGINE_KINDS)[number]

export interface Engine {
  readonly kind: EngineKind
  /**
   * Executes up to `instructions` of them; returns early when the hart wants attention or waits. Interrupts are the caller's:
   * none can become pending within `instructions` unless the hart asks for attention.
   */
  run(hart: HartState, instructions: number): void
}
