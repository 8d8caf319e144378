/** Which interrupt is first, and which is taken, with Smaia and Ssaia. Rules by title of RISC-V AIA. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bytesOf, encode } from '../isa/encode.js'
import { RAM_BASE } from '../memory/physical-memory.js'
import {
  ALL_ONES,
  SSI,
  STI,
  SEI,
  VSSI,
  VSTI,
  VSEI,
  EIDELIVERY,
  EIP0,
  EIE0,
  VGEIN,
  number,
  hartWith,
  csr,
  set,
  execute,
  taken,
  type Csrs,
} from './test/aia-hart.js'

describe('AIA: "Interrupt filtering and virtual interrupts for supervisor level"', () => {
  test('where neither mideleg nor mvien has the bit, S sees nothing', () => {
    const machine = hartWith([
      ['mvip', SSI | SEI],
      ['sie', ALL_ONES],
    ])
    assert.deepEqual([csr(machine, 'sip'), csr(machine, 'sie'), csr(machine, 'stopi')], [0n, 0n, 0n])
  })

  test('mvip is that of mip, until mvien makes the bit its own', () => {
    const machine = hartWith([['mvip', SSI | SEI | STI]])
    assert.equal(csr(machine, 'mip'), SSI | SEI | STI)
    set(machine, ['mvien', SSI | SEI], ['mvip', 0n])
    assert.deepEqual([csr(machine, 'mip'), csr(machine, 'mvip')], [SSI, 0n])
    set(machine, ['mvip', SEI | SSI])
    assert.deepEqual([csr(machine, 'mip'), csr(machine, 'mvip')], [SSI, SSI | SEI], 'SEIP is the controller’s alone')
    set(machine, ['mip', 0n])
    assert.deepEqual([csr(machine, 'mip'), csr(machine, 'mvip')], [0n, SSI | SEI])
  })

  test('a virtual interrupt traps to S, whatever mie says; the real one still to M', () => {
    const machine = hartWith([
      ['mvien', SSI],
      ['mvip', SSI],
      ['sie', SSI],
      ['mie', 0n],
    ])
    assert.deepEqual([csr(machine, 'sip'), csr(machine, 'sie'), csr(machine, 'stopi')], [SSI, SSI, (1n << 16n) | 1n])
    assert.deepEqual(taken(machine, 'U'), ['S', 1n])
    set(machine, ['mip', SSI], ['mie', SSI])
    assert.deepEqual([csr(machine, 'mtopi'), taken(machine, 'U')], [(1n << 16n) | 1n, ['M', 1n]])
  })

  test('S clears its virtual SSIP through sip', () => {
    const machine = hartWith([
      ['mvien', SSI],
      ['mvip', SSI],
    ])
    execute(machine, 'S', encode('csrrci', { rd: 0, immediate: 2, number: number('sip') }))
    assert.equal(csr(machine, 'mvip'), 0n)
  })
})

describe('AIA: "Virtual supervisor top interrupt CSR (`vstopi`)"', () => {
  const [VTI, DPR, IPRIOM] = [1n << 30n, 1n << 9n, 1n << 8n]
  const injected = (iid: bigint, priority: bigint): bigint => VTI | (iid << 16n) | priority
  const delegated: Csrs = [
    ['hideleg', VSSI | VSTI | VSEI],
    ['hie', VSSI | VSTI | VSEI],
  ]
  const rows: readonly (readonly [string, Csrs, readonly [bigint, bigint]])[] = [
    ['nothing is pending', [], [0n, 0n]],
    [
      'not delegated',
      [
        ['hvip', VSSI],
        ['hideleg', 0n],
      ],
      [0n, 0n],
    ],
    ['SSI, simplified', [['hvip', VSSI]], [1n, 1n]],
    [
      'SSI by IPRIOM: below all external ones',
      [
        ['hvip', VSSI],
        ['hvictl', IPRIOM],
      ],
      [1n, 255n],
    ],
    ['an external interrupt comes before SSI and STI', [['hvip', VSSI | VSTI | VSEI]], [9n, 1n]],
    [
      'an external one without number: 256, told as 255',
      [
        ['hvip', VSEI],
        ['hvictl', IPRIOM],
      ],
      [9n, 255n],
    ],
    [
      'an external one with the number of hvictl',
      [
        ['hvip', VSEI],
        ['hvictl', IPRIOM | injected(9n, 40n)],
      ],
      [9n, 40n],
    ],
    [
      'VTI hides SSI and STI',
      [
        ['hvip', VSSI | VSTI],
        ['hvictl', injected(9n, 0n)],
      ],
      [0n, 0n],
    ],
    ['an injected one of any identity', [['hvictl', injected(47n, 0n)]], [47n, 1n]],
    [
      'injected, number 0, DPR 0: above all external ones',
      [
        ['hvip', VSEI],
        ['hvictl', IPRIOM | injected(13n, 0n)],
      ],
      [13n, 0n],
    ],
    [
      'injected, number 0, DPR 1: below all external ones',
      [
        ['hvip', VSEI],
        ['hvictl', DPR | IPRIOM | injected(13n, 0n)],
      ],
      [9n, 255n],
    ],
    [
      'injected, number 200: before an external one without number',
      [
        ['hvip', VSEI],
        ['hvictl', IPRIOM | injected(13n, 200n)],
      ],
      [13n, 200n],
    ],
  ]
  for (const [what, csrs, [iid, priority]] of rows)
    test(what, () => assert.equal(csr(hartWith([...delegated, ...csrs]), 'vstopi'), (iid << 16n) | priority))

  test('with a guest interrupt file its number counts; ties go by DPR', () => {
    const file: Csrs = [
      ['hstatus', VGEIN(2)],
      ['vsiselect', EIDELIVERY],
      ['vsireg', 1n],
      ['vsiselect', EIE0],
      ['vsireg', 1n << 20n],
      ['vsiselect', EIP0],
      ['vsireg', 1n << 20n],
    ]
    for (const [control, iid, priority] of [
      [IPRIOM, 9n, 20n],
      [IPRIOM | injected(13n, 21n), 9n, 20n],
      [IPRIOM | injected(13n, 19n), 13n, 19n],
      [IPRIOM | injected(13n, 20n), 13n, 20n],
      [IPRIOM | DPR | injected(13n, 20n), 9n, 20n],
    ] as const)
      assert.equal(csr(hartWith([...delegated, ...file, ['hvictl', control]]), 'vstopi'), (iid << 16n) | priority)
  })

  test('what vstopi names is taken in VS with that cause, also one that no bit of vsip stands for', () => {
    assert.deepEqual(taken(hartWith([...delegated, ['hvictl', injected(47n, 3n)]]), 'VU'), ['VS', 47n])
    assert.deepEqual(taken(hartWith([...delegated, ['hvip', VSTI]]), 'VU'), ['VS', 5n])
    assert.equal(taken(hartWith([...delegated, ['hvictl', injected(47n, 3n)]]), 'VS'), undefined, 'vsstatus.SIE is clear')
    assert.equal(taken(hartWith([...delegated, ['hvictl', injected(47n, 3n)]]), 'U'), undefined, 'V is clear')
  })
})

describe('AIA: "WFI (Wait for Interrupt) instruction"', () => {
  const resumed = (csrs: Csrs): boolean => {
    const machine = hartWith(csrs)
    machine.memory.write(RAM_BASE, bytesOf([encode('wfi')]))
    return machine.run({ maxInstructions: 1 }).kind === 'instruction-limit'
  }

  test('an interrupt pending at any level ends it, virtual ones too', () => {
    assert.equal(resumed([]), false)
    assert.equal(
      resumed([
        ['mvien', SSI],
        ['mvip', SSI],
      ]),
      false,
      'sie is clear',
    )
    assert.equal(
      resumed([
        ['mvien', SSI],
        ['mvip', SSI],
        ['sie', SSI],
      ]),
      true,
    )
    assert.equal(resumed([['hvictl', (1n << 30n) | (13n << 16n)]]), true)
  })
})
