/**
 * The audit trail: a ring of 64-byte records in kernel memory, written by the kernel alone, in order, with explicit loss.
 * A record is kept until the authorised reader's cursor has passed it. SKPP FAU_GEN.1, FAU_SEL.1, FAU_SAR.1.
 */
import { AUDIT_EVENTS, AUDIT_RECORD_BYTES, NO_SUBJECT, type AuditEvent } from '../../abi/audit.js'
import { RETURN_CODES, type ReturnCode } from '../../abi/return-codes.js'
import { controlOf, type Kernel } from '../kernel.js'
import { record } from '../memory/record.js'

export const AuditRecordLayout = record({
  sequence: 'time',
  time: 'time',
  event: 'u32',
  subject: 'u32',
  object: 'u32',
  outcome: 'u32',
  detail: 'u64',
  address: 'u64',
})

/** `subject`: the partition concerned; absent: the kernel itself. `object`: the index of the resource, by the event's kind. */
export interface AuditEntry {
  readonly event: AuditEvent
  readonly subject?: number
  readonly object?: number
  readonly outcome?: ReturnCode
  readonly detail?: bigint
  readonly address?: bigint
}

/** `full`: the record found no room and the configuration asks for a halt. */
export type Recorded = 'recorded' | 'not-selected' | 'lost' | 'full'

export function appendRecord(kernel: Kernel, entry: AuditEntry): Recorded {
  const { audit } = kernel.configuration
  if (!selected(kernel, entry)) return 'not-selected'
  const control = controlOf(kernel)
  const next = control.get('auditNext')
  if (next - control.get('auditOldest') >= audit.capacity) {
    control.set({ auditLost: control.get('auditLost') + 1 })
    if (audit.onFull === 'lose') return 'lost'
    if (audit.onFull === 'halt') return 'full'
    control.set({ auditOldest: control.get('auditOldest') + 1 })
  }
  AuditRecordLayout.at(kernel.memory, slotAddress(kernel, next)).set({
    sequence: next,
    time: kernel.port.now(),
    event: AUDIT_EVENTS.indexOf(entry.event),
    subject: entry.subject ?? NO_SUBJECT,
    object: entry.object ?? NO_SUBJECT,
    outcome: RETURN_CODES[entry.outcome ?? 'OK'],
    detail: entry.detail ?? 0n,
    address: entry.address ?? 0n,
  })
  control.set({ auditNext: next + 1 })
  return 'recorded'
}

/** Records of the kernel itself cannot be deselected by subject. */
function selected(kernel: Kernel, { event, subject }: AuditEntry): boolean {
  const { select, subjects } = kernel.configuration.audit
  return select.includes(event) && (subject === undefined || subjects.includes(subject))
}

export interface AuditExtract {
  readonly records: readonly Uint8Array[]
  readonly lost: number
}

/** Records from sequence number `cursor` on, at most `count`; releases every record before `cursor`. */
export function extractRecords(kernel: Kernel, cursor: number, count: number): AuditExtract {
  const control = controlOf(kernel)
  const next = control.get('auditNext')
  const oldest = Math.max(control.get('auditOldest'), Math.min(cursor, next))
  control.set({ auditOldest: oldest })
  const last = Math.min(next, oldest + count)
  const records = Array.from({ length: last - oldest }, (_, index) =>
    kernel.memory.bytes(slotAddress(kernel, oldest + index), AUDIT_RECORD_BYTES),
  )
  return { records, lost: control.get('auditLost') }
}

const slotAddress = (kernel: Kernel, sequence: number): number =>
  kernel.layout.auditRing + (sequence % kernel.configuration.audit.capacity) * AUDIT_RECORD_BYTES
