import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { assembleElf } from '../../kernel/testbench/assembled-elf.js'
import { command } from '../commands/machine.js'
import { parseInvocation } from '../command.js'
import type { Terminal } from '../terminal.js'

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-trace-file-'))
after(() => rmSync(folder, { recursive: true }))

const silent: Terminal = { out: () => undefined, progress: () => undefined, closed: () => false }

async function machine(...args: readonly string[]): Promise<number> {
  const elf = assembleElf('_start: li t0, 0x100000\n li t1, 0x5555\n sw t1, 0(t0)\n1: j 1b\n', { file: 'end.s' })
  assert.ok(elf.ok)
  const file = join(folder, 'end.elf')
  writeFileSync(file, elf.value)
  const invocation = parseInvocation(command, [file, ...args])
  assert.ok(invocation !== 'help')
  return command.run(invocation, silent)
}

describe('machine --trace', () => {
  test('the file holds one line for each instruction, and the program ends as it would', async () => {
    const trace = join(folder, 'trace.txt')
    assert.equal(await machine('--trace', trace), 0)
    const lines = readFileSync(trace, 'utf8').split('\n')
    assert.match(lines[0] ?? '', /^1 M 80000000 <_start> 001002b7 lui t0, 0x100; t0 0x100000$/)
    assert.match(lines.at(-2) ?? '', /^4 M 8000000c <_start\+0xc> 0062a023 sw t1, 0\(t0\)$/)
    assert.equal(lines.at(-1), '')
  })

  test('--trace-limit ends the trace, not the program', async () => {
    const trace = join(folder, 'short.txt')
    assert.equal(await machine('--trace', trace, '--trace-limit', '2'), 0)
    assert.equal(readFileSync(trace, 'utf8').split('\n').length, 3)
  })

  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [['--trace', join('/', 'no-such-folder', 'x')], /cannot be written/],
    [['--trace-limit', '3'], /give --trace FILE too/],
    [['--trace', '-', '--gdb', '1234'], /cannot be given with/],
    [['--trace', '-', '--trace-limit', '0'], /not a whole number/],
  ]
  for (const [args, message] of refused)
    test(`${args.join(' ')} is refused in one line`, async () => {
      await assert.rejects(machine(...args), (error: Error) => message.test(error.message) && !error.message.includes('\n'))
    })
})
