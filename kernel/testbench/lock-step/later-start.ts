/**
 * A program that starts where another one stood after a number of instructions: the same registers, CSRs, code and page tables; data are
 * forgotten. What it differs in comes after a few hundred instructions in place of thousands.
 */
import { PAGE_BYTES } from '../../common/units.js'
import type { EngineKind, HartView, Machine } from '../../hardware/machine.js'
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { advance, goesOn } from './lock-step.js'
import { machineWith } from './program-machine.js'
import { PAGE_TABLES, PROGRAM, RAM_BYTES } from './program-layout.js'
import type { CsrValue } from './random-csrs.js'
import type { TableEntry } from './random-page-tables.js'
import type { RandomProgram } from './random-program.js'

/** Of a CSR number these bits say read-only (RISC-V Privileged, "CSR Address Mapping Conventions"). */
const READ_ONLY = 0xc00

export function laterStart(program: RandomProgram, engine: EngineKind, instructions: number): RandomProgram {
  const machine = machineWith(program, engine)
  const hart = machine.hart(0)
  for (let step = 0; step < instructions && hart.instret < instructions; step++)
    if (!goesOn(advance(machine, instructions - hart.instret, false))) break
  const code = machine.memory.read(RAM_BASE + PROGRAM, program.words.length * 4)
  const view = new DataView(code.buffer, code.byteOffset)
  return {
    words: program.words.map((_, index) => view.getUint32(index * 4, true)),
    registers: program.registers.map((_, index) => hart.x(index + 1)),
    floats: program.floats.map((_, index) => hart.f(index)),
    csrs: csrValues(hart, program),
    pageTables: tableEntries(machine),
    extensions: program.extensions,
    start: { pc: hart.pc, privilege: hart.privilege },
  }
}

/** In the order of the program's own where it sets them: protection before what it locks. */
function csrValues(hart: HartView, { csrs }: RandomProgram): CsrValue[] {
  const first = csrs.map(({ number }) => number)
  const others = hart.csrs().map(({ number }) => number)
  const writable = [...new Set([...first, ...others])].filter((number) => (number & READ_ONLY) !== READ_ONLY)
  return writable.map((number) => ({ number, value: hart.csr(number) })).filter(({ value }) => value !== 0n)
}

function tableEntries({ memory }: Machine): TableEntry[] {
  const entries: TableEntry[] = []
  for (let offset = PAGE_TABLES; offset < RAM_BYTES - PAGE_BYTES; offset += 8) {
    const value = memory.read64(RAM_BASE + offset)
    if (value !== 0n) entries.push({ offset, value })
  }
  return entries
}
