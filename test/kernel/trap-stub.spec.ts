/** The kernel's real machine code, as it is assembled: what the kernel believes of it must be so. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../kernel/programs/assembler/assemble.js'
import { disassemble } from '../../kernel/programs/disassembler/disassemble.js'
import { BOOT_ROM_SOURCE, romSymbols } from '../../kernel/separation/boot/boot-rom.js'
import { BOOT_RESUME_CYCLES, IDLE_OFFSET, RESUME_CYCLES, TRAP_ENTRY_OFFSET, TRAP_STUB } from '../../kernel/separation/boot/trap-stub.js'
import { CONTEXT_BYTES } from '../../kernel/separation/memory/kernel-records.js'
import { BOOT_MANIFEST, BOOT_ROM, KERNEL_STUB } from '../../kernel/separation/memory/physical-map.js'
import { compileNamed } from '../../kernel/testbench/open-system.js'

/** Budget of real machine code in the trusted base, in instructions. */
const MOST_INSTRUCTIONS = 300

function assembled(source: string, base: number, symbols: Readonly<Record<string, bigint>> = {}) {
  const program = assemble(source, { file: 'kernel.s', base, symbols })
  assert.ok(program.ok)
  const view = new DataView(program.value.bytes.buffer, program.value.bytes.byteOffset, program.value.bytes.byteLength)
  const text = Array.from({ length: view.byteLength / 4 }, (_, index) => disassemble(view.getUint32(4 * index, true), base + 4 * index))
  return { text, symbols: program.value.symbols, bytes: program.value.bytes.length }
}

const stub = assembled(TRAP_STUB, KERNEL_STUB.address)
const at = (symbol: string): number => Number(stub.symbols.get(symbol)) - KERNEL_STUB.address
const from = (symbol: string): readonly string[] => stub.text.slice(at(symbol) / 4)
const slots = (mnemonic: string, lines: readonly string[]): readonly number[] =>
  lines.filter((line) => line.startsWith(`${mnemonic} `)).map((line) => Number(/(\d+)\(a0\)/u.exec(line)?.[1] ?? NaN))

describe('Trap stub', () => {
  test('the entries lie where the kernel sends the hart', () => {
    assert.deepEqual([at('kernel_entry'), at('idle'), at('trap_entry')], [0, IDLE_OFFSET, TRAP_ENTRY_OFFSET])
    assert.equal(TRAP_ENTRY_OFFSET % 4, 0, 'stvec takes 4-byte aligned addresses')
  })

  test('the way out takes as many cycles as the kernel pads for', () => {
    const path = from('resume')
    assert.equal(path.findIndex((line) => line.startsWith('sret')) + 1, path.length)
    // The trap call retires after its routine; from boot there is a jump more.
    assert.equal(1 + path.length, RESUME_CYCLES)
    assert.equal(BOOT_RESUME_CYCLES, RESUME_CYCLES + 1)
  })

  test('saves pc and every register in its own slot, and restores the same', () => {
    const all = Array.from({ length: 32 }, (_, register) => 8 * register)
    const ways = [slots('sd', from('trap_entry')), slots('ld', from('resume'))]
    for (const way of ways)
      assert.deepEqual(
        [...new Set(way)].sort((a, b) => a - b),
        all,
      )
    assert.ok(all.every((offset) => offset + 8 <= CONTEXT_BYTES))
  })

  test('fits its page', () => assert.ok(stub.bytes <= KERNEL_STUB.bytes))

  test('with the boot ROM of every system it keeps the budget of machine code', (context) => {
    for (const name of ['two-partitions', 'three-partitions', 'supervised']) {
      const rom = assembled(BOOT_ROM_SOURCE, BOOT_ROM.address, romSymbols(compileNamed(name).configuration))
      const count = stub.text.length + rom.text.length
      context.diagnostic(
        `${name}: stub ${stub.text.length}, boot ROM ${rom.text.length}, together ${count} of ${MOST_INSTRUCTIONS} instructions`,
      )
      assert.ok(count <= MOST_INSTRUCTIONS)
      assert.ok(BOOT_ROM.address + rom.bytes <= BOOT_MANIFEST, 'the boot code ends before the manifest')
    }
  })
})
