import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { writeElf64 } from './elf-writer.js'
import { parseElf64 } from './elf64.js'

const SEED = 243

describe('ELF64 files that are written', () => {
  test('any program with any symbols is read back as it was', () => {
    const addresses = fc.bigInt({ min: 0n, max: 2n ** 56n })
    const names = fc.stringMatching(/^[a-z_][a-zA-Z0-9_]{0,12}$/)
    const symbols = fc.dictionary(names, addresses, { noNullPrototype: true }).map((entries) => new Map(Object.entries(entries)))
    const programs = fc.record({ base: addresses, bytes: fc.uint8Array({ minLength: 1, maxLength: 100 }), entry: addresses, symbols })
    fc.assert(
      fc.property(programs, (program) => {
        const read = parseElf64(writeElf64(program), 'written.elf')
        assert.ok(read.ok, read.ok ? '' : read.error.message)
        const [segment] = read.value.segments
        assert.equal(read.value.entry, program.entry)
        assert.deepEqual(read.value.symbols, program.symbols)
        assert.equal(segment?.physical, program.base)
        assert.equal(segment.memorySize, BigInt(program.bytes.length))
        assert.deepEqual([...segment.bytes], [...program.bytes])
      }),
      { seed: SEED },
    )
  })
})
