/**
 * The configuration vector: the one binary form of a configuration, measured at boot. Little endian; offsets and lengths in bytes.
 *   0 magic "BLKV"   4 format version (4)   8 length of the content (8)   16 SHA-256 of the content (32)   48 content
 * A byte string is either the vector of exactly one configuration or refused. SKPP FMT_MCD_EXP.1, FPT_TST_EXP.1.
 */
import { createHash } from 'node:crypto'
import { AUDIT_EVENTS } from '../../abi/audit.js'
import { HEALTH_ACTIONS, HEALTH_ERRORS, type HealthAction } from '../../abi/health.js'
import { MAX_MESSAGE_BYTES } from '../../abi/partition-memory.js'
import { HIGHEST_PRIORITY, THREAD_KINDS } from '../../abi/threads.js'
import { err, ok, type Result } from '../../common/result.js'
import { ByteReader, ByteWriter } from './byte-stream.js'
import { choice, type Codec, flag, list, name, optional, struct, subset, u32, u53, u64, union } from './codec.js'
import {
  type AlarmRule,
  type AuditConfiguration,
  type Capability,
  type Configuration,
  type HealthEscalation,
  type HealthResponse,
  type HealthTable,
  type MemoryRange,
  type NotificationConfiguration,
  type PartitionConfiguration,
  type PortConfiguration,
  type ScheduleConfiguration,
  type SemaphoreConfiguration,
  type SharedRegionConfiguration,
  SYSTEM_OPERATIONS,
  type ThreadConfiguration,
  type WindowConfiguration,
} from './configuration.js'
import { layoutRefusal } from './layout-check.js'
import * as limits from './limits.js'
import { danglingReference } from './references.js'

const MAGIC = [0x42, 0x4c, 0x4b, 0x56] as const // "BLKV"
export const VECTOR_FORMAT = 2
export const VECTOR_HEADER_BYTES = 48
const LENGTH_AT = 8
/** Where in the vector the digest of its content stands. */
export const VECTOR_DIGEST_AT = 16

export interface VectorRefusal {
  readonly code: 'header' | 'version' | 'length' | 'digest' | 'content' | 'reference' | 'layout'
  /** Where in the byte string, in bytes from its start. */
  readonly offset: number
  readonly what: string
}

const title = name(limits.LONGEST_NAME)
const range: Codec<MemoryRange> = struct<MemoryRange>({ address: u53, bytes: u53 })
const action = choice<HealthAction>(HEALTH_ACTIONS)
const response = struct<HealthResponse>({
  action,
  escalation: optional(struct<HealthEscalation>({ count: u32(limits.MOST_ESCALATION_ERRORS), within: u53, action })),
})
const health = struct<HealthTable>(
  Object.fromEntries(HEALTH_ERRORS.map((error) => [error, response])) as Record<keyof HealthTable, typeof response>,
)
const partitionId = u32(limits.MOST_PARTITIONS - 1)

const capability = union<Capability>({
  port: struct({ object: u32(limits.MOST_PORTS - 1), send: flag, receive: flag }),
  notification: struct({ object: u32(limits.MOST_NOTIFICATIONS - 1) }),
  partition: struct({ object: partitionId, control: flag }),
})

const priority = u32(HIGHEST_PRIORITY)
const thread = struct<ThreadConfiguration>({ name: title, kind: choice(THREAD_KINDS), priority, period: u53, deadline: u53 })
const units = u32(limits.MOST_UNITS)
const semaphore = struct<SemaphoreConfiguration>({ name: title, initial: units, maximum: units, ceiling: optional(priority) })

const partition = struct<PartitionConfiguration>({
  name: title,
  code: range,
  data: range,
  image: range,
  capabilities: list(capability, limits.MOST_CAPABILITIES),
  health,
  threads: list(thread, limits.MOST_THREADS),
  semaphores: list(semaphore, limits.MOST_SEMAPHORES),
  restartLimit: u32(limits.MOST_RESTARTS),
  console: flag,
  readAudit: flag,
  systemControl: subset(SYSTEM_OPERATIONS),
  selectSchedule: flag,
  maintenance: flag,
})

const windows = list(struct<WindowConfiguration>({ partition: partitionId, offset: u53, length: u53 }), limits.MOST_WINDOWS)

const messageBytes = u32(MAX_MESSAGE_BYTES)
const port = union<PortConfiguration>({
  sampling: struct({ name: title, messageBytes, refresh: u53 }),
  queuing: struct({ name: title, messageBytes, depth: u32(limits.MOST_QUEUED_MESSAGES) }),
})

const alarm = struct<AlarmRule>({
  event: choice(AUDIT_EVENTS),
  count: u32(),
  then: list(choice(AUDIT_EVENTS), limits.MOST_SEQUENCE),
  action: union<AlarmRule['action']>({
    halt: struct({}),
    stop: struct({}),
    notify: struct({ notification: u32(limits.MOST_NOTIFICATIONS - 1), bits: u64 }),
  }),
})

const content = struct<Configuration>({
  name: title,
  revision: u32(),
  ramBytes: u53,
  majorFrame: u53,
  kernelData: range,
  partitions: list(partition, limits.MOST_PARTITIONS),
  ports: list(port, limits.MOST_PORTS),
  notifications: list(struct<NotificationConfiguration>({ name: title, receiver: partitionId, mask: u64 }), limits.MOST_NOTIFICATIONS),
  sharedRegions: list(
    struct<SharedRegionConfiguration>({
      name: title,
      memory: range,
      maps: list(
        struct<SharedRegionConfiguration['maps'][number]>({ partition: partitionId, at: u53, write: flag }),
        limits.MOST_PARTITIONS,
      ),
    }),
    limits.MOST_SHARED_REGIONS,
  ),
  windows,
  schedules: list(struct<ScheduleConfiguration>({ name: title, fallback: flag, windows }), limits.MOST_SCHEDULES - 1),
  audit: struct<AuditConfiguration>({
    capacity: u32(limits.MOST_AUDIT_RECORDS),
    select: subset(AUDIT_EVENTS),
    subjects: list(partitionId, limits.MOST_PARTITIONS),
    onFull: choice(['overwrite', 'lose', 'halt'] as const),
    alarms: list(alarm, limits.MOST_ALARMS),
  }),
})

export function encodeVector(configuration: Configuration): Uint8Array {
  const body = new ByteWriter()
  content.write(body, configuration)
  const bytes = body.bytes()
  const header = new ByteWriter()
  for (const letter of MAGIC) header.u8(letter)
  header.u32(VECTOR_FORMAT)
  header.u64(BigInt(bytes.length))
  const vector = new Uint8Array(VECTOR_HEADER_BYTES + bytes.length)
  vector.set(header.bytes())
  vector.set(digest(bytes), VECTOR_DIGEST_AT)
  vector.set(bytes, VECTOR_HEADER_BYTES)
  return vector
}

/** Length of the whole vector that begins here; undefined when none does. Lets a reader of raw memory know where to stop. */
export function vectorLength(header: Uint8Array): number | undefined {
  const reader = new ByteReader(header)
  if (MAGIC.some((letter) => reader.u8() !== letter) || reader.u32() !== VECTOR_FORMAT) return undefined
  const length = reader.u64()
  return reader.refused || length > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : VECTOR_HEADER_BYTES + Number(length)
}

export function decodeVector(vector: Uint8Array): Result<Configuration, VectorRefusal> {
  const refuse = (code: VectorRefusal['code'], offset: number, what: string) => err({ code, offset, what })
  if (vector.length < VECTOR_HEADER_BYTES) return refuse('header', 0, `${vector.length} bytes, less than a header`)
  const header = new ByteReader(vector)
  if (MAGIC.some((letter) => header.u8() !== letter)) return refuse('header', 0, 'does not begin with BLKV')
  const version = header.u32()
  if (version !== VECTOR_FORMAT) return refuse('version', MAGIC.length, `format ${version}, not ${VECTOR_FORMAT}`)
  const body = vector.subarray(VECTOR_HEADER_BYTES)
  if (header.u64() !== BigInt(body.length)) return refuse('length', LENGTH_AT, 'is not as long as its header says')
  if (digest(body).some((byte, i) => vector[VECTOR_DIGEST_AT + i] !== byte))
    return refuse('digest', VECTOR_DIGEST_AT, 'SHA-256 of the content differs')

  const reader = new ByteReader(body)
  const configuration = content.read(reader)
  reader.end()
  if (reader.refusal !== undefined) return refuse('content', VECTOR_HEADER_BYTES + reader.refusal.offset, reader.refusal.what)
  const dangling = danglingReference(configuration)
  if (dangling !== undefined) return refuse('reference', VECTOR_HEADER_BYTES, dangling)
  const unsafe = layoutRefusal(configuration, vector.length)
  if (unsafe !== undefined) return refuse('layout', VECTOR_HEADER_BYTES, unsafe)
  return ok(configuration)
}

/** SHA-256, as hex, over the vector's content: the configuration's identity in every report. */
export function configurationDigest(vector: Uint8Array): string {
  return Buffer.from(digest(vector.subarray(VECTOR_HEADER_BYTES))).toString('hex')
}

const digest = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
