import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Privilege } from '../../common/hosted-port.js'
import { KIB } from '../../common/units.js'
import { bytesOf, encode } from '../isa/encode.js'
import { Machine, type EngineKind, type OptionalExtension, type PrivilegeChange } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'

const CSR = {
  sstatus: 0x100,
  stvec: 0x105,
  sepc: 0x141,
  scause: 0x142,
  stval: 0x143,
  vsstatus: 0x200,
  vstvec: 0x205,
  vsepc: 0x241,
  vscause: 0x242,
  vsatp: 0x280,
  mstatus: 0x300,
  medeleg: 0x302,
  mideleg: 0x303,
  mie: 0x304,
  mtvec: 0x305,
  menvcfg: 0x30a,
  mepc: 0x341,
  mcause: 0x342,
  mtval: 0x343,
  mtinst: 0x34a,
  mtval2: 0x34b,
  hstatus: 0x600,
  hedeleg: 0x602,
  hideleg: 0x603,
  hie: 0x604,
  henvcfg: 0x60a,
  htval: 0x643,
  hvip: 0x645,
  htinst: 0x64a,
  hgatp: 0x680,
  mnepc: 0x741,
  mncause: 0x742,
  mnstatus: 0x744,
} as const
type CsrName = keyof typeof CSR
type Csrs = Partial<Readonly<Record<CsrName, bigint>>>

const START = BigInt(RAM_BASE)
const [M_HANDLER, S_HANDLER, VS_HANDLER] = [START + 0x1000n, START + 0x1100n, START + 0x1200n]
const NMI_HANDLERS = { interrupt: START + 0x1300n, exception: START + 0x1400n }
/** Guest page tables: VS-stage root, G-stage root of 16 KiB. */
const VS_ROOT = START + 0x3000n
const G_ROOT = START + 0x4000n
const SV39 = 8n << 60n
const [SIE, SPP, MPP_S, MPV, GVA, MPRV, SDT, MDT] = [2n, 1n << 8n, 1n << 11n, 1n << 39n, 1n << 38n, 1n << 17n, 1n << 24n, 1n << 42n]
const [H_GVA, SPV, SPVP, HU, VTVM, VTW, VTSR] = [1n << 6n, 1n << 7n, 1n << 8n, 1n << 9n, 1n << 20n, 1n << 21n, 1n << 22n]
const [TVM, TW, TSR] = [1n << 20n, 1n << 21n, 1n << 22n]
const DTE = 1n << 59n
const NOP = encode('addi')
const LOOP = encode('jal', { rd: 0, immediate: 0 })

interface Setup {
  readonly engine?: EngineKind
  readonly extensions?: readonly OptionalExtension[]
  readonly csrs?: Csrs
}

function machineWith(
  privilege: Privilege,
  words: readonly number[],
  { engine = 'interpreter', extensions = ['H'], csrs = {} }: Setup = {},
): Machine {
  const options = { ramBytes: 64 * KIB, rom: new Uint8Array(), engine, extensions, nonMaskableHandlers: NMI_HANDLERS }
  const machine = new Machine({ ...options, resetVector: RAM_BASE })
  const hart = machine.hart(0)
  machine.memory.write(RAM_BASE, bytesOf(words))
  for (let place = 0x1000; place < 0x1500; place += 4) machine.memory.write(RAM_BASE + place, bytesOf([LOOP]))
  // Identity superpages for what translation a test turns on.
  machine.memory.write64(Number(VS_ROOT) + 16, (START >> 2n) | 0xcfn)
  machine.memory.write64(Number(G_ROOT) + 16, (START >> 2n) | 0xdfn)
  hart.setCsr(0x3b0, (1n << 54n) - 1n)
  hart.setCsr(0x3a0, 0x1fn)
  const handlers: Csrs = { mtvec: M_HANDLER, stvec: S_HANDLER, ...(extensions.includes('H') ? { vstvec: VS_HANDLER } : {}) }
  const mdt: Csrs = extensions.includes('Smdbltrp') ? { mstatus: 0n } : {}
  for (const [name, value] of Object.entries({ ...handlers, ...mdt, ...csrs })) hart.setCsr(CSR[name as CsrName], value)
  hart.privilege = privilege
  return machine
}

/** Runs to the first trap. */
function trapOf(machine: Machine): PrivilegeChange {
  let trap: PrivilegeChange | undefined
  machine.run({ maxInstructions: 100, breakAt: (change) => ((trap = change), change.cause !== undefined) })
  assert.ok(trap?.cause !== undefined, 'no trap')
  return trap
}
const read = (machine: Machine, name: CsrName): bigint => machine.hart(0).csr(CSR[name])
const only = (machine: Machine, name: CsrName, mask: bigint): bigint => read(machine, name) & mask

describe('Trap entry with the hypervisor extension', () => {
  const ecall = [encode('ecall')]
  const TO_HS: Csrs = { medeleg: (1n << 8n) | (1n << 10n) }

  for (const engine of ['reference', 'interpreter'] as const) {
    test(`an environment call from VS has cause 10 and goes to M, which notes MPV and MPP, ${engine}`, () => {
      const machine = machineWith('VS', ecall, { engine })
      assert.deepEqual(trapOf(machine).to, 'M')
      assert.deepEqual([read(machine, 'mcause'), only(machine, 'mstatus', MPV | MPP_S | GVA)], [10n, MPV | MPP_S])
    })
  }

  test('delegated by medeleg it goes to HS: SPV, SPVP and SPP tell of VS, htval and htinst are zero', () => {
    const machine = machineWith('VS', ecall, { csrs: { ...TO_HS, hedeleg: 0xffffn } })
    assert.deepEqual(trapOf(machine).to, 'S') // hedeleg[10] is read-only zero
    assert.deepEqual(only(machine, 'hstatus', SPV | SPVP | H_GVA), SPV | SPVP)
    assert.deepEqual(
      [read(machine, 'scause'), only(machine, 'sstatus', SPP), read(machine, 'htval'), read(machine, 'htinst')],
      [10n, SPP, 0n, 0n],
    )
  })

  test('a trap from U to HS clears SPV and leaves SPVP', () => {
    const machine = machineWith('U', ecall, { csrs: { ...TO_HS, hstatus: SPV | SPVP } })
    assert.deepEqual(trapOf(machine).to, 'S')
    assert.equal(only(machine, 'hstatus', SPV | SPVP), SPVP)
  })

  test('an environment call from VU that hedeleg names stays in the guest: hstatus and sstatus are left alone', () => {
    const machine = machineWith('VU', ecall, { csrs: { ...TO_HS, hedeleg: 1n << 8n, vsstatus: SIE } })
    const before = [read(machine, 'hstatus'), read(machine, 'sstatus')]
    const { from, to, pc } = trapOf(machine)
    assert.deepEqual([from, to, pc], ['VU', 'VS', VS_HANDLER])
    assert.deepEqual([read(machine, 'vscause'), read(machine, 'vsepc'), only(machine, 'vsstatus', SIE | SPP | 0x20n)], [8n, START, 0x20n])
    assert.deepEqual([read(machine, 'hstatus'), read(machine, 'sstatus')], before)
  })

  test('a trap from HS goes to HS, whatever hedeleg says', () => {
    const machine = machineWith('S', [encode('ebreak')], { csrs: { medeleg: 8n, hedeleg: 8n } })
    assert.deepEqual(trapOf(machine).to, 'S')
  })

  test('a breakpoint in a guest reports a guest address: GVA', () => {
    const machine = machineWith('VS', [encode('ebreak')], { csrs: { medeleg: 8n } })
    trapOf(machine)
    assert.deepEqual([read(machine, 'stval'), only(machine, 'hstatus', H_GVA)], [START, H_GVA])
  })
})

describe('Instructions a guest may not execute', () => {
  const mret = encode('mret')
  const sret = encode('sret')
  const wfi = encode('wfi')
  const sfence = encode('sfence.vma (all)')
  const hfenceV = encode('hfence.vvma (all)')
  const hfenceG = encode('hfence.gvma (all)')
  const hlv = encode('hlv.d', { rd: 1, rs1: 2 })
  const sinval = encode('sinval.vma (all)')
  const inval = encode('sfence.w.inval')
  const ILLEGAL = 2n
  const VIRTUAL = 22n
  const rows: readonly (readonly [string, number, Privilege, bigint, Csrs?])[] = [
    ['MRET', mret, 'VS', ILLEGAL],
    ['MRET', mret, 'S', ILLEGAL],
    ['SRET', sret, 'VU', VIRTUAL],
    ['SRET under VTSR', sret, 'VS', VIRTUAL, { hstatus: VTSR }],
    ['SRET under TSR', sret, 'S', ILLEGAL, { mstatus: TSR }],
    ['SRET', sret, 'U', ILLEGAL],
    ['WFI', wfi, 'VU', VIRTUAL],
    ['WFI under TW', wfi, 'VU', ILLEGAL, { mstatus: TW }],
    ['WFI under VTW', wfi, 'VS', VIRTUAL, { hstatus: VTW }],
    ['WFI under TW and VTW', wfi, 'VS', ILLEGAL, { hstatus: VTW, mstatus: TW }],
    ['SFENCE.VMA', sfence, 'VU', VIRTUAL],
    ['SFENCE.VMA under VTVM', sfence, 'VS', VIRTUAL, { hstatus: VTVM }],
    ['SINVAL.VMA under VTVM', sinval, 'VS', VIRTUAL, { hstatus: VTVM }],
    ['SFENCE.VMA under TVM', sfence, 'S', ILLEGAL, { mstatus: TVM }],
    ['SFENCE.W.INVAL', inval, 'VU', VIRTUAL],
    ['SFENCE.W.INVAL', inval, 'U', ILLEGAL],
    ['HFENCE.VVMA', hfenceV, 'VS', VIRTUAL],
    ['HFENCE.GVMA', hfenceG, 'VU', VIRTUAL],
    ['HFENCE.GVMA', hfenceG, 'U', ILLEGAL],
    ['HFENCE.GVMA under TVM', hfenceG, 'S', ILLEGAL, { mstatus: TVM }],
    ['HLV', hlv, 'VS', VIRTUAL],
    ['HLV', hlv, 'VU', VIRTUAL, { hstatus: HU }],
    ['HLV without HU', hlv, 'U', ILLEGAL],
    ['MNRET without Smrnmi', encode('mnret'), 'M', ILLEGAL],
    ['kcall', encode('kcall', { number: 0 }), 'VS', ILLEGAL],
    ['ucall', encode('ucall', { number: 0 }), 'VU', ILLEGAL],
  ]
  for (const [what, word, mode, cause, csrs = {}] of rows)
    test(`${what} in ${mode}: cause ${cause}, the instruction in mtval`, () => {
      const machine = machineWith(mode, [word], { csrs })
      trapOf(machine)
      assert.deepEqual([read(machine, 'mcause'), read(machine, 'mtval'), read(machine, 'mtinst')], [cause, BigInt(word >>> 0), 0n])
    })

  const allowed: readonly (readonly [string, number, Privilege, Csrs?])[] = [
    ['SRET under TSR', sret, 'VS', { mstatus: TSR, vsepc: START + 8n }],
    ['SFENCE.VMA under TVM', sfence, 'VS', { mstatus: TVM }],
    ['SFENCE.W.INVAL under VTVM', inval, 'VS', { hstatus: VTVM }],
    ['HFENCE.VVMA under TVM', hfenceV, 'S', { mstatus: TVM }],
    ['HFENCE.GVMA under TVM', hfenceG, 'M', { mstatus: TVM }],
    ['HLV with HU', hlv, 'U', { hstatus: HU }],
  ]
  for (const [what, word, mode, csrs] of allowed)
    test(`${what} in ${mode} executes`, () => {
      const machine = machineWith(mode, [word, NOP, NOP, LOOP], { csrs: { ...csrs } })
      machine.hart(0).setX(2, START)
      assert.deepEqual(machine.run({ maxInstructions: 1, breakAt: ({ cause }) => cause !== undefined }), { kind: 'instruction-limit' })
    })

  test('without H, its instructions are illegal in every mode', () => {
    for (const word of [hlv, hfenceV, hfenceG]) {
      const machine = machineWith('S', [word], { extensions: [] })
      trapOf(machine)
      assert.equal(read(machine, 'mcause'), ILLEGAL)
    }
  })
})

describe('Interrupts of a guest', () => {
  const VSSI = 4n
  const GUEST: Csrs = { hideleg: 0x444n, hie: 0x444n, hvip: VSSI }

  test('a VS-level interrupt that hideleg gives to the guest is taken in VS under the code of the supervisor', () => {
    const machine = machineWith('VS', [NOP], { csrs: { ...GUEST, vsstatus: SIE } })
    assert.deepEqual([trapOf(machine).to, read(machine, 'vscause')], ['VS', (1n << 63n) | 1n])
  })

  test('not while vsstatus.SIE is clear, but in VU always', () => {
    const closed = machineWith('VS', [LOOP], { csrs: GUEST })
    assert.deepEqual(closed.run({ maxInstructions: 50, breakAt: () => true }), { kind: 'instruction-limit' })
    assert.deepEqual(trapOf(machineWith('VU', [NOP], { csrs: GUEST })).to, 'VS')
  })

  test('VS-level interrupts are globally disabled while V = 0', () => {
    const machine = machineWith('U', [LOOP], { csrs: { ...GUEST, vsstatus: SIE } })
    assert.deepEqual(machine.run({ maxInstructions: 50, breakAt: () => true }), { kind: 'instruction-limit' })
  })

  test('without hideleg the interrupt goes to HS with its own code', () => {
    const machine = machineWith('VS', [NOP], { csrs: { hie: 0x444n, hvip: VSSI } })
    assert.deepEqual([trapOf(machine).to, read(machine, 'scause')], ['S', (1n << 63n) | 2n])
  })

  test('the supervisor comes before its guests: SEI, SSI, STI, SGEI, VSEI, VSSI, VSTI', () => {
    const machine = machineWith('VS', [NOP], { csrs: { hie: 0x1444n, hvip: 0x444n, mideleg: 0x222n, mie: 0x1444n | 2n } })
    machine.hart(0).setCsr(0x344, 2n)
    assert.deepEqual([trapOf(machine).to, read(machine, 'scause')], ['S', (1n << 63n) | 1n])
  })

  test('vstimecmp interrupts at its cycle plus the negated htimedelta', () => {
    const csrs: Csrs = { hideleg: 0x444n, hie: 0x444n, vsstatus: SIE, menvcfg: 1n << 63n, henvcfg: 1n << 63n }
    const machine = machineWith('VS', [LOOP], { csrs })
    machine.hart(0).setCsr(0x605, 1000n)
    machine.hart(0).setCsr(0x24d, 1040n)
    const { cycle, to } = trapOf(machine)
    assert.deepEqual([cycle, to, read(machine, 'vscause')], [41, 'VS', (1n << 63n) | 5n])
  })
})

describe('Guest-page faults', () => {
  const load = encode('ld', { rd: 3, rs1: 1, immediate: 8 })
  const store = encode('sd', { rs1: 1, rs2: 3, immediate: -8 })
  const DELEGATED: Csrs = { medeleg: (1n << 20n) | (1n << 21n) | (1n << 23n) | (1n << 13n), hgatp: SV39 | (G_ROOT >> 12n) }

  function faultOf(
    words: readonly number[],
    address: bigint,
    csrs: Csrs = {},
    mode: Privilege = 'VS',
    change?: (machine: Machine) => void,
  ): Machine {
    const machine = machineWith(mode, words, { csrs: { ...DELEGATED, ...csrs } })
    machine.hart(0).setX(1, address)
    change?.(machine)
    trapOf(machine)
    return machine
  }
  const told = (machine: Machine): readonly bigint[] => [
    read(machine, 'scause'),
    read(machine, 'stval'),
    read(machine, 'htval'),
    read(machine, 'htinst'),
  ]

  test('a load tells its address twice, and itself without its base and offset', () => {
    const machine = faultOf([load], 0x1_0000_0000n)
    assert.deepEqual(told(machine), [21n, 0x1_0000_0008n, 0x1_0000_0008n >> 2n, BigInt(encode('ld', { rd: 3 }))])
    assert.equal(only(machine, 'hstatus', H_GVA | SPV), H_GVA | SPV)
  })

  test('a store likewise, and a fetch tells no instruction', () => {
    assert.deepEqual(told(faultOf([store], 0x1_0000_0008n)), [23n, 0x1_0000_0000n, 0x4000_0000n, BigInt(encode('sd', { rs2: 3 }))])
    assert.deepEqual(told(faultOf([encode('jalr', { rs1: 1 })], 0x1_0000_0000n)), [20n, 0x1_0000_0000n, 0x4000_0000n, 0n])
  })

  test('the part of a misaligned load that lies in an unmapped page is told, with its distance in the rs1 field', () => {
    const [middle, last, boundary] = [START + 0x8000n, START + 0x9000n, START + 0xb000n]
    const pages = (machine: Machine): void => {
      machine.memory.write64(Number(G_ROOT) + 16, (middle >> 2n) | 1n)
      machine.memory.write64(Number(middle), (last >> 2n) | 1n)
      for (let page = 0n; page < 11n; page++) machine.memory.write64(Number(last + page * 8n), ((START + page * 0x1000n) >> 2n) | 0xdfn)
    }
    const machine = faultOf([encode('ld', { rd: 3, rs1: 1 })], boundary - 3n, {}, 'VS', pages)
    assert.deepEqual(told(machine), [21n, boundary, boundary >> 2n, BigInt(encode('ld', { rd: 3, rs1: 3 }))])
  })

  test('an entry of the guest page table that the G-stage does not map is an implicit read: pseudoinstruction, its own address', () => {
    const machine = faultOf([load], START, { vsatp: SV39 | 0x10_0000n }, 'VS')
    assert.deepEqual(
      [read(machine, 'scause'), read(machine, 'htval'), read(machine, 'htinst')],
      [20n, (0x1_0000_0000n + 16n) >> 2n, 0x3000n], // the fetch itself meets it first
    )
  })

  test('HLV in HS: GVA without SPV, and the transformed HLV', () => {
    const machine = faultOf([encode('hlv.d', { rd: 3, rs1: 1 })], 0x1_0000_0000n, { hstatus: SPVP }, 'S')
    assert.deepEqual(told(machine), [21n, 0x1_0000_0000n, 0x4000_0000n, BigInt(encode('hlv.d', { rd: 3 }) >>> 0)])
    assert.equal(only(machine, 'hstatus', H_GVA | SPV), H_GVA)
  })

  test('the G-stage treats every access as one of U: a leaf without U faults', () => {
    const machine = faultOf([load], START, {}, 'VS', (m) => m.memory.write64(Number(G_ROOT) + 16, (START >> 2n) | 0xcfn))
    assert.equal(read(machine, 'scause'), 20n)
  })

  test('vsstatus.MXR does not make a page readable that the G-stage only lets execute; mstatus.MXR does (norm:sstatus_mxr_vm)', () => {
    const executeOnly = (m: Machine): void => m.memory.write64(Number(G_ROOT) + 16, (START >> 2n) | 0xd9n)
    const machine = faultOf([load], START, { vsstatus: 1n << 19n }, 'VS', executeOnly)
    assert.equal(read(machine, 'scause'), 21n)
    const open = machineWith('VS', [load, LOOP], { csrs: { ...DELEGATED, mstatus: 1n << 19n } })
    open.hart(0).setX(1, START)
    executeOnly(open)
    assert.deepEqual(open.run({ maxInstructions: 2, breakAt: () => true }), { kind: 'instruction-limit' })
  })

  test('MPRV with MPV = 1 and MPP = S is an access of VS; a fault in M then has GVA', () => {
    const machine = machineWith('M', [load], { csrs: { hgatp: SV39 | (G_ROOT >> 12n), mstatus: MPRV | MPV | MPP_S } })
    machine.hart(0).setX(1, 0x1_0000_0000n)
    trapOf(machine)
    assert.deepEqual(
      [read(machine, 'mcause'), read(machine, 'mtval2'), only(machine, 'mstatus', GVA | MPV)],
      [21n, 0x1_0000_0008n >> 2n, GVA],
    )
  })
})

describe('Non-maskable interrupts and double traps', () => {
  const ecall = encode('ecall')

  test('Smrnmi: after reset NMIE is clear and no interrupt is taken; an exception in M goes to its own handler', () => {
    const machine = machineWith('M', [ecall], { extensions: ['Smrnmi'], csrs: { mie: 8n, mstatus: 8n } })
    const { pc, cause } = trapOf(machine)
    assert.deepEqual([pc, cause?.kind], [NMI_HANDLERS.exception, 'exception'])
  })

  test('NMIE can be set and not cleared', () => {
    const machine = machineWith('M', [NOP], { extensions: ['Smrnmi'], csrs: { mnstatus: 8n } })
    machine.hart(0).setCsr(CSR.mnstatus, 0n)
    assert.equal(only(machine, 'mnstatus', 8n), 8n)
  })

  test('Smdbltrp with Smrnmi: a trap in M while MDT is set goes to the non-maskable handler, and MNRET returns', () => {
    const extensions = ['Smrnmi', 'Smdbltrp'] as const
    const machine = machineWith('M', [ecall, LOOP], { extensions, csrs: { mnstatus: 8n, mstatus: MDT } })
    machine.memory.write(Number(NMI_HANDLERS.interrupt), bytesOf([encode('mnret')]))
    assert.deepEqual([trapOf(machine).pc, read(machine, 'mncause'), read(machine, 'mnepc')], [NMI_HANDLERS.interrupt, 11n, START])
    assert.equal(only(machine, 'mnstatus', 8n), 0n)
    machine.run({ maxInstructions: 1 })
    assert.deepEqual([machine.hart(0).pc, only(machine, 'mnstatus', 8n)], [START, 8n])
  })

  test('Smdbltrp alone: the hart ceases execution and nothing has changed, not even pc', () => {
    const machine = machineWith('M', [NOP, ecall], { extensions: ['Smdbltrp'], csrs: { mstatus: MDT } })
    assert.deepEqual(machine.run(), { kind: 'critical-error' })
    assert.deepEqual([machine.hart(0).pc, read(machine, 'mcause')], [START + 4n, 0n])
  })

  test('MDT set by a write clears MIE, whatever the same write says of it', () => {
    const machine = machineWith('M', [NOP], { extensions: ['Smdbltrp'] })
    machine.hart(0).setCsr(CSR.mstatus, MDT | 8n)
    assert.equal(only(machine, 'mstatus', MDT | 8n), MDT)
  })

  test('Ssdbltrp: a trap to S while SDT is set is a double trap in M, with the cause it would have had', () => {
    const csrs: Csrs = { menvcfg: DTE, sstatus: SDT, medeleg: 1n << 9n }
    const machine = machineWith('S', [ecall], { extensions: ['Ssdbltrp'], csrs })
    assert.deepEqual([trapOf(machine).to, read(machine, 'mcause'), read(machine, 'mtval2')], ['M', 16n, 9n])
  })

  test('Ssdbltrp: a trap sets SDT, SRET clears it, and without menvcfg.DTE it is read-only zero', () => {
    const setup = { extensions: ['Ssdbltrp'] as const, csrs: { menvcfg: DTE, medeleg: 1n << 9n } }
    const machine = machineWith('S', [ecall], setup)
    machine.memory.write(Number(S_HANDLER), bytesOf([encode('sret')]))
    trapOf(machine)
    assert.equal(only(machine, 'sstatus', SDT), SDT)
    machine.run({ maxInstructions: 1 })
    assert.equal(only(machine, 'sstatus', SDT), 0n)
    const without = machineWith('S', [NOP], { extensions: ['Ssdbltrp'], csrs: { sstatus: SDT } })
    assert.equal(only(without, 'sstatus', SDT), 0n)
  })
})
