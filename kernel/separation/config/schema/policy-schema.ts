/** The partition information flow policy. The kernel knows none of it: what it grants is judged against this before a vector is made. */
import { RIGHTS } from '../flows/grants.js'
import { form, listOf, record, type Schema } from './json-schema.js'

const FLOW = record('Information may reach `to` from `from`, by everything the configuration grants.', ['from', 'to'], {
  from: form('name', 'The partition that causes.'),
  to: form('name', 'The partition that can notice.'),
})

const MUST_PASS = record('Information reaches `to` from `from` through `via` alone.', ['from', 'to', 'via'], {
  from: form('name', 'The partition that causes.'),
  to: form('name', 'The partition that can notice.'),
  via: form('name', 'The partition between them: a filter, a guard, an encryptor.'),
})

const NEVER = record('No information reaches `to` from `from`, through whomever.', ['from', 'to'], {
  from: form('name', 'The partition that causes.'),
  to: form('name', 'The partition that must not notice.'),
})

const LEAST = record('What a subject may do with a resource.', ['subject', 'resource', 'may'], {
  subject: form('name', 'A partition.'),
  resource: form('name', 'A port, notification, shared region or partition; or audit, console, system.'),
  may: {
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    maxItems: RIGHTS.length,
    description:
      'send and receive for a port, notify and wait for a notification, write (which includes reading) or read for a shared region, control or observe for a partition, read for audit, use for console, and the operations or selectSchedule for system.',
    items: { type: 'string', enum: RIGHTS },
  },
})

export const POLICY: Schema = record('Which information may go where. Everything else is denied.', [], {
  flows: listOf('Which partition may cause information to reach which other one, without another partition between them.', FLOW),
  mustPass: listOf('Ways that lead through a mediator: without it, nothing gets from the one to the other.', MUST_PASS),
  never: listOf('Pairs between which there is no way at all, not even through others.', NEVER),
  least: listOf('When written: every right of every subject, and no other. When absent, rights are judged by the flows they make.', LEAST),
})
