/** Sampling and queuing ports. Bytes and model cycles. ARINC 653 Part 1, "Interpartition Communication". */
import { MAX_MESSAGE_BYTES } from '../../../abi/partition-memory.js'
import { MOST_QUEUED_MESSAGES } from '../limits.js'
import { partitionNames, repeated, unknownPartitions } from './known-names.js'
import type { SourceValidator } from './validator.js'

export const portPartitions: SourceValidator = {
  name: 'port-partitions',
  enforced: 'boot',
  states: 'A port connects partitions of this system.',
  remedy: 'name a partition of this system',
  *check(system) {
    const known = partitionNames(system)
    for (const [i, { name, from, to }] of system.ports.entries()) {
      if (!known.has(from)) yield { path: ['ports', i, 'from'], what: `port ${name} comes from ${from}, which is no partition` }
      yield* unknownPartitions(known, to, ['ports', i, 'to'], `port ${name}`)
    }
  },
}

export const portReceivers: SourceValidator = {
  name: 'port-receivers',
  enforced: 'compiler',
  states: 'A port has a receiver and names none twice.',
  remedy: 'list each receiver once under to',
  *check({ ports }) {
    for (const [i, { name, to }] of ports.entries()) {
      if (to.length === 0) yield { path: ['ports', i, 'to'], what: `port ${name} has no receiver` }
      for (const k of repeated(to)) yield { path: ['ports', i, 'to', k], what: `port ${name} names ${to[k] ?? ''} twice` }
    }
  },
}

export const portDirection: SourceValidator = {
  name: 'port-direction',
  enforced: 'compiler',
  states: 'The sender of a port does not receive from it.',
  remedy: 'remove the sender from to',
  *check({ ports }) {
    for (const [i, { name, from, to }] of ports.entries())
      if (to.includes(from)) yield { path: ['ports', i, 'to', to.indexOf(from)], what: `port ${name} goes from ${from} to itself` }
  },
}

export const portMessage: SourceValidator = {
  name: 'port-message',
  enforced: 'boot',
  states: `A port carries messages of 1 to ${MAX_MESSAGE_BYTES} bytes, so that one call is bounded.`,
  remedy: 'split larger messages, or use a shared region',
  *check({ ports }) {
    for (const [i, { name, message }] of ports.entries())
      if (message < 1 || message > MAX_MESSAGE_BYTES) yield { path: ['ports', i, 'message'], what: `port ${name} carries ${message} bytes` }
  },
}

export const queueDepth: SourceValidator = {
  name: 'queue-depth',
  enforced: 'compiler',
  states: `A queuing port holds 1 to ${MOST_QUEUED_MESSAGES} messages.`,
  remedy: 'choose a depth within the bounds',
  *check({ ports }) {
    for (const [i, port] of ports.entries())
      if (port.kind === 'queuing' && (port.depth < 1 || port.depth > MOST_QUEUED_MESSAGES))
        yield { path: ['ports', i, 'depth'], what: `port ${port.name} holds ${port.depth} messages` }
  },
}

export const queueReceiver: SourceValidator = {
  name: 'queue-receiver',
  enforced: 'compiler',
  states: 'A queuing port has one receiver: two would see what the other one took, a flow no policy lists.',
  remedy: 'make one port for each receiver',
  *check({ ports }) {
    for (const [i, { name, kind, to }] of ports.entries())
      if (kind === 'queuing' && to.length > 1) yield { path: ['ports', i, 'to'], what: `queuing port ${name} has ${to.length} receivers` }
  },
}

export const samplingRefresh: SourceValidator = {
  name: 'sampling-refresh',
  enforced: 'compiler',
  states: 'The refresh period of a sampling port is at least one cycle: with none, no message would ever be valid.',
  remedy: 'use the longest age, in cycles, at which a message still counts',
  *check({ ports }) {
    for (const [i, port] of ports.entries())
      if (port.kind === 'sampling' && port.refresh < 1) yield { path: ['ports', i, 'refresh'], what: `port ${port.name} is never valid` }
  },
}
