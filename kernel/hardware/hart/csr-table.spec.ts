/** CSR rules through CSR instructions and trap causes, on the reference engine (CSRs have no other path). */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../common/units.js'
import type { Privilege } from '../../common/hosted-port.js'
import { bytesOf, encode } from '../isa/encode.js'
import { Machine } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'
import { CSR_TABLE } from './csr-table.js'

const ILLEGAL = 2n
const ALL_ONES = (1n << 64n) - 1n
const EVERYTHING = (1n << 54n) - 1n

const number = (name: string): number => CSR_TABLE.find((csr) => csr.name === name)!.number

/** A hart with open PMP at a privilege, CSRs set first in M. */
function hartAt(privilege: Privilege, csrs: Readonly<Record<string, bigint>> = {}): Machine {
  const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine: 'reference', resetVector: RAM_BASE })
  const hart = machine.hart(0)
  hart.setCsr(number('pmpaddr0'), EVERYTHING)
  hart.setCsr(number('pmpcfg0'), 0x1fn)
  for (const [name, value] of Object.entries(csrs)) hart.setCsr(number(name), value)
  hart.privilege = privilege
  return machine
}

/** Executes one word; the cause if it trapped. */
function execute(machine: Machine, word: number): bigint | undefined {
  machine.memory.write(RAM_BASE, bytesOf([word]))
  const stop = machine.run({ maxInstructions: 1, breakAt: ({ cause }) => cause !== undefined })
  return stop.kind === 'break' ? machine.hart(0).csr(machine.hart(0).privilege === 'S' ? 0x142 : 0x342) : undefined
}

const read = (name: string): number => encode('csrrs', { rd: 5, rs1: 0, number: number(name) })
const write = (name: string): number => encode('csrrw', { rd: 5, rs1: 6, number: number(name) })

describe('CSR access', () => {
  const refused: readonly (readonly [string, Privilege, number, Readonly<Record<string, bigint>>])[] = [
    ['S reads an M register', 'S', read('mstatus'), {}],
    ['U reads an S register', 'U', read('sstatus'), {}],
    ['M writes a read-only register', 'M', write('mhartid'), {}],
    ['U writes cycle, which it may read', 'U', write('cycle'), { mcounteren: 7n, scounteren: 7n }],
    ['M reads a CSR that does not exist', 'M', encode('csrrs', { rd: 5, rs1: 0, number: 0x5c0 }), {}],
    ['M reads pmpcfg1, which RV64 does not have', 'M', encode('csrrs', { rd: 5, rs1: 0, number: 0x3a1 }), {}],
    ['S reads cycle without mcounteren.CY', 'S', read('cycle'), { mcounteren: 6n }],
    ['U reads instret with mcounteren but without scounteren', 'U', read('instret'), { mcounteren: 7n, scounteren: 3n }],
    ['S reads satp under TVM', 'S', read('satp'), { mstatus: 1n << 20n }],
    ['S reads stimecmp without menvcfg.STCE', 'S', read('stimecmp'), { mcounteren: 7n }],
    ['S reads stimecmp without mcounteren.TM', 'S', read('stimecmp'), { menvcfg: 1n << 63n, mcounteren: 5n }],
    ['U executes SRET', 'U', encode('sret'), {}],
    ['S executes SRET under TSR', 'S', encode('sret'), { mstatus: 1n << 22n }],
    ['S executes MRET', 'S', encode('mret'), {}],
    ['S executes WFI under TW', 'S', encode('wfi'), { mstatus: 1n << 21n }],
    ['U executes WFI', 'U', encode('wfi'), {}],
    ['S executes SFENCE.VMA under TVM', 'S', encode('sfence.vma (all)'), { mstatus: 1n << 20n }],
    ['U executes SFENCE.VMA', 'U', encode('sfence.vma (all)'), {}],
  ]
  for (const [what, privilege, word, csrs] of refused)
    test(`${what}: illegal instruction, and rd keeps its value`, () => {
      const machine = hartAt(privilege, csrs)
      machine.hart(0).setX(5, 99n)
      assert.equal(execute(machine, word), ILLEGAL)
      assert.equal(machine.hart(0).csr(0x343), BigInt(word), 'mtval holds the instruction')
      assert.equal(machine.hart(0).x(5), 99n)
      assert.equal(machine.hart(0).instret, 0)
    })

  const allowed: readonly (readonly [string, Privilege, number, Readonly<Record<string, bigint>>])[] = [
    ['S reads cycle with mcounteren.CY', 'S', read('cycle'), { mcounteren: 1n }],
    ['U reads time with both', 'U', read('time'), { mcounteren: 2n, scounteren: 2n }],
    ['M reads satp under TVM', 'M', read('satp'), { mstatus: 1n << 20n }],
    ['CSRRS with rs1 = x0 does not write a read-only register', 'M', read('mhartid'), {}],
    ['S reads stimecmp', 'S', read('stimecmp'), { menvcfg: 1n << 63n, mcounteren: 2n }],
  ]
  for (const [what, privilege, word, csrs] of allowed) test(what, () => assert.equal(execute(hartAt(privilege, csrs), word), undefined))

  test('CSRRW, CSRRS and CSRRC return the old value and write, set and clear', () => {
    for (const [name, expected] of [
      ['csrrw', 0b0110n],
      ['csrrs', 0b1110n],
      ['csrrc', 0b1000n],
    ] as const) {
      const machine = hartAt('M', { mscratch: 0b1100n })
      machine.hart(0).setX(6, 0b0110n)
      execute(machine, encode(name, { rd: 5, rs1: 6, number: number('mscratch') }))
      assert.equal(machine.hart(0).x(5), 0b1100n)
      assert.equal(machine.hart(0).csr(number('mscratch')), expected, name)
    }
  })

  test('the immediate forms take five bits, zero-extended', () => {
    const machine = hartAt('M')
    execute(machine, encode('csrrwi', { rd: 0, immediate: 31, number: number('mscratch') }))
    assert.equal(machine.hart(0).csr(number('mscratch')), 31n)
  })
})

describe('WARL fields', () => {
  const rows: readonly (readonly [string, bigint, bigint])[] = [
    ['misa', 0n, 0x8000_0000_0014_112fn],
    ['medeleg', ALL_ONES, 0xb3ffn],
    ['mideleg', ALL_ONES, 0x222n],
    ['mie', ALL_ONES, 0xaaan],
    ['mtvec', ALL_ONES, ALL_ONES & ~2n],
    ['mepc', ALL_ONES, ALL_ONES & ~1n],
    ['sepc', 0x1003n, 0x1002n],
    ['mcounteren', ALL_ONES, 7n],
    ['menvcfg', ALL_ONES, (7n << 61n) | 0xf1n], // STCE, PBMTE, ADUE, CBZE, CBCFE, CBIE, FIOM; without Ssdbltrp no DTE
    ['senvcfg', 0xe0n, 0xc0n], // CBIE = 2 is reserved
    ['mcountinhibit', ALL_ONES, 5n], // CY and IR: the other counters are hardwired to zero
    ['mhpmcounter3', ALL_ONES, 0n],
    ['pmpaddr0', ALL_ONES, EVERYTHING],
    ['pmpcfg0', 0x62n, 0n], // W without R is reserved, bits 6:5 are zero
    ['satp', 11n << 60n, 0n], // reserved for Sv64: the write has no effect
    ['satp', (9n << 60n) | 5n, (9n << 60n) | 5n],
    ['satp', (10n << 60n) | 5n, (10n << 60n) | 5n],
    ['satp', (8n << 60n) | (0xffffn << 44n) | 5n, (8n << 60n) | (0xffffn << 44n) | 5n],
    ['tdata1', ALL_ONES, 0n],
  ]
  for (const [name, written, expected] of rows)
    test(`${name}: 0x${written.toString(16)} reads back as 0x${expected.toString(16)}`, () => {
      const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine: 'reference' })
      machine.hart(0).setCsr(number(name), written)
      assert.equal(machine.hart(0).csr(number(name)), expected)
    })

  test('mstatus: MPP never holds the reserved value 2; UXL and SXL stay 64 bits', () => {
    const hart = hartAt('M', { mstatus: 3n << 11n }).hart(0)
    hart.setCsr(number('mstatus'), 2n << 11n)
    assert.equal((hart.csr(number('mstatus')) >> 11n) & 3n, 3n)
    hart.setCsr(number('mstatus'), 0n)
    assert.equal(hart.csr(number('mstatus')), 0xa_0000_0000n)
  })

  test('sstatus, sie and sip show the S part only', () => {
    const hart = hartAt('M', { mstatus: ALL_ONES & ~(1n << 12n), mideleg: 0x20n, mie: 0xaaan, mip: 0x222n }).hart(0)
    assert.equal(hart.csr(number('sstatus')), 0x8000_0002_000c_6122n) // SD, because FS is Dirty
    assert.equal(hart.csr(number('sie')), 0x20n)
    assert.equal(hart.csr(number('sip')), 0x20n)
  })

  test('sip: only SSIP can be written, and only when delegated', () => {
    const hart = hartAt('M').hart(0)
    hart.setCsr(number('sip'), 0x222n)
    assert.equal(hart.csr(number('mip')), 0n)
    hart.setCsr(number('mideleg'), 0x222n)
    hart.setCsr(number('sip'), 0x222n)
    assert.equal(hart.csr(number('mip')), 2n)
  })

  test('a locked PMP entry keeps configuration and address, and a locked TOR the address below it', () => {
    const hart = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine: 'reference' }).hart(0)
    hart.setCsr(number('pmpaddr0'), 0x1000n)
    hart.setCsr(number('pmpaddr1'), 0x2000n)
    hart.setCsr(number('pmpcfg0'), 0x8900n) // entry 1: locked, TOR, R
    hart.setCsr(number('pmpcfg0'), 0x0f0fn)
    hart.setCsr(number('pmpaddr0'), 0n)
    hart.setCsr(number('pmpaddr1'), 0n)
    assert.equal(hart.csr(number('pmpcfg0')), 0x890fn)
    assert.equal(hart.csr(number('pmpaddr0')), 0x1000n)
    assert.equal(hart.csr(number('pmpaddr1')), 0x2000n)
  })

  test('minstret and mcycle: what is written is what the next instruction reads', () => {
    for (const name of ['minstret', 'mcycle']) {
      const machine = hartAt('M')
      machine.hart(0).setX(6, 1000n)
      const words = [encode('csrrw (rd=x0)', { rs1: 6, number: number(name) }), encode('csrrs', { rd: 5, rs1: 0, number: number(name) })]
      machine.memory.write(RAM_BASE, bytesOf(words))
      machine.run({ maxInstructions: 2 })
      assert.equal(machine.hart(0).x(5), 1000n, name)
    }
  })

  test('every CSR has a number of its own', () => {
    assert.equal(new Set(CSR_TABLE.map((csr) => csr.number)).size, CSR_TABLE.length)
  })
})
