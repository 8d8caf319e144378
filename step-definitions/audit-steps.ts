/** The audit trail, read raw from memory: only requirements about audit are judged by it. */
import { Then } from '@cucumber/cucumber'
import type { AuditRecord } from '../kernel/testbench/system-under-test.js'
import type { SystemWorld } from './world.js'

const records = (world: SystemWorld, event: string, subject: string | undefined): readonly AuditRecord[] =>
  world.observe({ kind: 'audit' }).filter((record) => record.event === event && record.subject === subject)

Then(
  'the audit trail holds {int} record(s) {auditEvent} of partition {string}',
  function (this: SystemWorld, count: number, event: string, partition: string) {
    const observed = String(records(this, event, partition).length)
    this.compare({
      source: 'audit',
      comparison: 'equal',
      what: `audit records ${event} of partition ${partition}`,
      expected: String(count),
      observed,
      partition,
    })
  },
)

Then('the audit trail holds {int} record(s) {auditEvent} of the kernel', function (this: SystemWorld, count: number, event: string) {
  const observed = String(records(this, event, undefined).length)
  this.compare({ source: 'audit', comparison: 'equal', what: `audit records ${event} of the kernel`, expected: String(count), observed })
})

Then(
  'the last record {auditEvent} of partition {string} holds',
  function (this: SystemWorld, event: string, partition: string, table: { raw(): readonly (readonly string[])[] }) {
    const last = records(this, event, partition).at(-1)
    for (const [field = '', expected = ''] of table.raw()) {
      const observed = last === undefined ? 'no such record' : fieldOf(last, field)
      this.compare({
        source: 'audit',
        comparison: 'equal',
        what: `${field} of the last record ${event} of partition ${partition}`,
        expected,
        observed,
        partition,
      })
    }
  },
)

Then('the first records of the audit trail are', function (this: SystemWorld, table: { raw(): readonly (readonly string[])[] }) {
  const trail = this.observe({ kind: 'audit' })
  table.raw().forEach(([expected = ''], index) => {
    this.compare({
      source: 'audit',
      comparison: 'equal',
      what: `event of audit record ${index}`,
      expected,
      observed: trail[index]?.event ?? 'none',
    })
  })
})

Then('the times of the {int} audit records never decrease', function (this: SystemWorld, count: number) {
  const trail = this.observe({ kind: 'audit' })
  const ordered = trail.every(
    ({ time, sequence }, index) =>
      index === 0 || (time >= (trail[index - 1]?.time ?? 0) && sequence === (trail[index - 1]?.sequence ?? 0) + 1),
  )
  const observed = ordered ? `${trail.length} in order` : 'out of order'
  this.compare({
    source: 'audit',
    comparison: 'equal',
    what: 'audit records in order of sequence and time',
    expected: `${count} in order`,
    observed,
    stands: String(count),
  })
})

Then('the chain of the audit trail is {string}', function (this: SystemWorld, expected: string) {
  const observed = this.observe({ kind: 'audit-chain' })
  this.compare({ source: 'audit', comparison: 'equal', what: 'MACs of the audit records in memory', expected, observed })
})

function fieldOf(record: AuditRecord, field: string): string {
  switch (field) {
    case 'outcome':
      return record.outcome
    case 'detail':
      return String(record.detail)
    case 'address':
      return `0x${record.address.toString(16)}`
    case 'object':
      return String(record.object ?? 'none')
    case 'sequence':
      return String(record.sequence)
    default:
      throw new Error(`an audit record has no field "${field}"`)
  }
}
