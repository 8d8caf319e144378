/** A hart's registers and CSRs as lines, for the message about a program that went wrong. Register names are those of the ABI. */
import { X_NAMES } from '../hardware/isa/register-names.js'
import type { HartView } from '../hardware/machine.js'

const COLUMNS = 4

const hex = (value: bigint): string => value.toString(16).padStart(16, '0')

/** CSRs that are zero are left out; everything else of the hart is there. */
export function dumpHart(hart: HartView): string[] {
  const registers = X_NAMES.map((name, index) => `${name.padStart(4)} ${hex(hart.x(index))}`)
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
