/**
 * fflags, frm and fcsr: illegal while FS is Off; a write makes it Dirty.
 * RISC-V Unprivileged, "Floating-Point Control and Status Register"; RISC-V Privileged, "Extension Context Status in `mstatus` Register".
 */
import type { Csr } from './csr.js'

const floatingPoint = (number: number, name: string, read: Csr['read'], write: Csr['write']): Csr => ({
  number,
  name,
  read,
  write: (hart, value) => {
    write(hart, value)
    hart.dirtyFloatingPoint()
  },
  off: (hart) => hart.floatingPointOff,
})

export const FLOATING_POINT_CSRS: readonly Csr[] = [
  floatingPoint(
    0x001,
    'fflags',
    ({ block }) => block.get('fflags'),
    ({ block }, value) => block.set('fflags', value & 0x1fn),
  ),
  floatingPoint(
    0x002,
    'frm',
    ({ block }) => block.get('frm'),
    ({ block }, value) => block.set('frm', value & 7n),
  ),
  floatingPoint(
    0x003,
    'fcsr',
    ({ block }) => (block.get('frm') << 5n) | block.get('fflags'),
    ({ block }, value) => {
      block.set('fflags', value & 0x1fn)
      block.set('frm', (value >> 5n) & 7n)
    },
  ),
]
