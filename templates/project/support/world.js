/** What every scenario has: a system of its own, and a comparison that the report can show. */
import assert from 'node:assert/strict'
import { World, setWorldConstructor } from '@cucumber/cucumber'
import { SystemUnderTest } from './system-under-test.js'

class SystemWorld extends World {
  system = new SystemUnderTest()
  outcome = 'none'

  /** Records what was expected and what was observed, and fails the step when they differ. `source`: memory, register, device, clock, audit or build. */
  compare(what, expected, observed, source) {
    const holds = expected === observed
    const comparison = { what, expected, observed, comparison: 'equal', source, holds }
    this.attach(JSON.stringify(comparison), { mediaType: 'application/vnd.bulkhead.comparison+json' })
    assert.ok(holds, `${what}: expected ${expected}, observed ${observed}`)
  }
}

setWorldConstructor(SystemWorld)
