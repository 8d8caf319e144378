import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CSR_ADDRESSES, CSR_NAMES } from './csrs.js'

/** RISC-V Privileged, "CSR Address Mapping Conventions": bits 9..8 are the lowest privilege. */
const LOWEST_PRIVILEGE: readonly (readonly [stem: RegExp, privilege: number])[] = [
  [/^(f|cycle|time|instret|hpmcounter)/, 0],
  [/^(s(status|ie|tvec|counteren|scratch|epc|cause|tval|ip|timecmp)|satp|senvcfg)$/, 1],
  [/^(h(status|edeleg|ideleg|ie|ip|vip|tval|tinst|gatp|gei[ep]|envcfg|timedelta)|vs(?!tart)\w+)$/, 2],
  [/^(m(?!context)\w+|pmp\w+)$/, 3],
]

describe('CSRs, RISC-V Privileged "CSR Listing"', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['fcsr', 0x003],
    ['cycle', 0xc00],
    ['hpmcounter31', 0xc1f],
    ['sstatus', 0x100],
    ['stimecmp', 0x14d],
    ['satp', 0x180],
    ['hgatp', 0x680],
    ['vstimecmp', 0x24d],
    ['mstatus', 0x300],
    ['menvcfg', 0x30a],
    ['mhpmevent3', 0x323],
    ['mhpmevent31', 0x33f],
    ['mip', 0x344],
    ['pmpcfg0', 0x3a0],
    ['pmpcfg15', 0x3af],
    ['pmpaddr0', 0x3b0],
    ['pmpaddr63', 0x3ef],
    ['mhpmcounter31', 0xb1f],
    ['mhartid', 0xf14],
  ]
  for (const [name, address] of cases)
    test(`${name} is 0x${address.toString(16)}`, () => {
      assert.equal(CSR_ADDRESSES.get(name), address)
    })

  test('names and addresses stand once', () => {
    assert.equal(CSR_NAMES.size, CSR_ADDRESSES.size)
  })

  test('bits 9..8 of the address are the privilege of the name', () => {
    for (const [name, address] of CSR_ADDRESSES) {
      const expected = LOWEST_PRIVILEGE.find(([stem]) => stem.test(name))?.[1]
      if (expected !== undefined) assert.equal((address >> 8) & 3, expected, name)
    }
  })
})
