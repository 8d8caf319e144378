/** What a partition's registers hold: live while it runs, else as the trap saved them. */
import { Then } from '@cucumber/cucumber'
import { numberLike, registerNumber, resultWord } from '../kernel/testbench/vocabulary.js'
import type { SystemWorld } from './world.js'

/**
 * A register that was never written holds 0, which is also the code OK: a result counts only if some call of the partition was
 * seen to return it.
 */
function result(world: SystemWorld, partition: string, register: string): string {
  const word = resultWord(read(world, partition, register))
  const returned = world.system.interfaceUses().some((use) => use.partition === partition && use.outcome === word)
  return returned ? word : `${word}, which no call of the partition returned`
}

const read = (world: SystemWorld, partition: string, register: string): bigint =>
  world.observe({ kind: 'register', partition, register: registerNumber(register) })

/** Signed decimal where the expected value is negative, else as it is written. */
const written = (expected: string, value: bigint): string =>
  expected.startsWith('-') ? BigInt.asIntN(64, value).toString() : numberLike(expected, value)

Then(
  'register {register} of partition {string} holds the result {resultCode}',
  function (this: SystemWorld, register: string, partition: string, expected: string) {
    const observed = result(this, partition, register)
    this.compare({
      source: 'register',
      comparison: 'equal',
      what: `register ${register} of partition ${partition}`,
      expected,
      observed,
      partition,
    })
  },
)

Then(
  'register {register} of partition {string} holds {number}',
  function (this: SystemWorld, register: string, partition: string, expected: string) {
    const observed = written(expected, read(this, partition, register))
    this.compare({
      source: 'register',
      comparison: 'equal',
      what: `register ${register} of partition ${partition}`,
      expected,
      observed,
      partition,
    })
  },
)

Then(
  'register {register} of partition {string} holds at least {number}',
  function (this: SystemWorld, register: string, partition: string, expected: string) {
    const observed = read(this, partition, register).toString()
    this.compare({
      source: 'register',
      comparison: 'at-least',
      what: `register ${register} of partition ${partition}`,
      expected,
      observed,
      partition,
    })
  },
)

Then(
  'registers of partition {string} hold',
  function (this: SystemWorld, partition: string, table: { raw(): readonly (readonly string[])[] }) {
    for (const [register = '', expected = ''] of table.raw()) {
      const observed = /^[A-Z]+$/.test(expected) ? result(this, partition, register) : written(expected, read(this, partition, register))
      this.compare({
        source: 'register',
        comparison: 'equal',
        what: `register ${register} of partition ${partition}`,
        expected,
        observed,
        partition,
      })
    }
  },
)
