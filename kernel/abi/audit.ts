/**
 * Audit records as the authorised reader sees them: 64 bytes each, little endian. SKPP FAU_GEN.1.
 * Offsets: sequence 0 (8), time 8 (8, model cycles), event 16 (4), subject 20 (4, NO_SUBJECT for the kernel itself),
 * object 24 (4), outcome 28 (4, a return code or 0), detail 32 (8), address 40 (8), MAC 48 (16).
 * The MAC chains the records: the first 16 bytes of SHA-256 over the audit key (32 bytes, in the boot ROM), the MAC of the record before
 * (16, zero before the first one) and bytes 0 to 47. Who holds the key can tell a trail that was altered, reordered or cut in the middle.
 */
export const AUDIT_EVENTS = [
  'AUDIT_START',
  'SECURE_STATE',
  'FLOW_DENIED',
  'FLOW_PERMITTED',
  'CALL_REFUSED',
  'MEMORY_VIOLATION',
  'ILLEGAL_INSTRUCTION',
  'APPLICATION_ERROR',
  'PARTITION_START',
  'PARTITION_STOP',
  'PARTITION_RESTART',
  'SYSTEM_CONTROL',
  'MAINTENANCE',
  'SELFTEST',
  'INTEGRITY_FAILURE',
  'ALARM',
  'HALT',
  'STACK_OVERFLOW',
  'HARDWARE_FAULT',
  'NUMERIC_ERROR',
  'ESCALATION',
  'SCHEDULE_REQUEST',
  'SCHEDULE_SWITCH',
  'DEADLINE_MISSED',
  'LAST_HALT',
] as const
export type AuditEvent = (typeof AUDIT_EVENTS)[number]

export const AUDIT_RECORD_BYTES = 64
export const AUDIT_MAC_OFFSET = 48
export const NO_SUBJECT = 0xffff_ffff
