/** What surrounds every scenario: the text of the present step, the honesty checks, and the record of what was exercised. */
import { setImmediate } from 'node:timers/promises'
import { After, AfterStep, Before, BeforeStep, setWorldConstructor, Status } from '@cucumber/cucumber'
import { takeCoverage } from './coverage.js'
import { SystemWorld } from './world.js'

const EXECUTION_MEDIA_TYPE = 'application/vnd.bulkhead.execution+json'

setWorldConstructor(SystemWorld)

Before(function () {
  takeCoverage()
})

BeforeStep(function (this: SystemWorld, { pickleStep }) {
  const table = pickleStep.argument?.dataTable?.rows.map(({ cells }) => cells.map(({ value }) => value).join(' ')).join('\n') ?? ''
  this.stepText = [pickleStep.text, pickleStep.argument?.docString?.content ?? '', table].join('\n')
})

AfterStep(function (this: SystemWorld) {
  this.stepText = ''
})

After(async function (this: SystemWorld, { result }) {
  this.attach(JSON.stringify(execution(this)), { mediaType: EXECUTION_MEDIA_TYPE })
  // Lets the message file take what was said before the next scenario begins: whoever watches the run sees how far it is.
  await setImmediate()
  if (result?.status === Status.PASSED) this.refuseUncheckedCalls()
})

function execution(world: SystemWorld): unknown {
  const functions = takeCoverage()
  const uses = world.hasSystem ? world.system.interfaceUses() : []
  const interfaces = [...new Set(uses.map(({ entry, outcome }) => `${entry} ${outcome}`))].sort().map((use) => {
    const [entry, ...outcome] = use.split(' ')
    return { entry, outcome: outcome.join(' ') }
  })
  const system = world.hasSystem ? world.system.identify() : { name: 'none', configurationDigest: null }
  const effort = world.hasSystem ? world.system.effort() : { instructions: 0, cycles: 0 }
  return { system, interfaces: [...interfaces, ...world.buildUses], modules: Object.keys(functions), functions, ...effort }
}
