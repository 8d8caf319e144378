/** Questions that several validators ask about the names of a system. */
import type { SystemSource } from '../source/system-source.js'
import type { Path } from '../source/yaml-reader.js'
import type { Violation } from './validator.js'

export const partitionNames = ({ partitions }: SystemSource): ReadonlySet<string> => new Set(partitions.map(({ name }) => name))

/** Every name in `names` that is no partition; `path` is the list's. */
export function* unknownPartitions(known: ReadonlySet<string>, names: readonly string[], path: Path, subject: string): Iterable<Violation> {
  for (const [i, name] of names.entries())
    if (!known.has(name)) yield { path: [...path, i], what: `${subject} names ${name}, which is no partition` }
}

/** Indexes of elements that occurred before. */
export function repeated(values: readonly string[]): readonly number[] {
  const seen = new Set<string>()
  return values.flatMap((value, i) => {
    const before = seen.has(value)
    seen.add(value)
    return before ? [i] : []
  })
}
