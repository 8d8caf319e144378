/** The state of the model: what a partition could come to know, and what it may still do. Nothing else counts. */
import type { ReturnCode } from '../../../abi/return-codes.js'
import { slotsOf, type AccessPolicy, type PortPolicy, type Slot, type SubjectPolicy } from '../access-policy.js'
import type { Trap } from '../transition.js'

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
  /** Its next start, or its present life, keeps the data. */
  warm: boolean
  condition: 'normal-start' | 'partition-restart' | 'hm-partition-restart'
  /** Cycles of its errors, by kind. */
  readonly errors: Map<string, readonly number[]>
  restarts: number
  pending: bigint
  /** By thread: the trap it has not returned from, and how it may; no expectation: every register must be as it was. */
  readonly open: Map<bigint, { readonly trap: Trap; readonly expectation: Expectation | undefined }>
  /** Where threads may begin that it has started; its error handler, from every error on that the handler answers. */
  readonly starts: { readonly pc: bigint; readonly stack: bigint }[]
  handler: { readonly pc: bigint; readonly stack: bigint } | undefined
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
  readonly policy: AccessPolicy
  schedule: number
  /** Selected, and when: it runs from the frame after that one on. */
  selected: { readonly schedule: number; readonly cycle: number } | undefined
}

export function initialState(policy: AccessPolicy): ModelState {
  const subject = (one: SubjectPolicy): Subject => ({
    policy: one,
    slots: slotsOf(policy, one),
    mode: one.idle ? 'idle' : 'starting',
    warm: false,
    condition: 'normal-start',
    errors: new Map(),
    restarts: 0,
    pending: 0n,
    open: new Map(),
    starts: [],
    handler: undefined,
    windowEnd: Infinity,
  })
  return {
    subjects: new Map(policy.subjects.map((one) => [one.name, subject(one)])),
    channels: new Map(policy.ports.map((port) => [port.name, { port, messages: [] }])),
    module: 'running',
    policy,
    schedule: 0,
    selected: undefined,
  }
}

export function restart(subject: Subject, warm: boolean, condition: Subject['condition']): void {
  if (subject.restarts >= subject.policy.restartLimit) subject.mode = 'idle'
  else {
    subject.restarts += 1
    subject.pending = 0n
    subject.warm = warm && (subject.mode !== 'starting' || subject.warm)
    subject.condition = condition
    subject.mode = 'starting'
  }
}

/** What the health table of a subject has in store for its error. */
export function answerError(state: ModelState, subject: Subject, error: string, cycle: number): void {
  switch (answerOf(subject, error, cycle)) {
    case 'IGNORE':
    case 'LOG':
      if (!GOES_ON.includes(error)) subject.mode = 'idle'
      break
    case 'STOP_PROCESS':
      break
    case 'HANDLER':
      // Whether the handler is at work already, the hart does not show.
      if (subject.handler === undefined) subject.mode = 'idle'
      else subject.starts.push(subject.handler)
      break
    case 'COLD':
      restart(subject, false, 'hm-partition-restart')
      break
    case 'WARM':
      restart(subject, true, 'hm-partition-restart')
      break
    case 'SWITCH_SCHEDULE':
      if (!GOES_ON.includes(error)) subject.mode = 'idle'
      state.selected = { schedule: state.policy.schedules.findIndex(({ fallback }) => fallback), cycle }
      break
    case 'MAINTENANCE':
      subject.mode = 'idle'
      state.module = state.module === 'running' ? 'maintenance' : 'halted'
      break
    case 'RESTART_MODULE':
    case 'HALT':
      state.module = 'halted'
      break
    default:
      subject.mode = 'idle'
  }
}

const GOES_ON = ['ILLEGAL_REQUEST', 'APPLICATION_ERROR', 'NUMERIC_ERROR', 'DEADLINE_MISSED']

/** The kernel's clock runs on from the trap to the answer: it may see two errors as much further apart, never closer. */
function answerOf({ policy, errors }: Subject, error: string, cycle: number): string {
  const { action, escalate } = policy.health[error] ?? { action: 'HALT' }
  const before = errors.get(error) ?? []
  errors.set(error, [...before, cycle])
  if (escalate === undefined) return action
  const nth = before.at(1 - escalate.count)
  return nth !== undefined && cycle - nth <= escalate.within ? escalate.action : action
}
