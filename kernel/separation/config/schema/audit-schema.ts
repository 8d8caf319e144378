/** What is recorded, what happens when the ring is full, and which repetitions raise an alarm. SKPP FAU_GEN.1, FAU_SEL.1, FAU_SAA.1. */
import { AUDIT_EVENTS } from '../../../abi/audit.js'
import { MOST_PARTITIONS, MOST_SEQUENCE } from '../limits.js'
import { form, listOf, oneOf, record, type Schema } from './json-schema.js'

export const AUDIT_EVENT: Schema = { type: 'string', enum: AUDIT_EVENTS, description: 'A kind of audit event.' }

const ALARM_ACTION: Schema = {
  description: 'halt the module, stop the subject, or notify a partition.',
  anyOf: [
    { enum: ['halt', 'stop'] },
    record('Notifies a partition.', ['notify', 'bits'], {
      notify: form('name', 'The notification.'),
      bits: form('bits', 'The bits to set, of those the notification has.'),
    }),
  ],
}

const ALARM = record('So many events of one subject within one major frame raise it.', ['event', 'count', 'action'], {
  event: form('auditEvent', 'The event that is counted, recorded or not.'),
  count: form('count', 'Events of one subject within one major frame.'),
  then: {
    type: 'array',
    maxItems: MOST_SEQUENCE,
    description: 'Events of the same subject that must follow in this order, within the same frame, before it is raised.',
    items: { $ref: '#/definitions/auditEvent' },
  },
  action: ALARM_ACTION,
})

const allOr = (description: string, item: string, maxItems: number): Schema => ({
  description,
  default: 'all',
  anyOf: [{ const: 'all' }, { type: 'array', maxItems, uniqueItems: true, items: { $ref: `#/definitions/${item}` } }],
})

export const AUDIT: Schema = record('The audit trail.', [], {
  records: { ...form('count', 'Capacity of the ring.'), default: 64 },
  select: allOr('Events to record.', 'auditEvent', AUDIT_EVENTS.length),
  subjects: allOr('Partitions whose events are recorded.', 'name', MOST_PARTITIONS),
  onFull: oneOf(
    'A full ring overwrites its oldest record, loses and counts the new one, or halts the module.',
    ['overwrite', 'lose', 'halt'],
    'overwrite',
  ),
  alarms: listOf('Alarms, in the order in which they are tried.', ALARM),
})
