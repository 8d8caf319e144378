/**
 * The hypervisor extension's instructions, Svinval and MNRET. RISC-V Privileged, "Hypervisor Virtual-Machine Load and Store
 * Instructions", "Hypervisor Memory-Management Fence Instructions", "Svinval", "MNRET Instruction".
 */
import type { FenceStage, MemoryWidth, Semantics } from './algebra.js'
import { RD, row, RS1, RS2, type Instruction } from './instruction.js'

const SYSTEM = 0x73
const HYPERVISOR_ACCESS = 4

/** funct7, the rs2 field that selects the extension, and the access. */
const loads: readonly (readonly [string, number, number, MemoryWidth, 'signed' | 'unsigned', 'read' | 'execute'])[] = [
  ['hlv.b', 0x30, 0, 1, 'signed', 'read'],
  ['hlv.bu', 0x30, 1, 1, 'unsigned', 'read'],
  ['hlv.h', 0x32, 0, 2, 'signed', 'read'],
  ['hlv.hu', 0x32, 1, 2, 'unsigned', 'read'],
  ['hlvx.hu', 0x32, 3, 2, 'unsigned', 'execute'],
  ['hlv.w', 0x34, 0, 4, 'signed', 'read'],
  ['hlv.wu', 0x34, 1, 4, 'unsigned', 'read'],
  ['hlvx.wu', 0x34, 3, 4, 'unsigned', 'execute'],
  ['hlv.d', 0x36, 0, 8, 'signed', 'read'],
]

const stores: readonly (readonly [string, number, MemoryWidth])[] = [
  ['hsv.b', 0x31, 1],
  ['hsv.h', 0x33, 2],
  ['hsv.w', 0x35, 4],
  ['hsv.d', 0x37, 8],
]

type Fence = (address: 'any' | 'one', identifier: 'any' | 'one') => Semantics

const hostFence: Fence =
  (address, identifier) =>
  (m, { rs1, rs2 }) =>
    m.fenceVirtualMemory(address === 'any' ? undefined : m.x(rs1), identifier === 'any' ? undefined : m.x(rs2))

const guestFence =
  (stage: FenceStage): Fence =>
  (address, identifier) =>
  (m, { rs1, rs2 }) =>
    m.fenceGuest(stage, address === 'any' ? undefined : m.x(rs1), identifier === 'any' ? undefined : m.x(rs2))

/** rs1 = x0: all addresses; rs2 = x0: all identifiers. Both are rows of their own, as in system.ts. */
function fence(name: string, extension: 'H' | 'Svinval', funct7: number, identifier: string, semantics: Fence): Instruction[] {
  const encoding = { opcode: SYSTEM, funct3: 0, funct7 }
  return [
    row(`${name} (all)`, extension, 'R', { ...encoding, zero: RD | RS1 | RS2 }, semantics('any', 'any'), 'rs1, rs2'),
    row(`${name} (${identifier})`, extension, 'R', { ...encoding, zero: RD | RS1 }, semantics('any', 'one'), 'rs1, rs2'),
    row(`${name} (address)`, extension, 'R', { ...encoding, zero: RD | RS2 }, semantics('one', 'any'), 'rs1, rs2'),
    row(name, extension, 'R', { ...encoding, zero: RD }, semantics('one', 'one'), 'rs1, rs2'),
  ]
}

/** Words without operands. */
const exact = (name: string, extension: 'Svinval' | 'Smrnmi', word: number, semantics: Semantics): Instruction =>
  row(name, extension, 'R', { opcode: SYSTEM, funct3: 0, funct12: word >>> 20, zero: RD | RS1 }, semantics, '')

export const RV64H: readonly Instruction[] = [
  ...loads.map(([name, funct7, selector, width, extension, permission]) =>
    row(
      name,
      'H',
      'R',
      { opcode: SYSTEM, funct3: HYPERVISOR_ACCESS, funct12: (funct7 << 5) | selector },
      (m, { rd, rs1 }) => m.setX(rd, m.loadGuest(width, extension, permission, m.x(rs1))),
      'rd, (rs1)',
    ),
  ),
  ...stores.map(([name, funct7, width]) =>
    row(
      name,
      'H',
      'R',
      { opcode: SYSTEM, funct3: HYPERVISOR_ACCESS, funct7, zero: RD },
      (m, { rs1, rs2 }) => m.storeGuest(width, m.x(rs1), m.x(rs2)),
      'rs2, (rs1)',
    ),
  ),
  ...fence('hfence.vvma', 'H', 0x11, 'address space', guestFence('VS')),
  ...fence('hfence.gvma', 'H', 0x31, 'virtual machine', guestFence('G')),
  ...fence('sinval.vma', 'Svinval', 0x0b, 'address space', hostFence),
  ...fence('hinval.vvma', 'Svinval', 0x13, 'address space', guestFence('VS')),
  ...fence('hinval.gvma', 'Svinval', 0x33, 'virtual machine', guestFence('G')),
  exact('sfence.w.inval', 'Svinval', 0x1800_0073, (m) => m.fenceInvalidations()),
  exact('sfence.inval.ir', 'Svinval', 0x1810_0073, (m) => m.fenceInvalidations()),
  exact('mnret', 'Smrnmi', 0x7020_0073, (m) => m.trapReturn('MN')),
]
