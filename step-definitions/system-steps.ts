/** Building, powering and driving the system. */
import { Given, When } from '@cucumber/cucumber'
import type { BootInput, Signer } from '../kernel/testbench/system-under-test.js'
import type { SystemWorld } from './world.js'

Given('the system {string}', function (this: SystemWorld, name: string) {
  this.open(name)
})

Given('partition {string} runs', function (this: SystemWorld, partition: string, program: string) {
  this.load(partition, program)
})

Given('one bit of the {bootInput} was altered', function (this: SystemWorld, input: BootInput) {
  this.stimulate({ kind: 'alter-boot-input', input })
})

Given('one bit of the image of partition {string} was altered', function (this: SystemWorld, partition: string) {
  this.stimulate({ kind: 'alter-boot-input', input: 'image', partition })
})

Given(
  'the boot ROM accepts what the owner has signed, from revision {int} on, and {signer} has signed the configuration',
  function (this: SystemWorld, leastRevision: number, signer: Signer) {
    this.stimulate({ kind: 'trust-owner', leastRevision, signer })
  },
)

When('the system boots', function (this: SystemWorld) {
  this.boot()
})

When('the system runs for {int} major frame(s)', function (this: SystemWorld, frames: number) {
  this.stimulate({ kind: 'run-frames', frames })
})

When('the system runs for {int} more cycles', function (this: SystemWorld, cycles: number) {
  this.stimulate({ kind: 'run-cycles', cycles })
})

When('the system is reset', function (this: SystemWorld) {
  this.stimulate({ kind: 'reset' })
})

When(
  'bit {int} of byte {int} of the page tables of partition {string} flips',
  function (this: SystemWorld, bit: number, byte: number, partition: string) {
    this.stimulate({ kind: 'flip-bit', place: { kind: 'page-tables', partition }, byte, bit })
  },
)

When(
  'bit {int} of byte {int} of the {measuredPlace} flips',
  function (this: SystemWorld, bit: number, byte: number, kind: 'kernel-stub' | 'configuration' | 'audit-trail' | 'crash-record') {
    this.stimulate({ kind: 'flip-bit', place: { kind }, byte, bit })
  },
)

When(
  'bit {int} of byte {int} of the image of partition {string} flips',
  function (this: SystemWorld, bit: number, byte: number, partition: string) {
    this.stimulate({ kind: 'flip-bit', place: { kind: 'image', partition }, byte, bit })
  },
)

When(
  'bit {int} of byte {int} of the code of partition {string} flips',
  function (this: SystemWorld, bit: number, byte: number, partition: string) {
    this.stimulate({ kind: 'flip-bit', place: { kind: 'code', partition, offset: byte, bytes: 1 }, byte: 0, bit })
  },
)

When('the console receives {string}', function (this: SystemWorld, text: string) {
  this.stimulate({ kind: 'console-input', bytes: new TextEncoder().encode(text) })
})
