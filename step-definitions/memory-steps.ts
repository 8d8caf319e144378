/** What lies in physical memory, read raw: partition data, port buffers, shared regions. Offsets in bytes. */
import { createHash } from 'node:crypto'
import { Then } from '@cucumber/cucumber'
import { numberLike } from '../kernel/testbench/vocabulary.js'
import type { Place, SystemUnderTest } from '../kernel/testbench/system-under-test.js'
import type { SystemWorld } from './world.js'

const digest = (bytes: Uint8Array): string => `sha256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

function doubleWord(world: SystemWorld, place: Place): bigint {
  const bytes = world.observe({ kind: 'memory', place })
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true)
}

Then(
  'the double word at DATA+{int} of partition {string} is {number}',
  function (this: SystemWorld, offset: number, partition: string, expected: string) {
    const observed = numberLike(expected, doubleWord(this, { kind: 'data', partition, offset, bytes: 8 }))
    this.compare({
      source: 'memory',
      comparison: 'equal',
      what: `8 bytes at DATA+${offset} of partition ${partition}`,
      expected,
      observed,
      partition,
    })
  },
)

for (const comparison of ['at-least', 'at-most'] as const)
  Then(
    `the double word at DATA+{int} of partition {string} is ${comparison.replace('-', ' ')} {number}`,
    function (this: SystemWorld, offset: number, partition: string, expected: string) {
      const observed = String(doubleWord(this, { kind: 'data', partition, offset, bytes: 8 }))
      this.compare({
        source: 'memory',
        comparison,
        what: `8 bytes at DATA+${offset} of partition ${partition}`,
        expected,
        observed,
        partition,
      })
    },
  )

Then(
  'the text at DATA+{int} of partition {string} is {string}',
  function (this: SystemWorld, offset: number, partition: string, expected: string) {
    const observed = text(this.observe({ kind: 'memory', place: { kind: 'data', partition, offset, bytes: expected.length } }))
    this.compare({
      source: 'memory',
      comparison: 'equal',
      what: `text at DATA+${offset} of partition ${partition}`,
      expected,
      observed,
      partition,
    })
  },
)

Then(
  'all {int} bytes at DATA+{int} of partition {string} are {number}',
  function (this: SystemWorld, bytes: number, offset: number, partition: string, expected: string) {
    const values = new Set(this.observe({ kind: 'memory', place: { kind: 'data', partition, offset, bytes } }))
    const observed = [...values].map((value) => numberLike(expected, BigInt(value))).join(', ')
    this.compare({
      source: 'memory',
      comparison: 'equal',
      what: `values of the ${bytes} bytes at DATA+${offset} of partition ${partition}`,
      expected,
      observed,
      partition,
    })
  },
)

Then('the memory of port {string} is unchanged', function (this: SystemWorld, port: string) {
  unchanged(this, `memory of port ${port}`, { kind: 'port', port })
})

Then('the {int} bytes of shared region {string} are unchanged', function (this: SystemWorld, bytes: number, region: string) {
  unchanged(this, `memory of shared region ${region}`, { kind: 'shared', region, offset: 0, bytes })
})

Then('the code of partition {string} is unchanged', function (this: SystemWorld, partition: string) {
  // A partition's code is written from its image when it starts; the image is what must still be there.
  const image = this.observe({ kind: 'memory', place: { kind: 'image', partition } })
  const code = this.observe({ kind: 'memory', place: { kind: 'code', partition, offset: 0, bytes: image.length } })
  this.compare({
    source: 'memory',
    comparison: 'unchanged',
    what: `code of partition ${partition} against its image`,
    expected: digest(image),
    observed: digest(code),
    stands: 'unchanged',
    partition,
  })
})

Then('the measured configuration is unchanged', function (this: SystemWorld) {
  unchanged(this, 'configuration vector', { kind: 'configuration' })
})

function unchanged(world: SystemWorld, what: string, place: Place): void {
  const expected = digest(world.asBooted().observe({ kind: 'memory', place }))
  const observed = digest(world.observe({ kind: 'memory', place }))
  world.compare({ source: 'memory', comparison: 'unchanged', what, expected, observed, stands: 'unchanged' })
}

Then(
  'the text at {int} of shared region {string} is {string}',
  function (this: SystemWorld, offset: number, region: string, expected: string) {
    const observed = text(this.observe({ kind: 'memory', place: { kind: 'shared', region, offset, bytes: expected.length } }))
    this.compare({ source: 'memory', comparison: 'equal', what: `text at ${offset} of shared region ${region}`, expected, observed })
  },
)

Then(
  'the memory of port {string} holds the text {string} {int} time(s)',
  function (this: SystemWorld, port: string, searched: string, times: number) {
    const observed = String(text(this.observe({ kind: 'memory', place: { kind: 'port', port } })).split(searched).length - 1)
    this.compare({
      source: 'memory',
      comparison: 'equal',
      what: `copies of "${searched}" in the memory of port ${port}`,
      expected: String(times),
      observed,
    })
  },
)

Then('partition {string} is as if partition {string} had only spun', function (this: SystemWorld, partition: string, disturber: string) {
  const undisturbed = this.rerun(new Map([[disturber, '1: j 1b']]))
  const what = `code, data and registers of partition ${partition} against a run without the program of ${disturber}`
  const [expected, observed] = [stateOf(undisturbed, partition), stateOf(this.system, partition)]
  this.compare({
    source: 'memory',
    comparison: 'unchanged',
    what,
    expected,
    observed,
    stands: `as if partition "${disturber}" had only spun`,
    partition,
  })
})

function stateOf(system: SystemUnderTest, partition: string): string {
  const image = system.observe({ kind: 'memory', place: { kind: 'image', partition } })
  const code = system.observe({ kind: 'memory', place: { kind: 'code', partition, offset: 0, bytes: image.length } })
  const data = system.observe({ kind: 'memory', place: { kind: 'all-data', partition } })
  const registers = Array.from({ length: 31 }, (_, index) => system.observe({ kind: 'register', partition, register: index + 1 }))
  return digest(Buffer.concat([code, data, Buffer.from(registers.join(' '))]))
}
