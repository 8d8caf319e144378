import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Privilege } from '../../common/hosted-port.js'
import { KIB } from '../../common/units.js'
import { bytesOf, encode } from '../isa/encode.js'
import { Machine, type EngineKind, type PrivilegeChange } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'

const CSR = {
  mstatus: 0x300,
  medeleg: 0x302,
  mideleg: 0x303,
  mie: 0x304,
  mtvec: 0x305,
  mepc: 0x341,
  mcause: 0x342,
  mtval: 0x343,
  mip: 0x344,
} as const
const SCSR = { sstatus: 0x100, stvec: 0x105, sepc: 0x141, scause: 0x142, stval: 0x143, stimecmp: 0x14d } as const
const MENVCFG = 0x30a
const [SIE, MIE, SPIE, MPIE, SPP, MPRV] = [1n << 1n, 1n << 3n, 1n << 5n, 1n << 7n, 1n << 8n, 1n << 17n]
const HANDLER = BigInt(RAM_BASE + 0x1000)
const NOP = encode('addi')
const LOOP = encode('jal', { rd: 0, immediate: 0 })

function machineWith(
  engine: EngineKind,
  privilege: Privilege,
  words: readonly number[],
  csrs: readonly (readonly [number, bigint])[] = [],
): Machine {
  const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine, resetVector: RAM_BASE })
  const hart = machine.hart(0)
  machine.memory.write(RAM_BASE, bytesOf(words))
  for (let place = 0; place < 0x100; place += 4) machine.memory.write(Number(HANDLER) + place, bytesOf([LOOP]))
  const open = [
    [0x3b0, (1n << 54n) - 1n],
    [0x3a0, 0x1fn],
    [CSR.mtvec, HANDLER],
    [SCSR.stvec, HANDLER],
  ] as const
  for (const [number, value] of [...open, ...csrs]) hart.setCsr(number, value)
  hart.privilege = privilege
  return machine
}

for (const engine of ['reference', 'interpreter'] as const) {
  describe(`Exceptions, ${engine}`, () => {
    test('an environment call does not retire, costs one cycle, and reports its privilege', () => {
      for (const [privilege, cause] of [
        ['U', 8n],
        ['S', 9n],
        ['M', 11n],
      ] as const) {
        const machine = machineWith(engine, privilege, [NOP, encode('ecall')])
        machine.run({ maxInstructions: 5, breakAt: () => true })
        const hart = machine.hart(0)
        assert.deepEqual([hart.csr(CSR.mcause), hart.csr(CSR.mepc), hart.csr(CSR.mtval)], [cause, BigInt(RAM_BASE + 4), 0n])
        assert.deepEqual([hart.instret, hart.cycles, hart.pc, hart.privilege], [1, 2, HANDLER, 'M'])
      }
    })

    test('a delegated exception from U or S goes to S, one from M to M', () => {
      const delegate = [[CSR.medeleg, 0xb3ffn]] as const
      for (const [from, to] of [
        ['U', 'S'],
        ['S', 'S'],
        ['M', 'M'],
      ] as const) {
        const machine = machineWith(engine, from, [encode('ebreak')], delegate)
        machine.run({ breakAt: () => true })
        assert.equal(machine.hart(0).privilege, to)
        assert.equal(machine.hart(0).csr(to === 'S' ? SCSR.scause : CSR.mcause), 3n)
        assert.equal(machine.hart(0).csr(to === 'S' ? SCSR.stval : CSR.mtval), BigInt(RAM_BASE), 'the breakpoint’s address')
      }
    })

    test('trap entry stacks privilege and interrupt enable; the return unstacks them', () => {
      const machine = machineWith(engine, 'S', [encode('ecall')], [[CSR.mstatus, MIE]])
      machine.memory.write(Number(HANDLER), bytesOf([encode('mret')]))
      const hart = machine.hart(0)
      machine.run({ breakAt: () => true })
      assert.equal(hart.csr(CSR.mstatus) & (MIE | MPIE | (3n << 11n)), MPIE | (1n << 11n))
      machine.run({ breakAt: () => true })
      assert.equal(hart.csr(CSR.mstatus) & (MIE | MPIE | (3n << 11n)), MIE | MPIE, 'MPP becomes U')
      assert.deepEqual([hart.privilege, hart.pc], ['S', BigInt(RAM_BASE)])
    })

    test('SRET returns to SPP, sets SPIE, and clears MPRV', () => {
      const machine = machineWith(
        engine,
        'M',
        [encode('sret')],
        [
          [CSR.mstatus, SPP | MPRV],
          [SCSR.sepc, HANDLER],
        ],
      )
      machine.run({ maxInstructions: 1 })
      const hart = machine.hart(0)
      assert.deepEqual([hart.privilege, hart.pc], ['S', HANDLER])
      assert.equal(hart.csr(CSR.mstatus) & (SIE | SPIE | SPP | MPRV), SPIE)
    })

    test('MRET to M keeps MPRV', () => {
      const machine = machineWith(
        engine,
        'M',
        [encode('mret')],
        [
          [CSR.mstatus, MPRV | (3n << 11n)],
          [CSR.mepc, HANDLER],
        ],
      )
      machine.run({ maxInstructions: 1 })
      assert.equal(machine.hart(0).csr(CSR.mstatus) & MPRV, MPRV)
    })

    test('an all-zero word is illegal and reports itself', () => {
      const machine = machineWith(engine, 'U', [0])
      machine.run({ breakAt: () => true })
      assert.deepEqual([machine.hart(0).csr(CSR.mcause), machine.hart(0).csr(CSR.mtval)], [2n, 0n])
    })

    test('privilege changes are told with cycle, cause, target and satp', () => {
      const machine = machineWith(engine, 'U', [NOP, encode('ecall')])
      const seen: PrivilegeChange[] = []
      machine.onPrivilegeChange((change) => seen.push(change))
      machine.run({ maxInstructions: 3 })
      assert.deepEqual(seen, [{ hart: 0, cycle: 2, from: 'U', to: 'M', pc: HANDLER, cause: { kind: 'exception', code: 8 }, satp: 0n }])
    })

    test('a trap handler that cannot be fetched is a loop of traps: the run ends idle, or at its cycle', () => {
      const machine = machineWith(engine, 'M', [encode('ecall')], [[CSR.mtvec, 0n]])
      assert.deepEqual(machine.run(), { kind: 'idle' })
      assert.deepEqual(machine.run({ untilCycle: 1_000_000_000 }), { kind: 'cycle-limit' })
      assert.deepEqual([machine.hart(0).cycles, machine.hart(0).instret], [1_000_000_000, 0])
      assert.equal(machine.hart(0).csr(CSR.mcause), 1n)
    })

    test('an interrupt ends a loop of traps in a lower privilege at its cycle', () => {
      const machine = machineWith(
        engine,
        'S',
        [encode('ecall')],
        [
          [CSR.medeleg, 0xb3ffn],
          [SCSR.stvec, 0n],
          [CSR.mie, 0x80n],
        ],
      )
      const seen: PrivilegeChange[] = []
      machine.onPrivilegeChange((change) => change.to === 'M' && seen.push(change))
      setTimer(machine, 5000n)
      machine.run({ untilCycle: 6000 })
      assert.equal(seen[0]!.cycle, 5001)
      assert.deepEqual(seen[0]!.cause, { kind: 'interrupt', code: 7 })
    })
  })

  describe(`Interrupts, ${engine}`, () => {
    const timerAt = (time: bigint, privilege: Privilege, csrs: readonly (readonly [number, bigint])[]): Machine => {
      const machine = machineWith(engine, privilege, Array<number>(64).fill(NOP), csrs)
      setTimer(machine, time)
      return machine
    }

    const masked: readonly (readonly [string, Privilege, readonly (readonly [number, bigint])[]])[] = [
      ['without mie.MTIE', 'U', [[CSR.mstatus, MIE]]],
      ['in M without mstatus.MIE', 'M', [[CSR.mie, 0x80n]]],
    ]
    for (const [what, privilege, csrs] of masked)
      test(`a timer interrupt is not taken ${what}, but pending`, () => {
        const machine = timerAt(10n, privilege, csrs)
        machine.run({ maxInstructions: 40 })
        assert.equal(machine.hart(0).pc, BigInt(RAM_BASE + 160))
        assert.equal(machine.hart(0).csr(CSR.mip), 0x80n)
      })

    test('it is taken before the first instruction that would begin at or after mtimecmp', () => {
      for (const time of [1, 2, 7, 30]) {
        const machine = timerAt(BigInt(time), 'U', [[CSR.mie, 0x80n]])
        machine.run({ breakAt: () => true })
        const hart = machine.hart(0)
        assert.deepEqual([hart.instret, hart.cycles], [time, time + 1])
        assert.equal(hart.csr(CSR.mepc), BigInt(RAM_BASE + 4 * time))
        assert.equal(hart.csr(CSR.mcause), (1n << 63n) | 7n)
        assert.equal(hart.csr(CSR.mtval), 0n)
      }
    })

    test('vectored mode adds four times the cause for interrupts, nothing for exceptions', () => {
      const machine = timerAt(3n, 'U', [
        [CSR.mie, 0x80n],
        [CSR.mtvec, HANDLER | 1n],
      ])
      machine.run({ breakAt: () => true })
      assert.equal(machine.hart(0).pc, HANDLER + 28n)
      const exception = machineWith(engine, 'U', [encode('ecall')], [[CSR.mtvec, HANDLER | 1n]])
      exception.run({ breakAt: () => true })
      assert.equal(exception.hart(0).pc, HANDLER)
    })

    test('stimecmp raises STIP at its cycle, delegated to S while SIE allows', () => {
      const csrs = [
        [MENVCFG, 1n << 63n],
        [CSR.mideleg, 0x222n],
        [CSR.mie, 0x20n],
        [SCSR.stimecmp, 12n],
      ] as const
      const open = machineWith(engine, 'S', Array<number>(64).fill(NOP), [...csrs, [CSR.mstatus, SIE]])
      open.run({ breakAt: () => true })
      assert.deepEqual([open.hart(0).cycles, open.hart(0).privilege], [13, 'S'])
      assert.equal(open.hart(0).csr(SCSR.scause), (1n << 63n) | 5n)
      const closed = machineWith(engine, 'S', Array<number>(64).fill(NOP), csrs)
      closed.run({ maxInstructions: 40 })
      assert.equal(closed.hart(0).csr(SCSR.scause), 0n)
    })

    test('an interrupt delegated to S is never taken in M', () => {
      const machine = machineWith(engine, 'M', Array<number>(64).fill(NOP), [
        [CSR.mideleg, 0x222n],
        [CSR.mie, 0x2n],
        [CSR.mip, 0x2n],
        [CSR.mstatus, MIE | SIE],
      ])
      machine.run({ maxInstructions: 10 })
      assert.equal(machine.hart(0).instret, 10)
      assert.equal(machine.hart(0).privilege, 'M')
    })

    test('of several, M’s come before S’s, and external before software before timer', () => {
      const machine = machineWith(
        engine,
        'U',
        [NOP],
        [
          [CSR.mideleg, 0x2n],
          [CSR.mie, 0xaaan],
          [CSR.mip, 0x222n],
        ],
      )
      machine.run({ breakAt: () => true })
      assert.equal(machine.hart(0).csr(CSR.mcause), (1n << 63n) | 9n)
    })
  })

  describe(`WFI, ${engine}`, () => {
    test('time jumps to the interrupt that ends it, which is taken at exactly its cycle, after the WFI', () => {
      const machine = machineWith(
        engine,
        'M',
        [encode('wfi'), NOP],
        [
          [CSR.mie, 0x80n],
          [CSR.mstatus, MIE],
        ],
      )
      setTimer(machine, 1_000_000n)
      machine.run({ breakAt: () => true })
      const hart = machine.hart(0)
      assert.deepEqual([hart.cycles, hart.instret], [1_000_001, 1])
      assert.equal(hart.csr(CSR.mepc), BigInt(RAM_BASE + 4))
    })

    test('an interrupt that is pending and enabled in mie ends it even when it is not taken', () => {
      const machine = machineWith(engine, 'M', [encode('wfi'), NOP], [[CSR.mie, 0x80n]])
      setTimer(machine, 500n)
      machine.run({ maxInstructions: 2 })
      assert.deepEqual([machine.hart(0).cycles, machine.hart(0).privilege], [501, 'M'])
    })

    test('when nothing can end it the run is idle, and stays so', () => {
      const machine = machineWith(engine, 'M', [encode('wfi')], [[CSR.mie, 0x80n]])
      assert.deepEqual(machine.run(), { kind: 'idle' })
      assert.deepEqual(machine.run({ untilCycle: 1000 }), { kind: 'idle' })
      assert.equal(machine.hart(0).pc, BigInt(RAM_BASE))
    })

    test('a cycle limit inside the wait changes nothing about its end', () => {
      const outcome = (limits: readonly number[]): readonly unknown[] => {
        const machine = machineWith(
          engine,
          'M',
          [encode('wfi'), NOP],
          [
            [CSR.mie, 0x80n],
            [CSR.mstatus, MIE],
          ],
        )
        setTimer(machine, 900n)
        for (const untilCycle of limits) machine.run({ untilCycle })
        return [machine.hart(0).cycles, machine.hart(0).instret, machine.digest()]
      }
      assert.deepEqual(outcome([100, 333, 899, 950]), outcome([950]))
    })
  })
}

/** Sets MTIMECMP before the program begins, by way of the device's snapshot. */
function setTimer(machine: Machine, time: bigint): void {
  const snapshot = machine.snapshot()
  machine.restore({ ...snapshot, devices: { ...snapshot.devices, aclint: { msip: [false], mtimecmp: [time] } } })
}
