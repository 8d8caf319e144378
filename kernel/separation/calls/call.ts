/**
 * A kernel call in two steps. Decode may refuse at any point and changes nothing; what it returns instead of a refusal
 * performs the call and cannot be refused any more. Authority is checked before arguments.
 */
import type { ReturnCode } from '../../abi/return-codes.js'
import type { Kernel } from '../kernel.js'

/** a0 to a5 of the caller, as the trap saved them. */
export interface CallArguments {
  readonly caller: number
  /** Number of the thread that calls. */
  readonly thread: number
  readonly a0: bigint
  readonly a1: bigint
  readonly a2: bigint
  readonly a3: bigint
}

/** `values` go to a1 and on. `waits`: the caller's registers stay as they are until it is woken. */
export interface CallResult {
  readonly code: ReturnCode
  readonly values: readonly bigint[]
  readonly waits?: true
}

export interface Refusal {
  readonly refused: ReturnCode
  /** Index of the resource that was named, for the audit record. */
  readonly object?: number
}

export type Perform = () => CallResult
export type Decode = (kernel: Kernel, call: CallArguments) => Refusal | Perform

export const refuse = (refused: ReturnCode, object?: number): Refusal => (object === undefined ? { refused } : { refused, object })
export const done = (...values: readonly (bigint | number)[]): CallResult => ({ code: 'OK', values: values.map(BigInt) })
