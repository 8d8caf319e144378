/**
 * Source to compiled configuration: names become ids, sizes become addresses, participation becomes capabilities.
 * Nothing is compiled that a validator refuses. SKPP FMT_MSA_EXP.3, FMT_MCD_EXP.1.
 */
import { invariant } from '../../../common/errors.js'
import { AUDIT_EVENTS } from '../../../abi/audit.js'
import { LEAST_KERNEL_DATA, partitionFrames } from '../../memory/physical-map.js'
import { assignFrames, assignShared } from './address-assignment.js'
import { capabilitiesOf } from './capability-slots.js'
import { assignKernelData } from './kernel-memory.js'
import { ConfigurationError, type Finding } from '../source/configuration-error.js'
import {
  type AlarmRule,
  type AuditConfiguration,
  type Configuration,
  type MemoryRange,
  type PartitionConfiguration,
  type PortConfiguration,
  type WindowConfiguration,
  SYSTEM_OPERATIONS,
} from '../configuration.js'
import {
  readSource,
  type AlarmSource,
  type PortSource,
  type SourceFile,
  type SystemSource,
  type WindowSource,
} from '../source/system-source.js'
import { findingsInConfiguration, findingsInSource } from '../validators/check.js'
import { configurationDigest, encodeVector } from '../vector.js'

/** What a boot needs, and the digest that names it in every report. */
export interface CompiledSystem {
  readonly configuration: Configuration
  readonly vector: Uint8Array
  readonly digest: string
}

/** @throws ConfigurationError for anything that keeps the text from being a valid system */
export function compileSystem(file: string, text: string): CompiledSystem {
  const configuration = compileConfiguration(readSource(file, text))
  const vector = encodeVector(configuration)
  return { configuration, vector, digest: configurationDigest(vector) }
}

/** @throws ConfigurationError `rule`, with all findings of the stage that found the first */
export function compileConfiguration(source: SourceFile): Configuration {
  const { configuration, findings } = analyse(source)
  const [first, ...others] = findings
  if (first !== undefined) throw new ConfigurationError('rule', first, others)
  invariant(configuration !== undefined, 'what no validator refuses is compiled')
  return configuration
}

/** What the validators say, and what the compiler makes of a source whose names and sizes hold, be its flows allowed or not. */
export interface Analysis {
  readonly source: SourceFile
  readonly configuration: Configuration | undefined
  readonly findings: readonly Finding[]
}

export function analyse(source: SourceFile): Analysis {
  const written = findingsInSource(source)
  if (written.length > 0) return { source, configuration: undefined, findings: written }
  const draft = translate(source.system, LEAST_KERNEL_DATA)
  const configuration = translate(source.system, assignKernelData(draft))
  return { source, configuration, findings: findingsInConfiguration(source, configuration) }
}

/** The source's references hold: validators have looked at each. */
function translate(system: SystemSource, kernelData: MemoryRange): Configuration {
  const partition = indexIn(system.partitions)
  const window = ({ partition: owner, at, length }: WindowSource): WindowConfiguration => ({
    partition: partition(owner),
    offset: at,
    length,
  })
  const frames = assignFrames(system, partitionFrames({ kernelData }))
  const capabilities = capabilitiesOf(system)
  const places = assignShared(system.shared)
  return {
    name: system.system,
    revision: system.revision,
    ramBytes: system.memory,
    majorFrame: system.majorFrame,
    kernelData,
    partitions: system.partitions.map((source, index): PartitionConfiguration => {
      const memory = frames.partitions[index]
      const held = capabilities[index]
      invariant(memory !== undefined && held !== undefined, 'every partition has frames and capabilities')
      const { name, health, threads, semaphores, restartLimit, console, maintenance, authority } = source
      const systemControl = SYSTEM_OPERATIONS.filter((operation) => authority.system.includes(operation))
      return {
        name,
        ...memory,
        capabilities: held,
        health,
        threads,
        semaphores,
        restartLimit,
        console,
        readAudit: authority.readAudit,
        systemControl,
        selectSchedule: authority.selectSchedule,
        maintenance,
      }
    }),
    ports: system.ports.map(translatePort),
    notifications: system.notifications.map(({ name, to, bits }) => ({ name, receiver: partition(to), mask: bits })),
    sharedRegions: system.shared.map(({ name, write, read }, index) => {
      const memory = frames.shared[index]
      const at = places[index]
      invariant(memory !== undefined && at !== undefined, 'every shared region has frames and a place')
      const maps = [
        ...write.map((user) => ({ partition: partition(user), at, write: true })),
        ...read.map((user) => ({ partition: partition(user), at, write: false })),
      ]
      return { name, memory, maps: maps.sort((a, b) => a.partition - b.partition) }
    }),
    windows: system.schedule.map(window),
    schedules: system.schedules.map(({ name, fallback, windows }) => ({ name, fallback, windows: windows.map(window) })),
    audit: translateAudit(system),
  }
}

function translatePort(port: PortSource): PortConfiguration {
  const { name, message: messageBytes } = port
  return port.kind === 'sampling'
    ? { name, messageBytes, kind: 'sampling', refresh: port.refresh }
    : { name, messageBytes, kind: 'queuing', depth: port.depth }
}

function translateAudit({ audit, partitions, notifications }: SystemSource): AuditConfiguration {
  const { records, select, subjects, onFull, alarms } = audit
  const notification = indexIn(notifications)
  const translateAlarm = ({ event, count, then, action }: AlarmSource): AlarmRule => ({
    event,
    count,
    then,
    action:
      typeof action === 'string' ? { kind: action } : { kind: 'notify', notification: notification(action.notify), bits: action.bits },
  })
  return {
    capacity: records,
    select: AUDIT_EVENTS.filter((event) => select.includes(event)),
    subjects: subjects.map(indexIn(partitions)).sort((a, b) => a - b),
    onFull,
    alarms: alarms.map(translateAlarm),
  }
}

function indexIn(objects: readonly { readonly name: string }[]): (name: string) => number {
  const ids = new Map(objects.map(({ name }, id) => [name, id]))
  return (name) => {
    const id = ids.get(name)
    invariant(id !== undefined, `reference to ${name} was validated`)
    return id
  }
}
