/** Sending a message to a port. ARINC 653 Part 1, WRITE_SAMPLING_MESSAGE and SEND_QUEUING_MESSAGE; SKPP FDP_IFF.1. */
import { refuse, type Decode } from '../calls/call.js'
import { element } from '../kernel.js'
import { readUserOnce } from '../memory/user-memory.js'
import { capabilityOf } from '../policy/authority.js'
import { enqueue } from './queuing-port.js'
import { writeSample } from './sampling-port.js'

export const decodePortSend: Decode = (kernel, { caller, a0: slot, a1: address, a2: length }) => {
  const capability = capabilityOf(kernel, caller, slot, 'port')
  if (capability === undefined) return refuse('CAP')
  const { object } = capability
  if (!capability.send) return refuse('PERM', object)
  const port = element(kernel.configuration.ports, object)
  if (length === 0n || length > BigInt(port.messageBytes)) return refuse('LEN', object)
  const message = readUserOnce(kernel.port, address, Number(length))
  if (message === undefined) return refuse('ARG', object)
  return () => (port.kind === 'sampling' ? writeSample(kernel, object, message) : enqueue(kernel, object, port, message))
}
