/** The files of a pack as they lie in its folder: paths relative to it, `/` between folders. Links are not followed, they are reported. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { compareText } from '../model/text-order.js'

export interface PackProblem {
  readonly kind: 'changed' | 'missing' | 'extra' | 'malformed-manifest' | 'unsafe-path' | 'link' | 'unreadable'
  readonly path: string
  readonly what: string
}

export interface PackListing {
  readonly files: readonly string[]
  readonly problems: readonly PackProblem[]
}

export function listPack(folder: string): PackListing {
  const files: string[] = []
  const problems: PackProblem[] = []
  const walk = (inner: string): void => {
    for (const entry of readdirSync(join(folder, inner), { withFileTypes: true })) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) files.push(path)
      else if (entry.isSymbolicLink()) problems.push({ kind: 'link', path, what: 'is a symbolic link' })
      else problems.push({ kind: 'link', path, what: 'is neither file nor folder' })
    }
  }
  walk('')
  return { files: files.sort(compareText), problems: problems.sort((a, b) => compareText(a.path, b.path)) }
}
