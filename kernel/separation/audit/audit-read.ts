/** Reading the audit trail, for the subject the configuration authorises. SKPP FAU_SAR.1. */
import { AUDIT_RECORD_BYTES } from '../../abi/audit.js'
import { done, refuse, type Decode } from '../calls/call.js'
import { writeUser } from '../memory/user-memory.js'
import { mayReadAudit } from '../policy/authority.js'
import { extractRecords } from './audit-trail.js'

/** At most this many records in one call, so that its time is bounded. */
const MOST_RECORDS = 16n
const LAST_SEQUENCE = 2n ** 53n

export const decodeAuditRead: Decode = (kernel, { caller, a0: cursor, a1: address, a2: count }) => {
  if (!mayReadAudit(kernel, caller)) return refuse('PERM')
  if (count === 0n || count > MOST_RECORDS || cursor >= LAST_SEQUENCE) return refuse('ARG')
  const room = new Uint8Array(Number(count) * AUDIT_RECORD_BYTES)
  // The room must be writable before the cursor releases anything.
  if (!writeUser(kernel.port, address, room)) return refuse('ARG')
  return () => {
    const { records, lost } = extractRecords(kernel, Number(cursor), Number(count))
    records.forEach((bytes, index) => room.set(bytes, index * AUDIT_RECORD_BYTES))
    writeUser(kernel.port, address, room)
    return done(records.length, lost)
  }
}
