/** The state of the model: what a partition could come to know, and what it may still do. Nothing else counts. */
import type { ReturnCode } from '../../../abi/return-codes.js'
import { slotsOf, type AccessPolicy, type PortPolicy, type Slot, type SubjectPolicy } from './access-policy.js'
import type { Trap } from './transition.js'

/** How a call may end; `results`: what is wrong with the values it returned, if anything. */
export interface Expectation {
  readonly codes: readonly ReturnCode[]
  readonly results?: (code: ReturnCode, values: readonly bigint[]) => string | undefined
}

export interface Subject {
  readonly policy: SubjectPolicy
  readonly slots: readonly Slot[]
  /** `starting`: its next instruction is the first of its image. */
  mode: 'starting' | 'normal' | 'idle'
  restarts: number
  pending: bigint
  /** The trap it has not returned from, and how it may; no expectation: every register must be as it was. */
  open: { readonly trap: Trap; readonly expectation: Expectation | undefined } | undefined
  /** Cycle at which its present window ends. */
  windowEnd: number
}

export interface Channel {
  readonly port: PortPolicy
  readonly messages: { readonly bytes: Uint8Array; readonly sentAt: number }[]
}

export interface ModelState {
  readonly subjects: ReadonlyMap<string, Subject>
  readonly channels: ReadonlyMap<string, Channel>
  module: 'running' | 'maintenance' | 'halted'
}

export function initialState(policy: AccessPolicy): ModelState {
  const subject = (one: SubjectPolicy): Subject => ({
    policy: one,
    slots: slotsOf(policy, one),
    mode: one.idle ? 'idle' : 'starting',
    restarts: 0,
    pending: 0n,
    open: undefined,
    windowEnd: Infinity,
  })
  return {
    subjects: new Map(policy.subjects.map((one) => [one.name, subject(one)])),
    channels: new Map(policy.ports.map((port) => [port.name, { port, messages: [] }])),
    module: 'running',
  }
}

export function restart(subject: Subject): void {
  if (subject.restarts >= subject.policy.restartLimit) subject.mode = 'idle'
  else {
    subject.restarts += 1
    subject.pending = 0n
    subject.mode = 'starting'
  }
}

/** What the health table of a subject has in store for its error. */
export function answerError(state: ModelState, subject: Subject, error: string): void {
  const action = subject.policy.health[error] ?? 'HALT'
  const goesOn = action === 'LOG' && (error === 'ILLEGAL_REQUEST' || error === 'APPLICATION_ERROR')
  if (action === 'HALT') state.module = 'halted'
  else if (action === 'RESTART') restart(subject)
  else if (!goesOn) subject.mode = 'idle'
}
