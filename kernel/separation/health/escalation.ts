/**
 * Escalation: the n-th error of one kind that one partition makes within T cycles has another answer than the ones before it. What is
 * counted outlives restarts of the partition. ARINC 653 Part 1, "Health Monitor"; SKPP FPT_FLS.1.
 */
import { HEALTH_ERRORS, type HealthAction, type HealthError } from '../../abi/health.js'
import { element, partitionOf, type Kernel } from '../kernel.js'
import { requireIntact } from '../memory/kernel-memory.js'
import { EscalationRecord } from '../memory/kernel-records.js'

/** Notes this error. @returns the action it escalates to, or `undefined` */
export function escalated(kernel: Kernel, partition: number, error: HealthError): HealthAction | undefined {
  const { escalation } = partitionOf(kernel, partition).health[error]
  if (escalation === undefined) return undefined
  const address = element(element(kernel.layout.escalations, partition), HEALTH_ERRORS.indexOf(error))
  const ring = EscalationRecord.at(kernel.memory, address)
  const next = ring.get('next')
  requireIntact(next < escalation.count - 1, 'an escalation beyond its count')
  const slot = address + EscalationRecord.bytes + 8 * next
  const oldest = kernel.memory.time(slot)
  const now = kernel.port.now()
  kernel.memory.setU64(slot, BigInt(now + 1))
  ring.set({ next: (next + 1) % (escalation.count - 1) })
  return oldest !== 0 && now + 1 - oldest <= escalation.within ? escalation.action : undefined
}
