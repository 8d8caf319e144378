/**
 * Layouts of the kernel's records in emulated physical memory. A layout is a constant; a view reads and writes the fields
 * of one record through `KernelMemory` and holds no state. Little endian; offsets in bytes.
 */
import type { KernelMemory } from './kernel-memory.js'

/** `u32` and `time` are numbers (`time` is 64 bits wide in memory and below 2^53), `u64` is a bigint. */
export type FieldKind = 'u32' | 'time' | 'u64'
type Fields = Readonly<Record<string, FieldKind>>
type ValueOf<Kind extends FieldKind> = Kind extends 'u64' ? bigint : number

export interface RecordView<F extends Fields> {
  readonly address: number
  get<Name extends keyof F & string>(name: Name): ValueOf<F[Name]>
  set(values: { readonly [Name in keyof F]?: ValueOf<F[Name]> }): void
}

export interface RecordLayout<F extends Fields> {
  readonly bytes: number
  readonly offsets: Readonly<Record<keyof F & string, number>>
  at(memory: KernelMemory, address: number): RecordView<F>
}

export function record<const F extends Fields>(fields: F): RecordLayout<F> {
  const offsets: Record<string, number> = {}
  let bytes = 0
  for (const [name, kind] of Object.entries(fields)) {
    const size = kind === 'u32' ? 4 : 8
    bytes = Math.ceil(bytes / size) * size
    offsets[name] = bytes
    bytes += size
  }
  bytes = Math.ceil(bytes / 8) * 8
  return { bytes, offsets: offsets as Record<keyof F & string, number>, at: (memory, address) => view(fields, offsets, memory, address) }
}

function view<F extends Fields>(
  fields: F,
  offsets: Readonly<Record<string, number>>,
  memory: KernelMemory,
  address: number,
): RecordView<F> {
  const place = (name: string): number => address + (offsets[name] ?? 0)
  return {
    address,
    get(name) {
      const value: number | bigint =
        fields[name] === 'u32' ? memory.u32(place(name)) : fields[name] === 'time' ? memory.time(place(name)) : memory.u64(place(name))
      return value as ValueOf<F[typeof name]>
    },
    set(values) {
      for (const [name, value] of Object.entries(values) as [string, number | bigint][]) {
        if (fields[name] === 'u32') memory.setU32(place(name), Number(value))
        else memory.setU64(place(name), BigInt(value))
      }
    },
  }
}
