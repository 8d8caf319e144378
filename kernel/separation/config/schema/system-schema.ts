/**
 * The source format of a configuration as JSON Schema, draft 7. Its choices are those of the interface, so the two cannot disagree.
 * system.schema.json is the same for editors: a test compares it and says how to write it anew.
 */
import { AUDIT, AUDIT_EVENT } from './audit-schema.js'
import { COMMUNICATION_MEMBERS, COMMUNICATION_OBJECTS } from './communication-schema.js'
import { HEALTH_ANSWERS } from './health-schema.js'
import { form, record, type Schema } from './json-schema.js'
import { PARTITION } from './partition-schema.js'
import { POLICY } from './policy-schema.js'
import { QUANTITIES } from './quantities.js'
import { SCHEDULE, SCHEDULES } from './schedule-schema.js'

/** Where people find it. */
export const SYSTEM_SCHEMA_FILE = 'kernel/separation/config/schema/system.schema.json'

const MEMBERS: Readonly<Record<string, Schema>> = {
  $schema: { type: 'string', description: 'Where an editor finds this schema; it says nothing about the system.' },
  system: form('name', 'Name of the system.'),
  revision: {
    type: 'integer',
    minimum: 0,
    maximum: 4294967295,
    description: 'Increases with every change that is released.',
  },
  memory: form('size', 'RAM of the machine, kernel included.'),
  majorFrame: form('cycles', 'Length of the schedule, in model cycles.'),
  partitions: {
    type: 'array',
    minItems: 1,
    description: "In file order: a partition's number is its index here.",
    items: { $ref: '#/definitions/partition' },
  },
  ...COMMUNICATION_MEMBERS,
  schedule: SCHEDULE,
  schedules: SCHEDULES,
  audit: form('audit', 'What is recorded of the system, and what raises an alarm.'),
  policy: POLICY,
}

export const SYSTEM_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://bulkhead.invalid/schema/system.schema.json',
  title: 'Bulkhead system configuration',
  ...record(
    'Every resource of a system, who owns it, who may use it how, when each partition runs, and which flows the policy allows.',
    ['system', 'revision', 'memory', 'majorFrame', 'partitions', 'schedule'],
    MEMBERS,
  ),
  definitions: {
    ...QUANTITIES,
    ...HEALTH_ANSWERS,
    auditEvent: AUDIT_EVENT,
    partition: PARTITION,
    ...COMMUNICATION_OBJECTS,
    audit: AUDIT,
  },
}
