/** When partitions run, from the hart's clock at the moment it enters them. Times in model cycles. */
import { Then } from '@cucumber/cucumber'
import type { WindowStart } from '../kernel/testbench/system-under-test.js'
import type { SystemWorld } from './world.js'

const windows = (world: SystemWorld, partition?: string): readonly WindowStart[] =>
  world.observe({ kind: 'windows' }).filter((window) => partition === undefined || window.partition === partition)

Then('{int} windows have begun', function (this: SystemWorld, count: number) {
  this.compare({
    source: 'clock',
    comparison: 'equal',
    what: 'windows in which a partition ran',
    expected: String(count),
    observed: String(windows(this).length),
  })
})

Then('{int} windows of partition {string} have begun', function (this: SystemWorld, count: number, partition: string) {
  const observed = String(windows(this, partition).length)
  this.compare({
    source: 'clock',
    comparison: 'equal',
    what: `windows in which partition ${partition} ran`,
    expected: String(count),
    observed,
    partition,
  })
})

Then('at most {int} windows of partition {string} have begun', function (this: SystemWorld, count: number, partition: string) {
  this.compare({
    source: 'clock',
    comparison: 'at-most',
    what: `windows in which partition ${partition} ran`,
    expected: String(count),
    observed: String(windows(this, partition).length),
    partition,
  })
})

Then(
  'windows of partition {string} began at',
  function (this: SystemWorld, partition: string, table: { raw(): readonly (readonly string[])[] }) {
    const begun = windows(this, partition)
    for (const [index = '', expected = ''] of table.raw()) {
      const observed = String(begun[Number(index) - 1]?.sinceEpoch ?? 'never')
      this.compare({
        source: 'clock',
        comparison: 'equal',
        what: `start of window ${index} of partition ${partition} since the first frame began`,
        expected,
        observed,
        partition,
      })
    }
  },
)

Then(
  'consecutive windows of partition {string} are {int} cycles apart from window {int} to window {int}',
  function (this: SystemWorld, partition: string, apart: number, first: number, last: number) {
    const begun = windows(this, partition).slice(first - 1, last)
    const distances = new Set(begun.slice(1).map(({ cycle }, index) => cycle - (begun[index]?.cycle ?? 0)))
    const observed = begun.length === last - first + 1 ? [...distances].join(', ') : `${begun.length} windows only`
    this.compare({
      source: 'clock',
      comparison: 'equal',
      what: `distances between windows ${first} to ${last} of partition ${partition}`,
      expected: String(apart),
      observed,
      partition,
    })
  },
)
