/** What partitions tell each other through: ports, notifications and shared memory. ARINC 653 Part 1, "Interpartition Communication". */
import { form, listOf, record, type Schema } from './json-schema.js'

const portForm = (kind: string, own: string, ownForm: Schema): Schema => ({
  additionalProperties: false,
  required: [own],
  properties: {
    name: form('name', 'Its name; programs use it as CAP_NAME.'),
    kind: { const: kind, description: 'sampling keeps the latest message, queuing every one until it is received.' },
    message: form('count', 'Largest message, in bytes.'),
    [own]: ownForm,
    from: form('name', 'The partition that sends.'),
    to: form('names', 'The partitions that receive; a queuing port has one.'),
  },
})

const PORT: Schema = {
  type: 'object',
  description: 'A sampling or queuing port from one partition to others.',
  required: ['name', 'kind', 'message', 'from', 'to'],
  discriminator: { propertyName: 'kind' },
  oneOf: [
    portForm('sampling', 'refresh', form('cycles', 'A message older than this is not valid.')),
    portForm('queuing', 'depth', form('count', 'Messages the port holds.')),
  ],
}

const NOTIFICATION = record('Bits that senders set and one receiver waits for.', ['name', 'from', 'to', 'bits'], {
  name: form('name', 'Its name; programs use it as CAP_NAME.'),
  from: form('names', 'Senders; none when only alarms use it.'),
  to: form('name', 'The partition that is notified.'),
  bits: form('bits', 'Bits that senders may set.'),
})

const SHARED = record('Memory that several partitions map.', ['name', 'size', 'write', 'read'], {
  name: form('name', 'Its name; programs use it as SHARED_NAME.'),
  size: form('size', 'A whole number of pages.'),
  at: form('address', 'Virtual address in every partition that maps it; assigned when absent.'),
  write: form('names', 'Partitions that may read and write it.'),
  read: form('names', 'Partitions that may only read it.'),
})

export const COMMUNICATION_OBJECTS: Readonly<Record<string, Schema>> = { port: PORT, notification: NOTIFICATION, shared: SHARED }

export const COMMUNICATION_MEMBERS: Readonly<Record<string, Schema>> = {
  ports: listOf('Ports, each from one sender.', { $ref: '#/definitions/port' }),
  notifications: listOf('Notifications, each to one receiver.', { $ref: '#/definitions/notification' }),
  shared: listOf('Shared regions, each with a direction.', { $ref: '#/definitions/shared' }),
}
