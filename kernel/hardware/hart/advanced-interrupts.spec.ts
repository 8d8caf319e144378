/** CSRs of Smaia and Ssaia, with the files of an IMSIC. Rules by title of RISC-V AIA. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Privilege } from '../../common/hosted-port.js'
import { encode } from '../isa/encode.js'
import type { Machine } from '../machine.js'
import {
  ILLEGAL,
  VIRTUAL,
  ALL_ONES,
  SSI,
  SEI,
  VSEI,
  EIDELIVERY,
  EITHRESHOLD,
  EIP0,
  EIE0,
  VGEIN,
  number,
  hartWith,
  csr,
  set,
  execute,
  read,
  write,
  type Csrs,
} from './test/aia-hart.js'

describe('AIA: which access is legal', () => {
  const refused: readonly (readonly [string, Privilege, number, Csrs, bigint])[] = [
    ['mireg where miselect selects nothing', 'M', read('mireg'), [['miselect', 0x40n]], ILLEGAL],
    ['mireg at an odd iprio register', 'M', read('mireg'), [['miselect', 0x31n]], ILLEGAL],
    ['mireg at an odd register of eip', 'M', write('mireg'), [['miselect', 0x81n]], ILLEGAL],
    ['sireg at an odd register of eie', 'S', read('sireg'), [['siselect', 0xc1n]], ILLEGAL],
    ['sireg from U', 'U', read('sireg'), [['siselect', 0x70n]], ILLEGAL],
    ['mtopi is read-only', 'M', write('mtopi'), [], ILLEGAL],
    ['stopei from S while mvien takes SEI', 'S', read('stopei'), [['mvien', SEI]], ILLEGAL],
    [
      'sireg of the interrupt file from S while mvien takes SEI',
      'S',
      read('sireg'),
      [
        ['mvien', SEI],
        ['siselect', 0x70n],
      ],
      ILLEGAL,
    ],
    ['vsireg of the interrupt file without VGEIN', 'S', read('vsireg'), [['vsiselect', 0x70n]], ILLEGAL],
    [
      'vsireg of a priority',
      'M',
      read('vsireg'),
      [
        ['vsiselect', 0x30n],
        ['hstatus', VGEIN(1)],
      ],
      ILLEGAL,
    ],
    ['vstopei without VGEIN', 'M', read('vstopei'), [], ILLEGAL],
    [
      'VS: vsireg by its own number',
      'VS',
      read('vsireg'),
      [
        ['vsiselect', 0x70n],
        ['hstatus', VGEIN(1)],
      ],
      VIRTUAL,
    ],
    [
      'VU: sireg',
      'VU',
      read('sireg'),
      [
        ['vsiselect', 0x70n],
        ['hstatus', VGEIN(1)],
      ],
      VIRTUAL,
    ],
    ['VS: sireg without VGEIN', 'VS', read('sireg'), [['vsiselect', 0x70n]], VIRTUAL],
    [
      'VS: sireg of a priority',
      'VS',
      read('sireg'),
      [
        ['vsiselect', 0x30n],
        ['hstatus', VGEIN(1)],
      ],
      VIRTUAL,
    ],
    [
      'VS: sireg at an odd register',
      'VS',
      read('sireg'),
      [
        ['vsiselect', 0x81n],
        ['hstatus', VGEIN(1)],
      ],
      VIRTUAL,
    ],
    ['VS: stopei without VGEIN', 'VS', read('stopei'), [], VIRTUAL],
    ['VS: sip under hvictl.VTI', 'VS', read('sip'), [['hvictl', 1n << 30n]], VIRTUAL],
    ['VS: sie under hvictl.VTI', 'VS', write('sie'), [['hvictl', 1n << 30n]], VIRTUAL],
    ['VS: hvictl', 'VS', read('hvictl'), [], VIRTUAL],
  ]
  for (const [what, privilege, word, csrs, cause] of refused)
    test(`${what}: cause ${cause}`, () => assert.equal(execute(hartWith(csrs), privilege, word), cause))

  test('VS: stimecmp can be read under hvictl.VTI, and not written', () => {
    const timer: Csrs = [
      ['menvcfg', 1n << 63n],
      ['henvcfg', 1n << 63n],
      ['mcounteren', 2n],
      ['hcounteren', 2n],
      ['hvictl', 1n << 30n],
    ]
    assert.equal(execute(hartWith(timer), 'VS', read('stimecmp')), undefined)
    assert.equal(execute(hartWith(timer), 'VS', write('stimecmp')), VIRTUAL)
  })

  test('without an IMSIC the interrupt file is not there: illegal, to VS a virtual instruction', () => {
    const plain = (csrs: Csrs): Machine => hartWith(csrs, ['H', 'Smaia', 'Ssaia'], { interruptController: 'plic' })
    assert.equal(execute(plain([['miselect', 0x70n]]), 'M', read('mireg')), ILLEGAL)
    assert.equal(execute(plain([]), 'M', read('mtopei')), ILLEGAL)
    assert.equal(execute(plain([]), 'S', read('stopei')), ILLEGAL)
    assert.equal(execute(plain([]), 'VS', read('stopei')), VIRTUAL)
    assert.equal(execute(plain([['miselect', 0x30n]]), 'M', read('mireg')), undefined)
  })

  test('without the extensions none of the registers exists', () => {
    const machine = hartWith([], ['H'], { interruptController: 'plic' })
    for (const name of ['miselect', 'mtopi', 'mvien', 'siselect', 'stopi', 'vsiselect', 'hvictl', 'vstopi'])
      assert.equal(execute(machine, 'M', read(name)), ILLEGAL, name)
  })

  const [CSRIND, AIA, IMSIC] = [1n << 60n, 1n << 59n, 1n << 58n]
  const gated: readonly (readonly [string, bigint, Csrs])[] = [
    ['siselect', CSRIND, []],
    [
      'sireg',
      CSRIND,
      [
        ['siselect', 0x70n],
        ['vsiselect', 0x70n],
      ],
    ],
    [
      'sireg',
      IMSIC,
      [
        ['siselect', 0x70n],
        ['vsiselect', 0x70n],
      ],
    ],
    ['stopei', IMSIC, []],
    ['stopi', AIA, []],
  ]
  for (const [name, bit, csrs] of gated)
    test(`Smstateen: ${name} needs bit ${bit.toString(2).length - 1} of mstateen0, for VS of hstateen0 too`, () => {
      const machine = (mstateen: bigint, hstateen: bigint): Machine =>
        hartWith([['hstatus', VGEIN(1)], ...csrs, ['mstateen0', mstateen], ['hstateen0', hstateen]], ['H', 'Smstateen'])
      assert.equal(execute(machine(ALL_ONES & ~bit, ALL_ONES), 'S', read(name)), ILLEGAL)
      assert.equal(execute(machine(ALL_ONES & ~bit, ALL_ONES), 'VS', read(name)), ILLEGAL)
      assert.equal(execute(machine(ALL_ONES, ALL_ONES & ~bit), 'VS', read(name)), VIRTUAL)
      assert.equal(execute(machine(ALL_ONES, ALL_ONES & ~bit), 'S', read(name)), undefined)
      assert.equal(execute(machine(ALL_ONES, ALL_ONES), 'VS', read(name)), undefined)
    })
})

describe('AIA: fields', () => {
  const rows: readonly (readonly [string, bigint])[] = [
    ['miselect', 0x1ffn],
    ['siselect', 0x1ffn],
    ['vsiselect', 0x1ffn],
    ['mvien', SSI | SEI],
    ['hvien', 0n],
    ['hvictl', (1n << 30n) | (0xfffn << 16n) | 0x3ffn],
    ['hviprio1', 0n],
    ['hviprio2', 0n],
  ]
  for (const [name, expected] of rows)
    test(`${name} of all ones reads back as 0x${expected.toString(16)}`, () =>
      assert.equal(csr(hartWith([[name, ALL_ONES]]), name), expected))

  test('the priorities of major interrupts are read-only zero', () => {
    const machine = hartWith([
      ['miselect', 0x32n],
      ['mireg', ALL_ONES],
    ])
    assert.equal(csr(machine, 'mireg'), 0n)
  })
})

describe('AIA: an IMSIC through CSRs', () => {
  test('CSRRW of mtopei gives the interrupt and claims it', () => {
    const machine = hartWith([
      ['miselect', EIE0],
      ['mireg', ALL_ONES],
      ['miselect', EIP0],
      ['mireg', 0x28n],
    ])
    assert.equal(execute(machine, 'M', encode('csrrw', { rd: 5, rs1: 0, number: number('mtopei') })), undefined)
    assert.deepEqual([machine.hart(0).x(5), csr(machine, 'mireg'), csr(machine, 'mtopei')], [(3n << 16n) | 3n, 0x20n, (5n << 16n) | 5n])
  })

  test('the files of M, of S and of each guest are different ones; VS finds the one that VGEIN names', () => {
    const machine = hartWith()
    for (const [select, alias, value] of [
      ['miselect', 'mireg', 1n],
      ['siselect', 'sireg', 2n],
    ] as const)
      set(machine, [select, EITHRESHOLD], [alias, value])
    for (const guest of [1, 7]) set(machine, ['hstatus', VGEIN(guest)], ['vsiselect', EITHRESHOLD], ['vsireg', 0x10n + BigInt(guest)])
    assert.deepEqual([csr(machine, 'mireg'), csr(machine, 'sireg'), csr(machine, 'vsireg')], [1n, 2n, 0x17n])
    set(machine, ['hstatus', VGEIN(1)])
    assert.equal(execute(machine, 'VS', read('sireg')), undefined)
    assert.equal(machine.hart(0).x(5), 0x11n)
  })

  test('delivery shows as MEIP, SEIP and the guest’s bit of hgeip', () => {
    const machine = hartWith()
    const raise = (select: string, alias: string): void =>
      set(machine, [select, EIDELIVERY], [alias, 1n], [select, EIE0], [alias, 2n], [select, EIP0], [alias, 2n])
    raise('miselect', 'mireg')
    assert.equal(csr(machine, 'mip'), 1n << 11n)
    raise('siselect', 'sireg')
    assert.equal(csr(machine, 'mip'), (1n << 11n) | SEI)
    set(machine, ['hstatus', VGEIN(3)])
    raise('vsiselect', 'vsireg')
    assert.deepEqual([csr(machine, 'hgeip'), csr(machine, 'mip') & VSEI], [1n << 3n, VSEI])
    set(machine, ['vstopei', 0n])
    assert.deepEqual([csr(machine, 'hgeip'), csr(machine, 'mip') & VSEI], [0n, 0n])
  })
})
