/**
 * Zicsr, Zifencei, the privileged instructions and the hosted calls.
 * RISC-V Unprivileged, "Zicsr", "Zifencei"; RISC-V Privileged, "Trap-Return Instructions", "Wait for Interrupt",
 * "Supervisor Memory-Management Fence Instruction"; hosted calls: opcode custom-0, ours.
 *
 * The conditions on rd and rs1 ("if rd=x0 the CSR is not read", "if rs1=x0 the CSR is not written") are rows of their own, so
 * that an engine knows from the row which accesses an instruction makes.
 */
import type { CsrWrite, Semantics } from './algebra.js'
import { RD, row, RS1, RS2, type Instruction } from './instruction.js'

const SYSTEM = 0x73
const CUSTOM_0 = 0x0b

const csrRead: Semantics = (m, { rd, number }) => m.setX(rd, m.readCsr(number))

const csrWriteRegister: Semantics = (m, { rs1, number }) => m.writeCsr(number, 'write', m.x(rs1))
const csrWriteImmediate: Semantics = (m, { immediate, number }) => m.writeCsr(number, 'write', immediate)

const csrRegister =
  (how: CsrWrite): Semantics =>
  (m, { rd, rs1, number }) => {
    const source = m.x(rs1)
    const old = m.readCsr(number)
    m.writeCsr(number, how, source)
    m.setX(rd, old)
  }

const csrImmediate =
  (how: CsrWrite): Semantics =>
  (m, { rd, immediate, number }) => {
    const old = m.readCsr(number)
    m.writeCsr(number, how, immediate)
    m.setX(rd, old)
  }

const CSR_SYNTAX = 'rd, csr, rs1'

const exact = (name: string, word: number, semantics: Semantics): Instruction =>
  row(name, 'privileged', 'R', { opcode: SYSTEM, funct3: 0, funct12: word >>> 20, zero: RD | RS1 }, semantics, '')

const SFENCE_VMA = { opcode: SYSTEM, funct3: 0, funct7: 0x09 }

export const SYSTEM_INSTRUCTIONS: readonly Instruction[] = [
  row('csrrw (rd=x0)', 'Zicsr', 'R', { opcode: SYSTEM, funct3: 1, zero: RD }, csrWriteRegister, CSR_SYNTAX),
  row('csrrw', 'Zicsr', 'R', { opcode: SYSTEM, funct3: 1 }, csrRegister('write'), CSR_SYNTAX),
  row('csrrs (rs1=x0)', 'Zicsr', 'R', { opcode: SYSTEM, funct3: 2, zero: RS1 }, csrRead, CSR_SYNTAX),
  row('csrrs', 'Zicsr', 'R', { opcode: SYSTEM, funct3: 2 }, csrRegister('set'), CSR_SYNTAX),
  row('csrrc (rs1=x0)', 'Zicsr', 'R', { opcode: SYSTEM, funct3: 3, zero: RS1 }, csrRead, CSR_SYNTAX),
  row('csrrc', 'Zicsr', 'R', { opcode: SYSTEM, funct3: 3 }, csrRegister('clear'), CSR_SYNTAX),
  row('csrrwi (rd=x0)', 'Zicsr', 'uimm5', { opcode: SYSTEM, funct3: 5, zero: RD }, csrWriteImmediate),
  row('csrrwi', 'Zicsr', 'uimm5', { opcode: SYSTEM, funct3: 5 }, csrImmediate('write')),
  row('csrrsi (uimm=0)', 'Zicsr', 'uimm5', { opcode: SYSTEM, funct3: 6, zero: RS1 }, csrRead),
  row('csrrsi', 'Zicsr', 'uimm5', { opcode: SYSTEM, funct3: 6 }, csrImmediate('set')),
  row('csrrci (uimm=0)', 'Zicsr', 'uimm5', { opcode: SYSTEM, funct3: 7, zero: RS1 }, csrRead),
  row('csrrci', 'Zicsr', 'uimm5', { opcode: SYSTEM, funct3: 7 }, csrImmediate('clear')),

  // "FENCE.I": the fields that a later extension may use are ignored.
  row('fence.i', 'Zifencei', 'I', { opcode: 0x0f, funct3: 1 }, (m) => m.fenceInstructions(), ''),

  exact('mret', 0x3020_0073, (m) => m.trapReturn('M')),
  exact('sret', 0x1020_0073, (m) => m.trapReturn('S')),
  exact('wfi', 0x1050_0073, (m) => m.waitForInterrupt()),
  row(
    'sfence.vma (all)',
    'privileged',
    'R',
    { ...SFENCE_VMA, zero: RD | RS1 | RS2 },
    (m) => m.fenceVirtualMemory(undefined, undefined),
    'rs1, rs2',
  ),
  row(
    'sfence.vma (address space)',
    'privileged',
    'R',
    { ...SFENCE_VMA, zero: RD | RS1 },
    (m, { rs2 }) => m.fenceVirtualMemory(undefined, m.x(rs2)),
    'rs1, rs2',
  ),
  row(
    'sfence.vma (address)',
    'privileged',
    'R',
    { ...SFENCE_VMA, zero: RD | RS2 },
    (m, { rs1 }) => m.fenceVirtualMemory(m.x(rs1), undefined),
    'rs1, rs2',
  ),
  row(
    'sfence.vma',
    'privileged',
    'R',
    { ...SFENCE_VMA, zero: RD },
    (m, { rs1, rs2 }) => m.fenceVirtualMemory(m.x(rs1), m.x(rs2)),
    'rs1, rs2',
  ),

  row('kcall', 'hosted', 'I', { opcode: CUSTOM_0, funct3: 0, zero: RD | RS1 }, (m, { number }) => m.hostedCall('kcall', number), 'number'),
  row('ucall', 'hosted', 'I', { opcode: CUSTOM_0, funct3: 1, zero: RD | RS1 }, (m, { number }) => m.hostedCall('ucall', number), 'number'),
]
