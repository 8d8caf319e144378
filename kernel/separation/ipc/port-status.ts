/** Status of a port, for a subject that may send or receive there. ARINC 653 Part 1, GET_QUEUING_PORT_STATUS. */
import { done, refuse, type Decode } from '../calls/call.js'
import { element } from '../kernel.js'
import { SamplingRecord } from '../memory/kernel-records.js'
import { capabilityOf } from '../policy/authority.js'
import { queueOf } from './queuing-port.js'

export const decodePortStatus: Decode = (kernel, { caller, a0: slot }) => {
  const capability = capabilityOf(kernel, caller, slot, 'port')
  if (capability === undefined) return refuse('CAP')
  const { object } = capability
  const port = element(kernel.configuration.ports, object)
  return () => {
    if (port.kind === 'sampling') {
      const sample = SamplingRecord.at(kernel.memory, element(kernel.layout.ports, object))
      return done(sample.get('written'), 1, port.messageBytes, 0)
    }
    const queue = queueOf(kernel, object)
    return done(queue.get('count'), port.depth, port.messageBytes, queue.get('overflows'))
  }
}
