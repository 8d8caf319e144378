/** The partition information flow policy. The kernel knows none of it: what it grants is judged against this before a vector is made. */
import { form, listOf, record, type Schema } from './json-schema.js'

const FLOW = record('Information may reach `to` from `from`, by everything the configuration grants.', ['from', 'to'], {
  from: form('name', 'The partition that causes.'),
  to: form('name', 'The partition that can notice.'),
})

export const POLICY: Schema = record('Which information may go where. Everything else is denied.', [], {
  flows: listOf('Which partition may cause information to reach which other one, without another partition between them.', FLOW),
})
