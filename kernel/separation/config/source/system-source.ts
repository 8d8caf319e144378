/**
 * A system as its integrator writes it: names, not numbers, with every default filled in. Sizes in bytes, times in model cycles.
 * The format is schema/system.schema.json; the rules beyond it are in validators/.
 */
import type { AuditEvent } from '../../../abi/audit.js'
import { AUDIT_EVENTS } from '../../../abi/audit.js'
import type { HealthTable, SemaphoreConfiguration, SystemOperation, ThreadConfiguration } from '../configuration.js'
import type { Right } from '../flows/grants.js'
import { healthTable, type WrittenHealth } from './health-source.js'
import { semaphore, thread, type WrittenSemaphore, type WrittenThread } from './thread-source.js'
import { ConfigurationError, type Finding } from './configuration-error.js'
import { type BitsText, bitsOf, bytesOf, type SizeText } from './quantity.js'
import { schemaViolations } from './schema-violation.js'
import { type Path, readYaml } from './yaml-reader.js'

export interface SystemSource {
  readonly system: string
  readonly revision: number
  readonly memory: number
  readonly majorFrame: number
  readonly partitions: readonly PartitionSource[]
  readonly ports: readonly PortSource[]
  readonly notifications: readonly NotificationSource[]
  readonly shared: readonly SharedSource[]
  readonly schedule: readonly WindowSource[]
  /** Further ones, beside `schedule`. */
  readonly schedules: readonly ScheduleSource[]
  readonly audit: AuditSource
  readonly policy: PolicySource
}

export interface PartitionSource {
  readonly name: string
  readonly code: number
  readonly data: number
  readonly health: HealthTable
  readonly threads: readonly ThreadConfiguration[]
  readonly semaphores: readonly SemaphoreConfiguration[]
  readonly restartLimit: number
  readonly console: boolean
  readonly maintenance: boolean
  /** Deliberately without a window. */
  readonly idle: boolean
  readonly authority: {
    readonly readAudit: boolean
    readonly system: readonly SystemOperation[]
    readonly selectSchedule: boolean
    readonly control: readonly string[]
    readonly observe: readonly string[]
  }
}

export type PortSource = { readonly name: string; readonly message: number; readonly from: string; readonly to: readonly string[] } & (
  { readonly kind: 'sampling'; readonly refresh: number } | { readonly kind: 'queuing'; readonly depth: number }
)

export interface NotificationSource {
  readonly name: string
  readonly from: readonly string[]
  readonly to: string
  readonly bits: bigint
}

export interface SharedSource {
  readonly name: string
  readonly size: number
  /** Virtual address in every partition that maps it; the compiler assigns one when absent. */
  readonly at?: number
  readonly write: readonly string[]
  readonly read: readonly string[]
}

export interface WindowSource {
  readonly partition: string
  readonly at: number
  readonly length: number
}

export interface ScheduleSource {
  readonly name: string
  readonly fallback: boolean
  readonly windows: readonly WindowSource[]
}

export interface FlowSource {
  readonly from: string
  readonly to: string
}

export interface PolicySource {
  readonly flows: readonly FlowSource[]
  readonly mustPass: readonly (FlowSource & { readonly via: string })[]
  readonly never: readonly FlowSource[]
  /** Absent: not judged by rights. */
  readonly least?: readonly LeastSource[]
}

export interface LeastSource {
  readonly subject: string
  readonly resource: string
  readonly may: readonly Right[]
}

export interface AuditSource {
  readonly records: number
  readonly select: readonly AuditEvent[]
  readonly subjects: readonly string[]
  readonly onFull: 'overwrite' | 'lose' | 'halt'
  readonly alarms: readonly AlarmSource[]
}

export interface AlarmSource {
  readonly event: AuditEvent
  readonly count: number
  readonly then: readonly AuditEvent[]
  readonly action: 'halt' | 'stop' | { readonly notify: string; readonly bits: bigint }
}

/** A system and where each part of it stands in its file. */
export interface SourceFile {
  readonly file: string
  readonly system: SystemSource
  readonly lineOf: (path: Path) => number
}

/** @throws ConfigurationError `unreadable`, `yaml` or `schema` */
export function readSource(file: string, text: string): SourceFile {
  const yaml = readYaml(file, text)
  const [first, ...others] = schemaViolations(yaml.value).map(({ path, what, remedy }): Finding => ({
    file,
    line: yaml.lineOf(path),
    rule: 'schema',
    what,
    remedy,
  }))
  if (first !== undefined) throw new ConfigurationError('schema', first, others)
  return { file, system: withDefaults(yaml.value as WrittenSystem), lineOf: yaml.lineOf }
}

/** What the schema lets through: sizes and bits still as text, defaults still absent. */
interface WrittenSystem extends Pick<SystemSource, 'system' | 'revision' | 'majorFrame' | 'schedule'> {
  readonly memory: SizeText
  readonly schedules?: readonly (Omit<ScheduleSource, 'fallback'> & { readonly fallback?: boolean })[]
  readonly partitions: readonly WrittenPartition[]
  readonly ports?: readonly PortSource[]
  readonly notifications?: readonly (Omit<NotificationSource, 'bits'> & { readonly bits: BitsText })[]
  readonly shared?: readonly (Omit<SharedSource, 'size'> & { readonly size: SizeText })[]
  readonly audit?: WrittenAudit
  readonly policy?: Partial<SystemSource['policy']>
}

interface WrittenPartition extends Partial<
  Omit<PartitionSource, 'name' | 'code' | 'data' | 'health' | 'threads' | 'semaphores' | 'authority'>
> {
  readonly name: string
  readonly code: SizeText
  readonly data: SizeText
  readonly health?: WrittenHealth
  readonly threads?: readonly WrittenThread[]
  readonly semaphores?: readonly WrittenSemaphore[]
  readonly authority?: Partial<PartitionSource['authority']>
}

interface WrittenAudit extends Partial<Omit<AuditSource, 'select' | 'subjects' | 'alarms'>> {
  readonly select?: 'all' | readonly AuditEvent[]
  readonly subjects?: 'all' | readonly string[]
  readonly alarms?: readonly (Omit<AlarmSource, 'action' | 'then'> & {
    readonly then?: readonly AuditEvent[]
    readonly action: 'halt' | 'stop' | { readonly notify: string; readonly bits: BitsText }
  })[]
}

const DEFAULT_AUTHORITY: PartitionSource['authority'] = { readAudit: false, system: [], selectSchedule: false, control: [], observe: [] }
const DEFAULT_RECORDS = 64

function withDefaults(written: WrittenSystem): SystemSource {
  const { system, revision, majorFrame, schedule, ports = [], notifications = [], shared = [], policy = {} } = written
  return {
    system,
    revision,
    memory: bytesOf(written.memory),
    majorFrame,
    partitions: written.partitions.map(partitionWithDefaults),
    ports,
    notifications: notifications.map((notification) => ({ ...notification, bits: bitsOf(notification.bits) })),
    shared: shared.map((region) => ({ ...region, size: bytesOf(region.size) })),
    schedule,
    schedules: (written.schedules ?? []).map((further) => ({ fallback: false, ...further })),
    audit: auditWithDefaults(written.audit ?? {}, written.partitions),
    policy: { flows: [], mustPass: [], never: [], ...policy },
  }
}

function partitionWithDefaults(written: WrittenPartition): PartitionSource {
  const { name, restartLimit = 0, console = false, maintenance = false, idle = false } = written
  const health = healthTable(written.health ?? {})
  const threads = (written.threads ?? []).map(thread)
  const semaphores = (written.semaphores ?? []).map(semaphore)
  const authority = { ...DEFAULT_AUTHORITY, ...written.authority }
  return {
    name,
    code: bytesOf(written.code),
    data: bytesOf(written.data),
    health,
    threads,
    semaphores,
    restartLimit,
    console,
    maintenance,
    idle,
    authority,
  }
}

function auditWithDefaults(written: WrittenAudit, partitions: readonly WrittenPartition[]): AuditSource {
  const { records = DEFAULT_RECORDS, select = 'all', subjects = 'all', onFull = 'overwrite', alarms = [] } = written
  return {
    records,
    select: select === 'all' ? AUDIT_EVENTS : select,
    subjects: subjects === 'all' ? partitions.map(({ name }) => name) : subjects,
    onFull,
    alarms: alarms.map(({ event, count, then = [], action }) => ({
      event,
      count,
      then,
      action: typeof action === 'string' ? action : { notify: action.notify, bits: bitsOf(action.bits) },
    })),
  }
}
