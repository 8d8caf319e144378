/** The audit trail as it lies in memory, read by the layout that kernel/abi/audit.ts states. */
import { AUDIT_EVENTS, AUDIT_RECORD_BYTES, NO_SUBJECT } from '../../abi/audit.js'
import { RETURN_CODES } from '../../abi/return-codes.js'
import type { AuditRecord } from '../system-under-test.js'
import { word64, type RawMemory } from './raw-memory.js'
import type { SystemMap } from './system-map.js'

export function readAuditTrail(memory: RawMemory, map: SystemMap): readonly AuditRecord[] {
  const { ring, capacity } = map.audit
  const oldest = Number(word64(memory, map.audit.oldest))
  const next = Number(word64(memory, map.audit.next))
  return Array.from({ length: next - oldest }, (_, index) => {
    return decodeAuditRecord(memory.read(ring + ((oldest + index) % capacity) * AUDIT_RECORD_BYTES, AUDIT_RECORD_BYTES), map)
  })
}

export function decodeAuditRecord(bytes: Uint8Array, map: SystemMap): AuditRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const subject = view.getUint32(20, true)
  const object = view.getUint32(24, true)
  const outcome = view.getUint32(28, true)
  return {
    sequence: Number(view.getBigUint64(0, true)),
    time: Number(view.getBigUint64(8, true)),
    event: AUDIT_EVENTS[view.getUint32(16, true)] ?? `unknown event ${view.getUint32(16, true)}`,
    subject: subject === NO_SUBJECT ? undefined : (map.partitions[subject]?.name ?? `unknown subject ${subject}`),
    object: object === NO_SUBJECT ? undefined : object,
    outcome: Object.entries(RETURN_CODES).find(([, code]) => code === outcome)?.[0] ?? `unknown outcome ${outcome}`,
    detail: view.getBigUint64(32, true),
    address: view.getBigUint64(40, true),
  }
}
