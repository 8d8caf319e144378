/**
 * Who may do what, as the model knows it: read from the YAML text alone, without the configuration compiler. Slots of
 * capabilities are counted as the interface states: ports in file order, notifications sent, partitions controlled or observed.
 */
import { parse } from 'yaml'

/** What follows an error; `escalate`: what follows the `count`-th of its kind within `within` cycles instead. */
export interface HealthPolicy {
  readonly action: string
  readonly escalate?: { readonly count: number; readonly within: number; readonly action: string }
}

export interface PortPolicy {
  readonly name: string
  readonly kind: 'sampling' | 'queuing'
  /** Bytes of the longest message. */
  readonly message: number
  /** Cycles after which a sample is no longer valid. */
  readonly refresh: number
  readonly depth: number
  readonly from: string
  readonly to: readonly string[]
}

export interface NotificationPolicy {
  readonly name: string
  readonly from: readonly string[]
  readonly to: string
  readonly bits: bigint
}

export interface SubjectPolicy {
  readonly name: string
  readonly idle: boolean
  readonly maintenance: boolean
  readonly restartLimit: number
  /** By number from 1; numbers of semaphores begin with 0. */
  readonly threads: readonly { readonly kind?: string; readonly deadline?: number }[]
  readonly semaphores: readonly unknown[]
  readonly health: Readonly<Record<string, HealthPolicy>>
  readonly authority: {
    readonly readAudit: boolean
    readonly system: readonly string[]
    readonly selectSchedule: boolean
    readonly control: readonly string[]
    readonly observe: readonly string[]
  }
}

export interface WindowPolicy {
  readonly partition: string
  readonly at: number
  readonly length: number
}

export interface AccessPolicy {
  readonly majorFrame: number
  readonly subjects: readonly SubjectPolicy[]
  readonly ports: readonly PortPolicy[]
  readonly notifications: readonly NotificationPolicy[]
  readonly schedules: readonly { readonly fallback: boolean; readonly windows: readonly WindowPolicy[] }[]
  /** Bits that an alarm sets, by receiver; whether an alarm stops subjects. */
  readonly alarmBits: ReadonlyMap<string, bigint>
  readonly alarmsStop: boolean
}

export type Slot =
  | { readonly kind: 'port'; readonly port: PortPolicy; readonly send: boolean; readonly receive: boolean }
  | { readonly kind: 'notification'; readonly notification: NotificationPolicy }
  | { readonly kind: 'partition'; readonly target: string; readonly control: boolean }

type Bits = string | number

interface WrittenPolicy {
  readonly majorFrame: number
  readonly partitions: readonly (Partial<Omit<SubjectPolicy, 'authority' | 'health'>> & {
    readonly name: string
    readonly health?: Readonly<Record<string, string | HealthPolicy>>
    readonly authority?: Partial<SubjectPolicy['authority']>
  })[]
  readonly ports?: readonly (Partial<PortPolicy> & Pick<PortPolicy, 'name' | 'kind' | 'message' | 'from' | 'to'>)[]
  readonly notifications?: readonly (Omit<NotificationPolicy, 'bits'> & { readonly bits: Bits })[]
  readonly schedule: readonly WindowPolicy[]
  readonly schedules?: readonly { readonly fallback?: boolean; readonly windows: readonly WindowPolicy[] }[]
  readonly audit?: { readonly alarms?: readonly { readonly action: string | { readonly notify: string; readonly bits: Bits } }[] }
}

const DEFAULT_HEALTH: Readonly<Record<string, string | HealthPolicy>> = {
  MEMORY_VIOLATION: 'IDLE',
  STACK_OVERFLOW: 'IDLE',
  ILLEGAL_INSTRUCTION: 'IDLE',
  HARDWARE_FAULT: 'IDLE',
  NUMERIC_ERROR: 'IDLE',
  DEADLINE_MISSED: 'IDLE',
  ILLEGAL_REQUEST: 'LOG',
  APPLICATION_ERROR: 'LOG',
}

/** The text has passed the compiler before: it is of the right shape. */
export function readAccessPolicy(text: string): AccessPolicy {
  const { majorFrame, partitions, ports = [], notifications: written = [], schedule, schedules = [], audit } = parse(text) as WrittenPolicy
  const notifications = written.map((one) => ({ ...one, bits: BigInt(one.bits) }))
  const actions = (audit?.alarms ?? []).map(({ action }) => action)
  const alarmBits = new Map<string, bigint>()
  for (const action of actions) {
    if (typeof action === 'string') continue
    const receiver = notifications.find(({ name }) => name === action.notify)?.to ?? ''
    alarmBits.set(receiver, (alarmBits.get(receiver) ?? 0n) | BigInt(action.bits))
  }
  return {
    majorFrame,
    subjects: partitions.map(subject),
    ports: ports.map((port) => ({ refresh: 0, depth: 0, ...port })),
    notifications,
    schedules: [{ windows: schedule }, ...schedules].map((one) => ({ fallback: false, ...one })),
    alarmBits,
    alarmsStop: actions.includes('stop'),
  }
}

function subject(written: WrittenPolicy['partitions'][number]): SubjectPolicy {
  const { name, idle = false, maintenance = false, restartLimit = 0, threads = [], semaphores = [], authority } = written
  const answers = Object.entries({ ...DEFAULT_HEALTH, ...written.health })
  const health = Object.fromEntries(answers.map(([error, answer]) => [error, typeof answer === 'string' ? { action: answer } : answer]))
  const none = { readAudit: false, system: [], selectSchedule: false, control: [], observe: [] }
  return { name, idle, maintenance, restartLimit, threads, semaphores, health, authority: { ...none, ...authority } }
}

export function slotsOf({ ports, notifications, subjects }: AccessPolicy, { name, authority }: SubjectPolicy): readonly Slot[] {
  const held = ports.map((port): Slot => ({ kind: 'port', port, send: port.from === name, receive: port.to.includes(name) }))
  const targets = subjects.filter((other) => authority.control.includes(other.name) || authority.observe.includes(other.name))
  return [
    ...held.filter((slot) => slot.kind === 'port' && (slot.send || slot.receive)),
    ...notifications.filter(({ from }) => from.includes(name)).map((notification): Slot => ({ kind: 'notification', notification })),
    ...targets.map((other): Slot => ({ kind: 'partition', target: other.name, control: authority.control.includes(other.name) })),
  ]
}
