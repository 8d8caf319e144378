/**
 * The chain of MACs over the audit trail, judged from raw memory by what kernel/abi/audit.ts states: the oracle's own reading, and what
 * anybody who holds the key and a copy of the records can do.
 */
import { createHash } from 'node:crypto'
import { AUDIT_MAC_OFFSET, AUDIT_RECORD_BYTES } from '../../abi/audit.js'
import { word64, type RawMemory } from './raw-memory.js'
import type { SystemMap } from './system-map.js'

const MAC_BYTES = AUDIT_RECORD_BYTES - AUDIT_MAC_OFFSET

/** `whole`, or the sequence number of the first record that does not follow the one before it. */
export function judgeAuditChain(memory: RawMemory, { audit }: SystemMap): string {
  const key = memory.read(audit.key, 32)
  let before = memory.read(audit.chain + MAC_BYTES, MAC_BYTES)
  const [oldest, next] = [Number(word64(memory, audit.oldest)), Number(word64(memory, audit.next))]
  for (let sequence = oldest; sequence < next; sequence++) {
    const record = memory.read(audit.ring + (sequence % audit.capacity) * AUDIT_RECORD_BYTES, AUDIT_RECORD_BYTES)
    const expected = createHash('sha256').update(key).update(before).update(record.subarray(0, AUDIT_MAC_OFFSET)).digest()
    before = record.slice(AUDIT_MAC_OFFSET)
    if (Buffer.compare(expected.subarray(0, MAC_BYTES), before) !== 0) return `broken at record ${sequence}`
  }
  return Buffer.compare(before, memory.read(audit.chain, MAC_BYTES)) === 0 ? 'whole' : `broken behind record ${next - 1}`
}
