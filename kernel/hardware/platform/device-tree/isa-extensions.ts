/**
 * The extensions of a machine's harts, by the names that device trees use: those of the instruction table, and those that are
 * registers or behaviour alone. Linux, "Devicetree bindings: RISC-V ISA extensions".
 */
import type { OptionalExtension } from '../../hart/hart-options.js'
import { INSTRUCTION_TABLE } from '../../isa/instruction-table.js'

/** In the order of the ISA naming chapter; C has no rows of its own in the table, for its instructions expand to others. */
const LETTERS = ['i', 'm', 'a', 'f', 'd', 'c']

/** Always present, without instructions of their own (decision 0020; hart/csr/counters.ts). */
const WITHOUT_INSTRUCTIONS = ['zicntr', 'zihpm', 'sstc', 'svade', 'svadu', 'svnapot', 'svpbmt']

/** Extension names in lower case, letters first. */
export function isaExtensions(optional: readonly OptionalExtension[]): readonly string[] {
  const instructions = INSTRUCTION_TABLE.map(({ extension }) => extension.toLowerCase()).filter(
    (name) => name.startsWith('z') || name.startsWith('sv'),
  )
  const chosen = optional.map((name) => name.toLowerCase())
  const letters = [...LETTERS, ...chosen.filter((name) => name.length === 1)]
  const names = new Set([...instructions, ...WITHOUT_INSTRUCTIONS, ...chosen.filter((name) => name.length > 1)])
  return [...letters, ...[...names].sort()]
}

/** The one-string form of before, as `rv64imafdch_zicsr`. */
export function isaString(optional: readonly OptionalExtension[]): string {
  const extensions = isaExtensions(optional)
  const letters = extensions.filter((name) => name.length === 1).join('')
  return [`rv64${letters}`, ...extensions.filter((name) => name.length > 1)].join('_')
}
