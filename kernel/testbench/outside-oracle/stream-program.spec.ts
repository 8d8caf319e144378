import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bootElf, ENGINE_KINDS, type EngineKind } from '../bare-machine.js'
import { streamProgram, type StreamOptions } from './stream-program.js'

const OPTIONS: StreamOptions = { seed: 7, privilege: 'U', blocks: 6, instructionsPerBlock: 64, passes: 2 }

function digests(options: StreamOptions, engine: EngineKind): string[] {
  const { elf } = streamProgram(options)
  assert.ok(elf.ok, elf.ok ? '' : elf.error)
  let printed = ''
  const output = (bytes: Uint8Array): void => void (printed += Buffer.from(bytes).toString('latin1'))
  const run = bootElf({ elf: elf.value, file: 'stream.elf', engine, output })
  assert.ok(run.ok && run.value.exit === 0, 'a stream never traps')
  return printed.trim().split('\n')
}

describe('Instruction streams for an outside oracle', () => {
  for (const privilege of ['M', 'S', 'U'] as const)
    test(`${privilege}: one digest for each block and pass, the same on every engine`, () => {
      const [first = [], ...others] = ENGINE_KINDS.map((engine) => digests({ ...OPTIONS, privilege }, engine))
      assert.equal(first.length, OPTIONS.blocks * OPTIONS.passes)
      assert.equal(new Set(first).size, first.length, 'each pass has other registers')
      for (const other of others) assert.deepEqual(other, first)
    })

  test('another stream gives other digests', () => {
    assert.notDeepEqual(digests({ ...OPTIONS, seed: 8 }, 'interpreter'), digests(OPTIONS, 'interpreter'))
  })
})
