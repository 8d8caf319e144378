/** Modes of partitions and of the whole system. */
import { Then } from '@cucumber/cucumber'
import { modeWord } from '../kernel/testbench/vocabulary.js'
import type { SystemWorld } from './world.js'

Then('partition {string} is {modeWord}', function (this: SystemWorld, partition: string, expected: string) {
  const observed = modeWord(this.observe({ kind: 'partition-mode', partition }))
  this.compare({ source: 'memory', comparison: 'equal', what: `mode of partition ${partition}`, expected, observed, partition })
})

Then('partition {string} was restarted {int} time(s)', function (this: SystemWorld, partition: string, times: number) {
  const observed = String(this.observe({ kind: 'restarts', partition }))
  this.compare({
    source: 'memory',
    comparison: 'equal',
    what: `restarts of partition ${partition}`,
    expected: String(times),
    observed,
    partition,
  })
})

Then('every partition reaches the memory that the policy gives it and {string} else', function (this: SystemWorld, expected: string) {
  const findings = this.observe({ kind: 'isolation' })
  const observed = findings.length === 0 ? 'nothing' : findings.join('; ')
  this.compare({ source: 'memory', comparison: 'equal', what: 'page tables in memory against the policy', expected, observed })
})

Then('the system is on', function (this: SystemWorld) {
  power(this, 'on')
})

Then('the system is off for the reason {string}', function (this: SystemWorld, reason: string) {
  power(this, reason)
})

Then('the system has asked for a reset', function (this: SystemWorld) {
  power(this, 'reset')
})

/** From the finisher, the device that powers the machine off. */
function power(world: SystemWorld, expected: string): void {
  const state = world.observe({ kind: 'power' })
  const observed = state.state === 'off' ? state.reason : state.state
  world.compare({ source: 'device', comparison: 'equal', what: 'power state of the machine', expected, observed })
}

Then('the console shows {string}', function (this: SystemWorld, expected: string) {
  const observed = this.observe({ kind: 'console' })
  this.compare({ source: 'device', comparison: 'equal', what: 'bytes the console received', expected, observed })
})

Then('the console shows {string} from partition {string}', function (this: SystemWorld, expected: string, partition: string) {
  const observed = this.observe({ kind: 'console' })
  this.compare({ source: 'device', comparison: 'equal', what: 'bytes the console received', expected, observed, partition })
})
