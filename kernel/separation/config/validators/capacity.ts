/** What the kernel's tables, its memory and the vector hold. SKPP FRU_RSA.2: nothing is allocated at run time. */
import { AUDIT_RECORD_BYTES } from '../../../abi/audit.js'
import { KERNEL_DATA, VECTOR_AREA } from '../../memory/physical-map.js'
import { capabilitiesOf } from '../compiler/capability-slots.js'
import type { Configuration } from '../configuration.js'
import * as limits from '../limits.js'
import { sizeText } from '../source/quantity.js'
import { encodeVector } from '../vector.js'
import type { Path } from '../source/yaml-reader.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

export const objectCounts: SourceValidator = {
  name: 'object-counts',
  states: 'No kind of object is more numerous than the tables of the kernel hold.',
  remedy: 'combine some of them',
  *check({ partitions, ports, notifications, shared, schedule, audit, policy }) {
    const counts: readonly (readonly [Path, number, number])[] = [
      [['partitions'], partitions.length, limits.MOST_PARTITIONS],
      [['ports'], ports.length, limits.MOST_PORTS],
      [['notifications'], notifications.length, limits.MOST_NOTIFICATIONS],
      [['shared'], shared.length, limits.MOST_SHARED_REGIONS],
      [['schedule'], schedule.length, limits.MOST_WINDOWS],
      [['audit', 'alarms'], audit.alarms.length, limits.MOST_ALARMS],
      [['policy', 'flows'], policy.flows.length, limits.MOST_FLOWS],
    ]
    for (const [path, count, most] of counts)
      if (count > most) yield { path, what: `${count} entries in ${path.join('.')}, at most ${most}` }
  },
}

export const capabilityCount: SourceValidator = {
  name: 'capability-count',
  states: `A partition has at most ${limits.MOST_CAPABILITIES} capabilities.`,
  remedy: 'let it take part in fewer objects',
  *check(system) {
    for (const [i, partition] of system.partitions.entries()) {
      const { length } = capabilitiesOf(system, partition)
      if (length > limits.MOST_CAPABILITIES) yield { path: ['partitions', i], what: `${partition.name} has ${length} capabilities` }
    }
  },
}

export const kernelData: CompiledValidator = {
  name: 'kernel-data',
  states: `The records of the kernel for this system fit its ${sizeText(KERNEL_DATA.bytes)} of data.`,
  remedy: 'make queues, messages or the audit ring smaller, or use fewer partitions',
  *check(configuration) {
    const needed = kernelDataBytes(configuration)
    if (needed > KERNEL_DATA.bytes) yield { path: ['partitions'], what: `the kernel needs ${sizeText(needed)} for its records` }
  },
}

/** An upper bound of what the kernel's layout takes. */
export function kernelDataBytes({ partitions, ports, audit }: Configuration): number {
  const portBytes = ports.map((port) => {
    const messages = port.kind === 'sampling' ? 1 : port.depth
    return limits.KERNEL_BYTES_PER_PORT + messages * (limits.KERNEL_BYTES_PER_MESSAGE + port.messageBytes)
  })
  const fixed = limits.KERNEL_BYTES_FIXED + partitions.length * limits.KERNEL_BYTES_PER_PARTITION + audit.capacity * AUDIT_RECORD_BYTES
  return portBytes.reduce((sum, bytes) => sum + bytes, fixed)
}

export const vectorSize: CompiledValidator = {
  name: 'vector-size',
  states: `The vector fits its ${sizeText(VECTOR_AREA.bytes)} of memory.`,
  remedy: 'use fewer objects',
  *check(configuration) {
    const { length } = encodeVector(configuration)
    if (length > VECTOR_AREA.bytes) yield { path: [], what: `the vector has ${length} bytes` }
  },
}
