/** A hart of a machine with an IMSIC, one instruction or one interrupt at a time: what the specs of Smaia and Ssaia share. */
import { invariant } from '../../../common/errors.js'
import type { Privilege } from '../../../common/hosted-port.js'
import { KIB } from '../../../common/units.js'
import { bytesOf, encode } from '../../isa/encode.js'
import { Machine, type MachineOptions, type OptionalExtension } from '../../machine.js'
import { RAM_BASE } from '../../memory/physical-memory.js'
import { CSR_TABLE } from '../csr-table.js'

export const [ILLEGAL, VIRTUAL] = [2n, 22n]
export const ALL_ONES = (1n << 64n) - 1n
export const EVERYTHING = (1n << 54n) - 1n
export const [SSI, STI, SEI, VSSI, VSTI, VSEI] = [1, 5, 9, 2, 6, 10].map((code) => 1n << BigInt(code)) as [
  bigint,
  bigint,
  bigint,
  bigint,
  bigint,
  bigint,
]
export const [EIDELIVERY, EITHRESHOLD, EIP0, EIE0] = [0x70n, 0x72n, 0x80n, 0xc0n]
export const VGEIN = (guest: number): bigint => BigInt(guest) << 12n

export const number = (name: string): number => {
  const csr = CSR_TABLE.find((row) => row.name === name)
  invariant(csr !== undefined, `no CSR ${name}`)
  return csr.number
}
export type Csrs = readonly (readonly [string, bigint])[]

/** A hart with an IMSIC and open PMP; CSRs are written in M, in order. */
export function hartWith(
  csrs: Csrs = [],
  extensions: readonly OptionalExtension[] = ['H'],
  options: Partial<MachineOptions> = {},
): Machine {
  const machine = new Machine({
    ramBytes: 64 * KIB,
    rom: new Uint8Array(),
    engine: 'reference',
    resetVector: RAM_BASE,
    interruptController: 'aplic-imsic',
    extensions,
    ...options,
  })
  for (const [name, value] of [['pmpaddr0', EVERYTHING], ['pmpcfg0', 0x1fn], ...csrs] as Csrs) machine.hart(0).setCsr(number(name), value)
  return machine
}

export const csr = (machine: Machine, name: string): bigint => machine.hart(0).csr(number(name))
export const set = (machine: Machine, ...csrs: Csrs): void => csrs.forEach(([name, value]) => machine.hart(0).setCsr(number(name), value))

/** Executes one instruction at a privilege; the cause if it trapped, to M. */
export function execute(machine: Machine, privilege: Privilege, word: number): bigint | undefined {
  const hart = machine.hart(0)
  hart.pc = BigInt(RAM_BASE)
  hart.privilege = privilege
  machine.memory.write(RAM_BASE, bytesOf([word]))
  const stop = machine.run({ maxInstructions: 1, breakAt: ({ cause }) => cause !== undefined })
  return stop.kind === 'break' ? csr(machine, 'mcause') : undefined
}
export const read = (name: string): number => encode('csrrs', { rd: 5, rs1: 0, number: number(name) })
export const write = (name: string): number => encode('csrrw', { rd: 5, rs1: 6, number: number(name) })

/** The interrupt taken next from a privilege: where to, and xcause. */
export function taken(machine: Machine, privilege: Privilege): readonly [Privilege, bigint] | undefined {
  const hart = machine.hart(0)
  hart.pc = BigInt(RAM_BASE)
  hart.privilege = privilege
  machine.memory.write(RAM_BASE, bytesOf([encode('addi', { rd: 0, rs1: 0, immediate: 0 })]))
  const stop = machine.run({ maxInstructions: 1, breakAt: ({ cause }) => cause?.kind === 'interrupt' })
  if (stop.kind !== 'break') return undefined
  const register = { M: 'mcause', S: 'scause', VS: 'vscause', U: '', VU: '' }[hart.privilege]
  return [hart.privilege, csr(machine, register) & ~(1n << 63n)]
}
