/** What the kernel's tables, its memory and the vector hold. SKPP FRU_RSA.2: nothing is allocated at run time. */
import { kernelLayout } from '../../memory/kernel-layout.js'
import { VECTOR_START } from '../../memory/physical-map.js'
import { capabilitiesOf } from '../compiler/capability-slots.js'
import * as limits from '../limits.js'
import { hex, sizeText } from '../source/quantity.js'
import { decodeVector, encodeVector } from '../vector.js'
import type { Path } from '../source/yaml-reader.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

export const objectCounts: SourceValidator = {
  name: 'object-counts',
  enforced: 'boot',
  states: 'No kind of object is more numerous than the tables of the kernel hold.',
  remedy: 'combine some of them',
  *check({ partitions, ports, notifications, shared, schedule, schedules, audit, policy }) {
    const counts: readonly (readonly [Path, number, number])[] = [
      [['partitions'], partitions.length, limits.MOST_PARTITIONS],
      [['ports'], ports.length, limits.MOST_PORTS],
      [['notifications'], notifications.length, limits.MOST_NOTIFICATIONS],
      [['shared'], shared.length, limits.MOST_SHARED_REGIONS],
      [['schedule'], schedule.length, limits.MOST_WINDOWS],
      [['schedules'], schedules.length, limits.MOST_SCHEDULES - 1],
      ...schedules.map(({ windows }, i) => [['schedules', i, 'windows'], windows.length, limits.MOST_WINDOWS] as const),
      ...partitions.flatMap(({ threads, semaphores }, i): readonly (readonly [Path, number, number])[] => [
        [['partitions', i, 'threads'], threads.length, limits.MOST_THREADS],
        [['partitions', i, 'semaphores'], semaphores.length, limits.MOST_SEMAPHORES],
      ]),
      [['audit', 'alarms'], audit.alarms.length, limits.MOST_ALARMS],
      [['policy', 'flows'], policy.flows.length, limits.MOST_FLOWS],
      [['policy', 'mustPass'], policy.mustPass.length, limits.MOST_WAYS],
      [['policy', 'never'], policy.never.length, limits.MOST_WAYS],
    ]
    for (const [path, count, most] of counts)
      if (count > most) yield { path, what: `${count} entries in ${path.join('.')}, at most ${most}` }
  },
}

export const capabilityCount: SourceValidator = {
  name: 'capability-count',
  enforced: 'boot',
  states: `A partition has at most ${limits.MOST_CAPABILITIES} capabilities.`,
  remedy: 'let it take part in fewer objects',
  *check(system) {
    for (const [i, { length }] of capabilitiesOf(system).entries())
      if (length > limits.MOST_CAPABILITIES)
        yield { path: ['partitions', i], what: `${system.partitions[i]?.name ?? ''} has ${length} capabilities` }
  },
}

export const kernelData: CompiledValidator = {
  name: 'kernel-data',
  enforced: 'boot',
  states: 'The data of the kernel begins behind the vector and its signature, and holds every record of the kernel for this system.',
  remedy: 'report it as a defect of the compiler: no source can ask for it',
  *check(configuration) {
    const { address, bytes } = configuration.kernelData
    const vectorEnd = VECTOR_START + encodeVector(configuration).length + limits.SIGNATURE_BYTES
    if (address < vectorEnd) yield { path: [], what: `kernel data begins at ${hex(address)} and the vector ends at ${hex(vectorEnd)}` }
    const needed = kernelLayout(configuration).end - address
    if (needed > bytes) yield { path: ['partitions'], what: `the kernel has ${sizeText(bytes)} for records of ${sizeText(needed)}` }
  },
}

export const kernelDataSize: CompiledValidator = {
  name: 'kernel-data-size',
  enforced: 'compiler',
  states: `The records of the kernel take at most ${sizeText(limits.LARGEST_KERNEL_DATA)}, so that the boot that clears them stays bounded.`,
  remedy: 'make queues, messages or the audit ring smaller, or use fewer partitions',
  *check({ kernelData: { bytes } }) {
    if (bytes > limits.LARGEST_KERNEL_DATA) yield { path: ['partitions'], what: `the kernel needs ${sizeText(bytes)} for its records` }
  },
}

export const vectorReadable: CompiledValidator = {
  name: 'vector-readable',
  enforced: 'boot',
  states: 'The kernel accepts the vector, and reads from it what was compiled.',
  remedy: 'report it as a defect of the compiler: no source can ask for it',
  *check(configuration) {
    const vector = encodeVector(configuration)
    const decoded = decodeVector(vector)
    if (!decoded.ok) yield { path: [], what: `the kernel refuses the vector: ${decoded.error.what}` }
    else if (Buffer.compare(encodeVector(decoded.value), vector) !== 0) yield { path: [], what: 'the kernel reads another configuration' }
  },
}
