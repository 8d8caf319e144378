/**
 * The audit trail: a ring of 64-byte records in kernel memory, written by the kernel alone, in order, with explicit loss.
 * A record is kept until the authorised reader's cursor has passed it. SKPP FAU_GEN.1, FAU_SEL.1, FAU_SAR.1.
 */
import { AUDIT_EVENTS, AUDIT_MAC_OFFSET, AUDIT_RECORD_BYTES, NO_SUBJECT, type AuditEvent } from '../../abi/audit.js'
import { RETURN_CODES, type ReturnCode } from '../../abi/return-codes.js'
import { controlOf, type Kernel } from '../kernel.js'
import { record } from '../memory/record.js'
import { chainEnd, chainHolds, chainMac, setChainEnd } from './audit-chain.js'

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
    release(kernel, control.get('auditOldest') + 1)
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
  seal(kernel, next)
  control.set({ auditNext: next + 1 })
  return 'recorded'
}

/** The end of the record: it continues the chain. */
function seal(kernel: Kernel, sequence: number): void {
  const address = slotAddress(kernel, sequence)
  const mac = chainMac(kernel, chainEnd(kernel, 'next'), kernel.memory.bytes(address, AUDIT_MAC_OFFSET))
  kernel.memory.setBytes(address + AUDIT_MAC_OFFSET, mac)
  setChainEnd(kernel, 'next', mac)
}

/** Keeps no record before `oldest`, and the MAC that the chain goes on from. */
function release(kernel: Kernel, oldest: number): void {
  const control = controlOf(kernel)
  if (oldest === control.get('auditOldest')) return
  const last = kernel.memory.bytes(slotAddress(kernel, oldest - 1) + AUDIT_MAC_OFFSET, AUDIT_RECORD_BYTES - AUDIT_MAC_OFFSET)
  setChainEnd(kernel, 'oldest', last)
  control.set({ auditOldest: oldest })
}

/** True when every record kept is the one that was written. */
export const trailHolds = (kernel: Kernel): boolean =>
  chainHolds(kernel, (sequence) => kernel.memory.bytes(slotAddress(kernel, sequence), AUDIT_RECORD_BYTES))

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
  release(kernel, oldest)
  const last = Math.min(next, oldest + count)
  const records = Array.from({ length: last - oldest }, (_, index) =>
    kernel.memory.bytes(slotAddress(kernel, oldest + index), AUDIT_RECORD_BYTES),
  )
  return { records, lost: control.get('auditLost') }
}

const slotAddress = (kernel: Kernel, sequence: number): number =>
  kernel.layout.auditRing + (sequence % kernel.configuration.audit.capacity) * AUDIT_RECORD_BYTES
