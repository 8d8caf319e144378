/** Receiving a message from a port. ARINC 653 Part 1, READ_SAMPLING_MESSAGE and RECEIVE_QUEUING_MESSAGE; SKPP FDP_IFF.1. */
import { done, refuse, type Decode } from '../calls/call.js'
import { element, type Kernel } from '../kernel.js'
import { writeUser } from '../memory/user-memory.js'
import type { PortConfiguration } from '../config/configuration.js'
import { capabilityOf } from '../policy/authority.js'
import { dequeue, firstMessage } from './queuing-port.js'
import type { ReceivedMessage } from './received-message.js'
import { readSample } from './sampling-port.js'

export const decodePortReceive: Decode = (kernel, { caller, a0: slot, a1: address, a2: room }) => {
  const capability = capabilityOf(kernel, caller, slot, 'port')
  if (capability === undefined) return refuse('CAP')
  const { object } = capability
  if (!capability.receive) return refuse('PERM', object)
  const port = element(kernel.configuration.ports, object)
  const received = port.kind === 'sampling' ? readSample(kernel, object, port.messageBytes) : firstMessage(kernel, object, port)
  if (received === undefined) return refuse('EMPTY', object)
  if (BigInt(received.message.length) > room) return refuse('LEN', object)
  // The copy to the caller is the last thing that can be refused; it is whole or not at all.
  if (!writeUser(kernel.port, address, received.message)) return refuse('ARG', object)
  return () => deliver(kernel, object, port, received)
}

function deliver(kernel: Kernel, object: number, port: PortConfiguration, { message, writtenAt }: ReceivedMessage) {
  if (port.kind === 'queuing') dequeue(kernel, object, port)
  const age = kernel.port.now() - writtenAt
  const valid = port.kind === 'queuing' || age <= port.refresh
  return done(message.length, valid ? 1 : 0, age)
}
