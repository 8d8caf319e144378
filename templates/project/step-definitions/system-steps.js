import { Given, Then, When } from '@cucumber/cucumber'

Given('a system whose configuration lists the flow from {string} to {string}', function (from, to) {
  this.system.configure(from, to)
})

When('{string} sends {string} to {string}', function (from, message, to) {
  this.outcome = this.system.send(from, to, message)
})

When('{string} sends {string} to {string} {int} times', function (from, message, to, times) {
  for (let sent = 0; sent < times; sent++) this.outcome = this.system.send(from, to, message)
})

Then('the outcome is {string}', function (expected) {
  this.compare('outcome of the last message', expected, this.outcome, 'device')
})

Then('{string} has received {string}', function (partition, expected) {
  this.compare(`last message that ${partition} received`, expected, this.system.received(partition), 'memory')
})

Then('the last record reads {string}', function (expected) {
  this.compare('last record', expected, this.system.refusals().at(-1) ?? 'none', 'audit')
})

Then('the record holds {int} refusals', function (expected) {
  this.compare('records kept', String(expected), String(this.system.refusals().length), 'audit')
})

Then('the record has given up {int} refusals', function (expected) {
  this.compare('records given up', String(expected), String(this.system.lost()), 'audit')
})
