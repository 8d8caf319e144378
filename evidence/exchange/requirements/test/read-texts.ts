/** For specs: texts as files of a folder that is removed again, read by one reader. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { RequirementReader } from '../../../items/reader.js'
import type { RequirementSet } from '../../../items/requirement-set.js'

type Texts = Readonly<Record<string, string | Buffer>>

/** All files are given to the reader, in their order. */
export async function readTexts(
  reader: RequirementReader,
  texts: Texts,
  map: Readonly<Record<string, unknown>> | null = null,
): Promise<RequirementSet> {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-read-'))
  try {
    const files = Object.entries(texts).map(([name, text]) => {
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
      return { name, path }
    })
    return await reader.read(files, { map })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `kind id line`, in order. */
export function found({ findings }: RequirementSet): readonly string[] {
  return findings.map(({ kind, id, place }) => `${kind} ${id} ${place.line ?? '-'}`)
}

/** `id -role-> target~revision`, in order. */
export function linked({ items }: RequirementSet): readonly string[] {
  return items.flatMap(({ id, links }) =>
    links.map(({ role, target, revision }) => `${id} -${role}-> ${target}${revision === null ? '' : `~${revision}`}`),
  )
}
