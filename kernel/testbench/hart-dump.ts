/** A hart's registers and CSRs as lines, for the message about a program that went wrong. Register names are those of the ABI. */
import type { HartView } from '../hardware/machine.js'

const ABI_NAMES = [
  ...['zero', 'ra', 'sp', 'gp', 'tp', 't0', 't1', 't2', 's0', 's1', 'a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7'],
  ...['s2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 's10', 's11', 't3', 't4', 't5', 't6'],
]
const COLUMNS = 4

const hex = (value: bigint): string => value.toString(16).padStart(16, '0')

/** CSRs that are zero are left out; everything else of the hart is there. */
export function dumpHart(hart: HartView): string[] {
  const registers = ABI_NAMES.map((name, index) => `${name.padStart(4)} ${hex(hart.x(index))}`)
  const csrs = hart.csrs().flatMap(({ name, number }) => {
    const value = hart.csr(number)
    return value === 0n ? [] : [`${name.padStart(12)} ${hex(value)}`]
  })
  const head = `hart ${hart.index}: pc ${hex(hart.pc)}, ${hart.privilege}-mode, ${hart.instret} instructions, ${hart.cycles} cycles`
  return [head, ...columns(registers), ...columns(csrs)]
}

function columns(cells: readonly string[]): string[] {
  return Array.from({ length: Math.ceil(cells.length / COLUMNS) }, (_, row) => cells.slice(row * COLUMNS, (row + 1) * COLUMNS).join('  '))
}
