/**
 * What every part of the kernel is handed for one trap: constants read from the configuration vector, and the memory of the
 * hart that trapped. Whatever changes lies behind `memory`; a kernel built anew at every trap behaves the same.
 */
import { PARTITION_MODES, type PartitionMode } from '../abi/partition-modes.js'
import { invariant } from '../common/errors.js'
import type { HostedPort } from '../common/hosted-port.js'
import type { Configuration, PartitionConfiguration } from './config/configuration.js'
import type { KernelLayout } from './memory/kernel-layout.js'
import type { Timeline } from './scheduler/timeline.js'
import { requireIntact, type KernelMemory } from './memory/kernel-memory.js'
import { ControlRecord, PartitionRecord, SYSTEM_STATES, type SystemState } from './memory/kernel-records.js'

export interface Kernel {
  readonly port: HostedPort
  readonly memory: KernelMemory
  readonly configuration: Configuration
  readonly layout: KernelLayout
  /** Slots of each schedule. */
  readonly timelines: readonly Timeline[]
  /** SHA-256 over the hosted kernel code, as the platform states it. */
  readonly hostedDigest: Uint8Array
}

export const controlOf = (kernel: Kernel) => ControlRecord.at(kernel.memory, kernel.layout.control)

export const partitionRecord = (kernel: Kernel, partition: number) =>
  PartitionRecord.at(kernel.memory, element(kernel.layout.partitions, partition))

export const partitionOf = (kernel: Kernel, partition: number): PartitionConfiguration =>
  element(kernel.configuration.partitions, partition)

/** An id that the configuration itself holds is in range: anything else is a defect. */
export function element<T>(list: readonly T[], index: number): T {
  const item = list[index]
  invariant(item !== undefined, `no element ${index} in a list of ${list.length}`)
  return item
}

/** A number that kernel memory holds names an element, or that memory was altered. */
export function held<T>(list: readonly T[], index: number, what: string): T {
  const item = list[index]
  requireIntact(item !== undefined, `${what} ${index}`)
  return item
}

export const systemState = (kernel: Kernel): SystemState => held(SYSTEM_STATES, controlOf(kernel).get('state'), 'system state')

export const setSystemState = (kernel: Kernel, state: SystemState): void => {
  controlOf(kernel).set({ state: SYSTEM_STATES.indexOf(state) })
}

export const partitionMode = (kernel: Kernel, partition: number): PartitionMode =>
  held(PARTITION_MODES, partitionRecord(kernel, partition).get('mode'), 'partition mode')

export const setPartitionMode = (kernel: Kernel, partition: number, mode: PartitionMode): void => {
  partitionRecord(kernel, partition).set({ mode: PARTITION_MODES.indexOf(mode) })
}
