/** Setting notification bits of another partition: one word, no message. SKPP FDP_IFF.1. */
import { done, refuse, type Decode } from '../calls/call.js'
import { element, partitionRecord } from '../kernel.js'
import { capabilityOf } from '../policy/authority.js'

export const decodeNotify: Decode = (kernel, { caller, a0: slot, a1: bits }) => {
  const capability = capabilityOf(kernel, caller, slot, 'notification')
  if (capability === undefined) return refuse('CAP')
  const { object } = capability
  const { receiver, mask } = element(kernel.configuration.notifications, object)
  if (bits === 0n || (bits & ~mask) !== 0n) return refuse('ARG', object)
  return () => {
    const record = partitionRecord(kernel, receiver)
    record.set({ pending: record.get('pending') | bits })
    return done()
  }
}
