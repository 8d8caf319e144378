/** Reads a profile folder from disk: its YAML files and those of its catalogue folders. File names are printed relative to `root`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { EvidenceError } from '../model/errors.js'
import { parseProfiles, type Profiles } from './profiles.js'

/** @throws EvidenceError `unreadable-file` when the folder is not there, and everything `parseProfiles` refuses. */
export function readProfiles(root: string, folder: string): Profiles {
  const files = new Map(yamlFiles(folder).map((file) => [printed(root, file), readFileSync(file, 'utf8')]))
  return parseProfiles(printed(root, folder), files)
}

function yamlFiles(folder: string): string[] {
  let entries
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: folder }, 'no such folder', 'name the folder that holds security-target.yaml', {
      cause,
    })
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'schema' ? [] : yamlFiles(path)
    return entry.isFile() && entry.name.endsWith('.yaml') ? [path] : []
  })
}

function printed(root: string, path: string): string {
  return relative(root, path).split(sep).join('/')
}
