/** What the configuration compiler accepts and refuses, and what its tools tell of the flows. */
import { Given, Then } from '@cucumber/cucumber'
import { explainedFlow, objectsOnTheWay, picturedFlows } from '../kernel/testbench/explain-configuration.js'
import { judgeConfiguration } from '../kernel/testbench/open-system.js'
import type { SystemWorld } from './world.js'

Given('the configuration', function (this: SystemWorld, text: string) {
  this.configuration = text
})

Given('in the configuration {string} is replaced by {string}', function (this: SystemWorld, from: string, to: string) {
  if (!this.configuration.includes(from)) throw new Error(`the configuration does not contain "${from}"`)
  this.configuration = this.configuration.replace(from, to.replaceAll('\\n', '\n'))
})

Then('the configuration compiler refuses it by the rule {string}', function (this: SystemWorld, rule: string) {
  judge(this, rule)
})

Then('the configuration is accepted', function (this: SystemWorld) {
  judge(this, 'accepted')
})

Then('information of {string} reaches {string} by {string}', function (this: SystemWorld, from: string, to: string, expected: string) {
  const observed = objectsOnTheWay(this.configuration, from, to).join(', ') || 'no way'
  this.buildUses.push({ entry: 'system_source', outcome: 'accepted' })
  this.compare({ source: 'build', comparison: 'equal', what: `objects between ${from} and ${to}`, expected, observed })
})

Then('the explanation of a flow from {string} to {string} reads', function (this: SystemWorld, from: string, to: string, expected: string) {
  const observed = explainedFlow(this.configuration, from, to)
  this.compare({ source: 'build', comparison: 'equal', what: `explanation of flows from ${from} to ${to}`, expected, observed })
})

Then('the flow picture shows {string}', function (this: SystemWorld, expected: string) {
  const observed = picturedFlows(this.configuration).join(', ') || 'nothing'
  this.compare({ source: 'build', comparison: 'equal', what: 'rows of the flow picture', expected, observed })
})

function judge(world: SystemWorld, expected: string): void {
  const observed = judgeConfiguration(world.configuration)
  world.buildUses.push({ entry: 'system_source', outcome: observed === 'accepted' ? 'accepted' : 'refused' })
  world.compare({ source: 'build', comparison: 'equal', what: 'verdict of the configuration compiler', expected, observed })
}
