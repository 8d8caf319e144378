/**
 * Registers of a hart as GDB numbers them: x0 to x31, pc, f0 to f31, CSRs from 65 on, the privilege. All have 64 bits but the
 * floating-point CSRs and the privilege. GDB, "RISC-V Features".
 */
import type { HartView } from '../../hardware/machine.js'

export const PC = 32
export const FIRST_F = 33
export const FIRST_CSR = 65
export const PRIVILEGE = FIRST_CSR + 4096

const FLOATING_POINT: readonly string[] = ['fflags', 'frm', 'fcsr']

export function targetDescription(hart: HartView): string {
  const reg = (name: string, number: number, type: string, bits = 64): string =>
    `<reg name="${name}" bitsize="${bits}" type="${type}" regnum="${number}"/>`
  const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
  const csrs = hart.csrs().filter(({ name }) => !FLOATING_POINT.includes(name))
  return [
    '<?xml version="1.0"?><!DOCTYPE target SYSTEM "gdb-target.dtd"><target version="1.0"><architecture>riscv:rv64</architecture>',
    '<feature name="org.gnu.gdb.riscv.cpu">',
    ...range(32).map((index) => reg(`x${index}`, index, 'int')),
    reg('pc', PC, 'code_ptr'),
    '</feature><feature name="org.gnu.gdb.riscv.fpu">',
    ...range(32).map((index) => reg(`f${index}`, FIRST_F + index, 'ieee_double')),
    ...FLOATING_POINT.map((name, index) => reg(name, FIRST_CSR + 1 + index, 'int', 32)),
    '</feature><feature name="org.gnu.gdb.riscv.csr">',
    ...csrs.map(({ name, number }) => reg(name, FIRST_CSR + number, 'int')),
    '</feature><feature name="org.gnu.gdb.riscv.virtual">',
    reg('priv', PRIVILEGE, 'int', 32),
    '</feature></target>',
  ].join('')
}
