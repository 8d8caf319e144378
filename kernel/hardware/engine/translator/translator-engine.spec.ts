import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { assemble } from '../../../programs/assembler/assemble.js'
import { MIB } from '../../../common/units.js'
import { bytesOf, encode } from '../../isa/encode.js'
import { Machine, type EngineKind, type MachineOptions } from '../../machine.js'
import { RAM_BASE } from '../../memory/physical-memory.js'
import { EAGER } from './hot-spots.js'

function machineOf(source: string, engine: EngineKind, options: Partial<MachineOptions> = {}): Machine {
  const assembled = assemble(source, { file: 'translator', base: RAM_BASE, symbols: {} })
  assert.ok(assembled.ok, assembled.ok ? '' : assembled.error.text)
  const machine = new Machine({
    ramBytes: MIB,
    rom: new Uint8Array(),
    engine,
    hotness: EAGER,
    resetVector: assembled.value.entry,
    ...options,
  })
  machine.memory.write(RAM_BASE, assembled.value.bytes)
  return machine
}

/** Pairs of machines that only their engine tells apart. */
const pair = (source: string, options: Partial<MachineOptions> = {}): readonly [Machine, Machine] => [
  machineOf(source, 'interpreter', options),
  machineOf(source, 'translator', options),
]

function assertEqual([first, second]: readonly [Machine, Machine], message = ''): void {
  for (let hart = 0; hart < first.hartCount; hart++) {
    const [a, b] = [first.hart(hart), second.hart(hart)]
    assert.deepEqual([b.pc, b.instret, b.cycles, b.privilege], [a.pc, a.instret, a.cycles, a.privilege], message)
  }
  assert.equal(second.digest(), first.digest(), message)
}

const SUM = `
  li   a0, 0
  li   a1, 2000
1:add  a0, a0, a1
  andi t0, a1, 3
  beqz t0, 2f
  xori a0, a0, 21
2:jal  ra, mix
  addi a1, a1, -1
  bnez a1, 1b
  wfi
mix:
  srli t1, a0, 7
  xor  a0, a0, t1
  ret
`

describe('Budgets', () => {
  test('a run of n instructions retires n, wherever in translated code that is', () => {
    const machines = pair(SUM)
    for (const machine of machines) machine.run({ maxInstructions: 3000 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), (count) => {
        const before = machines[1].hart(0).instret
        for (const machine of machines) machine.run({ maxInstructions: count })
        assert.equal(machines[1].hart(0).instret, before + count)
        assertEqual(machines)
      }),
      { seed: 0xb0d, numRuns: 60 },
    )
  })

  test('a run until a cycle ends there', () => {
    const machines = pair(SUM)
    for (const cycle of [1, 999, 1000, 1001, 7777]) {
      for (const machine of machines) assert.deepEqual(machine.run({ untilCycle: cycle }), { kind: 'cycle-limit' })
      assert.equal(machines[1].hart(0).cycles, cycle)
      assertEqual(machines)
    }
  })
})

const MTIMECMP = 0x200_4000

/** Counts in a loop; every interrupt adds to a1 what the loop had counted, and comes 137 cycles after the last. */
const INTERRUPTED = `
  la   t0, handler
  csrw mtvec, t0
  li   s0, ${MTIMECMP}
  li   t0, 500
  sd   t0, 0(s0)
  li   t0, 0x80
  csrw mie, t0
  csrsi mstatus, 8
  li   a2, 4000
1:addi a0, a0, 1
  addi a3, a3, 3
  bne  a0, a2, 1b
  csrci mstatus, 8
  wfi
  j    1b
  .align 2
handler:
  add  a1, a1, a0
  slli a1, a1, 1
  ld   t1, 0(s0)
  addi t1, t1, 137
  sd   t1, 0(s0)
  mret
`

describe('Interrupts', () => {
  test('come at the same instruction as in the interpreter', () => {
    const machines = pair(INTERRUPTED)
    for (const machine of machines) machine.run({ maxInstructions: 12_000 })
    assertEqual(machines)
    assert.notEqual(machines[1].hart(0).x(11), 0n)
  })

  test('one that a return from a trap enables comes before the next instruction', () => {
    const source = `
      la   t0, handler
      csrw mtvec, t0
      li   t0, ${MTIMECMP}
      sd   zero, 0(t0)
      li   t0, 0x80
      csrw mie, t0
      la   t0, enabled
      csrw mepc, t0
      li   t0, 0x1880
      csrw mstatus, t0
      mret
    enabled:
      addi a0, a0, 1
      wfi
      .align 2
    handler:
      csrr a1, mepc
      wfi`
    const machines = pair(source)
    for (const machine of machines) machine.run({ maxInstructions: 200 })
    assertEqual(machines)
    assert.equal(machines[1].hart(0).x(10), 0n)
  })
})

/** Calls f 400 times; the second half of the calls finds another instruction there. */
const selfModifying = (fence: string): string => `
  li   a1, 400
  la   t0, f
  lw   t1, other
1:jal  ra, f
  addi a1, a1, -1
  li   t2, 200
  bne  a1, t2, 2f
  sw   t1, 0(t0)
  ${fence}
2:bnez a1, 1b
  wfi
  .align 3
f:
  addi a0, a0, 1
  ret
other:
  addi a0, a0, 3
`

describe('Code that changes', () => {
  for (const [title, fence] of [
    ['with FENCE.I', 'fence.i'],
    ['without: the machine is coherent', 'nop'],
  ] as const)
    test(`a store to a translated instruction holds for the next call, ${title}`, () => {
      const machines = pair(selfModifying(fence))
      for (const machine of machines) machine.run({ maxInstructions: 20_000 })
      assert.equal(machines[1].hart(0).x(10), 200n + 3n * 200n)
      assertEqual(machines)
    })

  test('a store into the very loop that stores takes effect at once', () => {
    const machines = pair(`
      li   a1, 300
      la   t0, patch
      lw   t1, other
    1:addi a1, a1, -1
      li   t2, 150
      bne  a1, t2, patch
      sw   t1, 0(t0)
    patch:
      addi a0, a0, 1
      bnez a1, 1b
      wfi
    other:
      addi a0, a0, 5`)
    for (const machine of machines) machine.run({ maxInstructions: 20_000 })
    assert.equal(machines[1].hart(0).x(10), 149n + 5n * 151n)
    assertEqual(machines)
  })

  test('code that is rewritten again and again stays right when its page is left to the interpreter', () => {
    const machines = pair(`
      li   a1, 3000
      la   t0, f
      lw   t1, 0(t0)
    1:slli t2, a1, 20
      xor  t3, t1, t2
      sw   t3, 0(t0)
      jal  ra, f
      addi a1, a1, -1
      bnez a1, 1b
      wfi
      .align 3
    f:addi a0, a0, 1
      ret`)
    for (const machine of machines) machine.run({ maxInstructions: 40_000 })
    assertEqual(machines)
  })

  test('a store from outside, as a loader or a bus master makes it, holds when the machine runs again', () => {
    const machines = pair(`1: addi a0, a0, 1\n j 1b`)
    for (const machine of machines) {
      machine.run({ maxInstructions: 5000 })
      machine.memory.write(RAM_BASE, bytesOf([encode('addi', { rd: 10, rs1: 10, immediate: 7 })]))
      machine.run({ maxInstructions: 2000 })
    }
    assert.equal(machines[1].hart(0).x(10), 2500n + 7n * 1000n)
    assertEqual(machines)
  })

  test('a snapshot brings the code of its time back', () => {
    const machines = pair(`1: addi a0, a0, 1\n j 1b`)
    for (const machine of machines) {
      machine.run({ maxInstructions: 5000 })
      const snapshot = machine.snapshot()
      machine.memory.write(RAM_BASE, bytesOf([encode('addi', { rd: 10, rs1: 10, immediate: 7 })]))
      machine.run({ maxInstructions: 2000 })
      machine.restore(snapshot)
      machine.run({ maxInstructions: 2000 })
    }
    assert.equal(machines[1].hart(0).x(10), 3500n)
    assertEqual(machines)
  })

  test('another hart sees the new instruction', () => {
    const source = `
      csrr t0, mhartid
      bnez t0, writer
    1:addi a0, a0, 1
      lw   t1, flag
      beqz t1, 1b
      wfi
    writer:
      li   a1, 3000
    2:addi a1, a1, -1
      bnez a1, 2b
      la   t0, flag
      li   t1, 1
      sw   t1, 0(t0)
      la   t0, 1b
      lw   t1, other
      sw   t1, 0(t0)
      wfi
    flag:
      .word 0
    other:
      addi a0, a0, 9`
    const machines = pair(
      source.replace('1b\n      lw   t1, other', 'first\n      lw   t1, other').replace('1:addi a0', 'first:\n    1:addi a0'),
      { harts: 2 },
    )
    for (const machine of machines) machine.run({ untilCycle: 64 * 1024 })
    assertEqual(machines)
  })
})

/** Two pages of code with one virtual address, 0x40000000: calls it, maps the other one there, calls it again. */
const REMAPPED = `
  li   t0, -1
  csrw pmpaddr0, t0
  li   t0, 0x1f
  csrw pmpcfg0, t0
  la   s0, leaf
  la   t0, middle
  srli t0, t0, 2
  ori  t0, t0, 1
  la   t1, root
  sd   t0, 8(t1)
  la   t0, leaf
  srli t0, t0, 2
  ori  t0, t0, 1
  la   t2, middle
  sd   t0, 0(t2)
  li   t0, ${(RAM_BASE >>> 2) | 0xcf}
  sd   t0, 16(t1)
  la   s1, first
  la   s2, second
  srli s1, s1, 2
  ori  s1, s1, 0xcf
  srli s2, s2, 2
  ori  s2, s2, 0xcf
  sd   s1, 0(s0)
  srli t1, t1, 12
  li   t0, 8
  slli t0, t0, 60
  or   t0, t0, t1
  csrw satp, t0
  la   t0, supervisor
  csrw mepc, t0
  li   t0, 0x800
  csrw mstatus, t0
  mret
supervisor:
  li   s3, 0x40000000
  li   s4, 500
1:jalr ra, 0(s3)
  addi s4, s4, -1
  bnez s4, 1b
  sd   s2, 0(s0)
  sfence.vma
  li   s4, 500
2:jalr ra, 0(s3)
  addi s4, s4, -1
  bnez s4, 2b
  j    .
  .align 12
first:
  addi a0, a0, 1
  ret
  .align 12
second:
  addi a0, a0, 4
  ret
  .align 12
root:
  .zero 4096
middle:
  .zero 4096
leaf:
  .zero 4096
`

describe('Translation of addresses', () => {
  test('a translation of code ends to hold when its page is mapped elsewhere', () => {
    const machines = pair(REMAPPED)
    for (const machine of machines) machine.run({ maxInstructions: 8000 })
    assert.equal(machines[1].hart(0).x(10), 500n + 4n * 500n)
    assertEqual(machines)
  })
})

/** From U to M and back, 300 times. */
const CALLS = `
  li   t0, -1
  csrw pmpaddr0, t0
  li   t0, 0x1f
  csrw pmpcfg0, t0
  la   t0, handler
  csrw mtvec, t0
  la   t0, user
  csrw mepc, t0
  mret
user:
  li   s0, 300
1:ecall
  addi s0, s0, -1
  bnez s0, 1b
  j    .
  .align 2
handler:
  csrrw t6, mscratch, t6
  addi a0, a0, 1
  csrr t5, mcause
  add  a1, a1, t5
  csrr t5, mepc
  addi t5, t5, 4
  csrw mepc, t5
  csrrw t6, mscratch, t6
  mret
`

describe('Environment calls', () => {
  test('a trap takes a cycle and retires nothing', () => {
    const machines = pair(CALLS)
    for (const machine of machines) machine.run({ maxInstructions: 4500 })
    const hart = machines[1].hart(0)
    assert.equal(hart.x(10), 300n)
    assert.equal(hart.x(11), 8n * 300n)
    assert.equal(hart.cycles - hart.instret, 300)
    assertEqual(machines)
  })

  test('whoever listens hears of every change of privilege', () => {
    const heard = pair(CALLS).map((machine) => {
      const changes: string[] = []
      machine.onPrivilegeChange(({ cycle, from, to, pc }) => changes.push(`${cycle} ${from} ${to} ${pc}`))
      machine.run({ maxInstructions: 3000 })
      return changes
    })
    assert.ok((heard[0]?.length ?? 0) > 300)
    assert.deepEqual(heard[1], heard[0])
  })
})

describe('Exchange of engines', () => {
  test('another engine goes on at any instruction', () => {
    const machine = machineOf(SUM, 'translator')
    const alone = machineOf(SUM, 'interpreter')
    const kinds: readonly EngineKind[] = ['interpreter', 'translator', 'reference', 'translator']
    for (let turn = 0; turn < 40; turn++) {
      machine.useEngine(kinds[turn % kinds.length] ?? 'translator')
      machine.run({ maxInstructions: 123 })
      alone.run({ maxInstructions: 123 })
    }
    assertEqual([alone, machine])
  })
})
