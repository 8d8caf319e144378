/** The YAML files of a profile folder, in path order: inputs of the case, named with their digests in the report. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export function profileFiles(folder: string): readonly string[] {
  return filesBelow(folder, '.yaml')
}

/** Paths of the files with that ending, sorted. */
export function filesBelow(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name))
}
