import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Privilege } from '../../common/hosted-port.js'
import { MachineMemory } from '../memory/machine-memory.js'
import { accessibleCsr, CSR_TABLE, csrAccess, csrsOf } from './csr-table.js'
import { OPTIONAL_EXTENSIONS, type OptionalExtension } from './hart-options.js'
import { HartState } from './hart-state.js'
import { privilegeMode } from './privilege.js'
import { resetHart } from './reset.js'

const NO_LINES = { softwarePending: () => false, timerCompare: () => 2n ** 64n - 1n }
const M = privilegeMode('M')
const ALL_ONES = 2n ** 64n - 1n

function hartWith(extensions: readonly OptionalExtension[], csrs: Readonly<Record<string, bigint>> = {}): HartState {
  const handlers = { interrupt: 0x100n, exception: 0x200n }
  const hart = new HartState(0, new MachineMemory(0x1_0000), NO_LINES, {
    extensions: new Set(extensions),
    nonMaskableHandlers: handlers,
  })
  resetHart(hart, 0x8000_0000)
  for (const [name, value] of Object.entries(csrs)) write(hart, name, value)
  return hart
}

function row(name: string) {
  const found = CSR_TABLE.find((csr) => csr.name === name)
  assert.ok(found, name)
  return found
}
const write = (hart: HartState, name: string, value: bigint): void => row(name).write(hart, value)
const read = (hart: HartState, name: string): bigint => row(name).read(hart)

function outcome(hart: HartState, mode: Privilege, name: string, access: 'read' | 'write' = 'read'): string {
  const reached = csrAccess(hart, row(name).number, privilegeMode(mode), access)
  return typeof reached === 'string' ? reached : reached.name
}

const [TVM, VTVM, STCE, SE, ENVCFG, SRMCFG] = [1n << 20n, 1n << 20n, 1n << 63n, 1n << 63n, 1n << 62n, 1n << 55n]

describe('Extensions that were not asked for', () => {
  const hart = hartWith([])
  for (const name of ['hstatus', 'vsatp', 'mtinst', 'mtval2', 'mnstatus', 'mstateen0', 'sstateen0', 'srmcfg'])
    test(`${name} does not exist, for M either`, () => assert.equal(outcome(hart, 'M', name), 'illegal'))

  test('bits of them are read-only zero', () => {
    for (const name of ['mstatus', 'mideleg', 'mie', 'medeleg']) write(hart, name, ALL_ONES)
    assert.equal(read(hart, 'mstatus') & ((1n << 38n) | (1n << 39n) | (1n << 42n) | (1n << 24n)), 0n)
    assert.deepEqual([read(hart, 'mideleg'), read(hart, 'mie')], [0x222n, 0xaaan])
    assert.equal(read(hart, 'medeleg') >> 16n, 0n)
    assert.equal((read(hart, 'misa') >> 7n) & 1n, 0n)
  })

  test('every CSR has a number of its own, and all of them together are readable by M', () => {
    assert.equal(new Set(CSR_TABLE.map(({ number }) => number)).size, CSR_TABLE.length)
    const whole = hartWith(OPTIONAL_EXTENSIONS)
    for (const { number } of csrsOf(whole)) assert.equal(typeof accessibleCsr(whole, number, M, 'read')?.read(whole), 'bigint')
  })
})

describe('Access to CSRs with the hypervisor extension', () => {
  const rows: readonly (readonly [string, Privilege, string, string, Readonly<Record<string, bigint>>?])[] = [
    // norm:H_vscsrs_acc_vs, norm:H_vscsrs_acc_u, norm:H_vscsrs_acc_m_hs
    ['a VS CSR by its own address', 'VS', 'vsstatus', 'virtual'],
    ['a VS CSR by its own address', 'VU', 'vsstatus', 'virtual'],
    ['a VS CSR', 'U', 'vsstatus', 'illegal'],
    ['a VS CSR', 'S', 'vsstatus', 'vsstatus'],
    // norm:H_virtinst_vu_vs_nonhigh_allowedhs_tvm0
    ['a hypervisor CSR', 'VS', 'hstatus', 'virtual'],
    ['a hypervisor CSR', 'VU', 'hstatus', 'virtual'],
    ['a hypervisor CSR', 'U', 'hstatus', 'illegal'],
    ['hgatp while mstatus.TVM = 1', 'VS', 'hgatp', 'virtual', { mstatus: TVM }],
    // norm:hgatp_tvm_illegal
    ['hgatp while mstatus.TVM = 1', 'S', 'hgatp', 'illegal', { mstatus: TVM }],
    ['vsatp while mstatus.TVM = 1', 'S', 'vsatp', 'vsatp', { mstatus: TVM }],
    // norm:H_vscsrs_sub, norm:H_scsrs_nomatch
    ['sstatus', 'VS', 'sstatus', 'vsstatus'],
    ['satp', 'VS', 'satp', 'vsatp'],
    ['scounteren', 'VS', 'scounteren', 'scounteren'],
    ['senvcfg', 'VS', 'senvcfg', 'senvcfg'],
    // norm:H_virtinst_vu_nonhigh_supervisor_allowedhs_tvm0
    ['a supervisor CSR', 'VU', 'sstatus', 'virtual'],
    ['satp while mstatus.TVM = 1', 'VU', 'satp', 'virtual', { mstatus: TVM }],
    // norm:hstatus_vtvm_op
    ['satp while hstatus.VTVM = 1', 'VS', 'satp', 'virtual', { hstatus: VTVM }],
    ['satp while mstatus.TVM = 1', 'VS', 'satp', 'vsatp', { mstatus: TVM }],
    ['a machine CSR', 'VS', 'mstatus', 'illegal'],
    ['a machine CSR', 'VU', 'mscratch', 'illegal'],
    // norm:hcounteren_op
    ['cycle with no enable', 'VS', 'cycle', 'illegal'],
    ['cycle with hcounteren.CY only', 'VS', 'cycle', 'illegal', { hcounteren: 1n }],
    ['cycle with mcounteren.CY only', 'VS', 'cycle', 'virtual', { mcounteren: 1n }],
    ['cycle with both', 'VS', 'cycle', 'cycle', { mcounteren: 1n, hcounteren: 1n }],
    ['cycle with both but without scounteren.CY', 'VU', 'cycle', 'virtual', { mcounteren: 1n, hcounteren: 1n }],
    ['cycle with mcounteren and scounteren but without hcounteren.CY', 'VU', 'cycle', 'virtual', { mcounteren: 1n, scounteren: 1n }],
    ['cycle with all three', 'VU', 'cycle', 'cycle', { mcounteren: 1n, hcounteren: 1n, scounteren: 1n }],
    ['cycle without scounteren.CY', 'U', 'cycle', 'illegal', { mcounteren: 1n, hcounteren: 1n }],
    // norm:henvcfg_stce, norm:hcounteren_acc
    ['stimecmp without menvcfg.STCE', 'VS', 'stimecmp', 'illegal', { mcounteren: 2n, hcounteren: 2n }],
    ['stimecmp without henvcfg.STCE', 'VS', 'stimecmp', 'virtual', { menvcfg: STCE, mcounteren: 2n, hcounteren: 2n }],
    ['stimecmp without hcounteren.TM', 'VS', 'stimecmp', 'virtual', { menvcfg: STCE, henvcfg: STCE, mcounteren: 2n }],
    ['stimecmp', 'VS', 'stimecmp', 'vstimecmp', { menvcfg: STCE, henvcfg: STCE, mcounteren: 2n, hcounteren: 2n }],
    ['vstimecmp', 'VS', 'vstimecmp', 'virtual', { menvcfg: STCE, henvcfg: STCE, mcounteren: 2n, hcounteren: 2n }],
  ]
  for (const [what, mode, name, expected, csrs] of rows)
    test(`${mode} reads ${what}: ${expected}`, () => assert.equal(outcome(hartWith(['H'], csrs), mode, name), expected))

  test('a write of a read-only CSR is illegal, in a guest too: HS could not do it', () => {
    const hart = hartWith(['H'], { mcounteren: 7n, hcounteren: 7n })
    for (const mode of ['M', 'S', 'VS', 'VU'] as const) assert.equal(outcome(hart, mode, 'hgeip', 'write'), 'illegal')
    assert.equal(outcome(hart, 'VS', 'cycle', 'write'), 'illegal')
  })
})

describe('Smstateen', () => {
  const rows: readonly (readonly [Privilege, string, string, Readonly<Record<string, bigint>>])[] = [
    ['S', 'senvcfg', 'illegal', {}],
    ['S', 'senvcfg', 'senvcfg', { mstateen0: ENVCFG }],
    ['S', 'henvcfg', 'illegal', { mstateen0: SE }],
    ['VS', 'senvcfg', 'illegal', { mstateen0: SE }],
    ['VS', 'senvcfg', 'virtual', { mstateen0: ENVCFG | SE }],
    ['VS', 'senvcfg', 'senvcfg', { mstateen0: ENVCFG | SE, hstateen0: ENVCFG }],
    ['S', 'sstateen0', 'illegal', { mstateen0: ENVCFG }],
    ['S', 'sstateen0', 'sstateen0', { mstateen0: SE }],
    ['S', 'hstateen1', 'illegal', { mstateen0: SE }],
    ['VS', 'sstateen0', 'virtual', { mstateen0: SE }],
    ['VS', 'sstateen0', 'sstateen0', { mstateen0: SE, hstateen0: SE }],
    // norm:Ssqosid_srmcfg_access_illegal_instruction, norm:Ssqosid_srmcfg_access_virtual_instruction
    ['S', 'srmcfg', 'illegal', { mstateen0: SE | ENVCFG }],
    ['VS', 'srmcfg', 'illegal', { mstateen0: SE }],
    ['VS', 'srmcfg', 'virtual', { mstateen0: SRMCFG }],
    ['S', 'srmcfg', 'srmcfg', { mstateen0: SRMCFG }],
  ]
  for (const [mode, name, expected, csrs] of rows)
    test(`${mode}, ${name}, with ${Object.keys(csrs).join(' and ') || 'nothing enabled'}: ${expected}`, () =>
      assert.equal(outcome(hartWith(OPTIONAL_EXTENSIONS, csrs), mode, name), expected))

  test('a bit that is zero in mstateen0 reads as zero in hstateen0 (norm:mstateen_lower_priv_roz)', () => {
    const hart = hartWith(OPTIONAL_EXTENSIONS, { mstateen0: SE, hstateen0: ALL_ONES })
    assert.equal(read(hart, 'hstateen0'), SE)
  })
})

describe('WARL fields of the hypervisor extension', () => {
  const rows: readonly (readonly [string, bigint, bigint])[] = [
    ['hideleg', ALL_ONES, 0x444n],
    ['hedeleg', ALL_ONES, 0xb1ffn | (3n << 18n)],
    ['hvip', ALL_ONES, 0x444n],
    ['hie', ALL_ONES, 0x1444n],
    ['hgeie', ALL_ONES, 0xfen], // GEILEN = 7; bit 0 is read-only zero
    ['mideleg', 0n, 0x1444n],
    ['hgatp', (8n << 60n) | 3n, 8n << 60n], // a root of 16 KiB
    ['hgatp', (15n << 60n) | 4n, 4n], // an unsupported MODE leaves MODE alone, but not the rest (norm:hgatp_mode_warl)
    ['hgatp', (10n << 60n) | (0xffffn << 44n), (10n << 60n) | (0x3fffn << 44n)], // VMIDMAX = 14
    ['vsatp', (11n << 60n) | 5n, 0n],
    ['vsatp', (10n << 60n) | 5n, (10n << 60n) | 5n],
    ['hstatus', 63n << 12n, 2n << 32n], // VGEIN beyond GEILEN, VSXL
    ['hstatus', 7n << 12n, (7n << 12n) | (2n << 32n)],
    ['henvcfg', ALL_ONES, 0xf1n], // STCE, PBMTE and ADUE follow menvcfg
    ['vsip', ALL_ONES, 0n],
  ]
  for (const [name, written, expected] of rows)
    test(`${name}: 0x${written.toString(16)} reads back as 0x${expected.toString(16)}`, () =>
      assert.equal(read(hartWith(['H'], { [name]: written }), name), expected))

  test('a guest finds its interrupts one bit lower, as far as hideleg gives them to it', () => {
    const hart = hartWith(['H'], { hideleg: 0x404n, hvip: 0x444n, hie: 0x444n })
    assert.deepEqual([read(hart, 'vsip'), read(hart, 'vsie')], [0x202n, 0x202n])
    write(hart, 'vsip', 0n)
    assert.equal(read(hart, 'hvip'), 0x440n) // of vsip only SSIP is writable
    write(hart, 'vsie', 0n)
    assert.equal(read(hart, 'hie'), 0x40n)
  })

  test('hip.VSEIP is hvip.VSEIP or the guest external interrupt that VGEIN selects; SGEIP counts only enabled ones', () => {
    const hart = hartWith(['H'], { hstatus: 2n << 12n, hgeie: 0b1000n })
    hart.block.set('hgeip', 0b100n)
    assert.equal(read(hart, 'hip'), 0x400n)
    hart.block.set('hgeip', 0b1000n)
    assert.equal(read(hart, 'hip'), 0x1000n)
  })

  test('time of a guest has htimedelta added, modulo 2^64', () => {
    const hart = hartWith(['H'], { htimedelta: ALL_ONES })
    hart.block.cycles = 10
    hart.block.virtual = true
    assert.equal(read(hart, 'time'), 9n)
  })

  test('CSRRS of mip leaves the external line alone: only what software wrote is modified', () => {
    const hart = hartWith([])
    hart.block.set('externalLines', 1n << 9n)
    assert.equal(read(hart, 'mip') & 0x200n, 0x200n)
    assert.equal((row('mip').modified?.(hart) ?? ALL_ONES) & 0x200n, 0n)
  })

  test('an inhibited counter stands still and goes on from there', () => {
    const hart = hartWith([])
    hart.block.cycles = 100
    write(hart, 'mcountinhibit', 1n)
    const stopped = read(hart, 'mcycle')
    hart.block.cycles = 500
    assert.equal(read(hart, 'mcycle'), stopped)
    write(hart, 'mcountinhibit', 0n)
    hart.block.cycles = 511
    assert.equal(read(hart, 'mcycle'), stopped + 10n)
  })
})
