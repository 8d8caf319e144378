/** An assembly program as an ELF file that this computer, QEMU and Spike start: for benches and tests. */
import { err, ok, type Result } from '../common/result.js'
import { RAM_BASE } from '../hardware/memory/physical-memory.js'
import { assemble } from '../programs/assembler/assemble.js'
import { writeElf64 } from '../programs/elf/elf-writer.js'

export interface AssembledElfOptions {
  /** Named in messages. */
  readonly file: string
  /** RAM's first byte unless given. */
  readonly base?: number
  readonly symbols?: Readonly<Record<string, bigint>>
}

/** Its labels become symbols. The error is the assembler's one line. */
export function assembleElf(source: string, { file, base = RAM_BASE, symbols = {} }: AssembledElfOptions): Result<Uint8Array, string> {
  const assembled = assemble(source, { file, base, symbols })
  if (!assembled.ok) return err(assembled.error.text)
  const { bytes, entry, symbols: labels } = assembled.value
  return ok(writeElf64({ base: BigInt(base), bytes, entry: BigInt(entry), symbols: labels }))
}
