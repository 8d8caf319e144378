/** Whether a folder is a pack that this tool made, by its manifest; and what lies in it that the manifest does not name. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { manifestName, manifestSchema, signatureName } from './manifest.js'
import { listPack } from './pack-files.js'

/** Left by file browsers wherever somebody looks. */
const ofTheDesktop = /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/

/** Other things have a `manifest.json` too: a web application, a browser extension. */
export function isPack(folder: string): boolean {
  const head = Buffer.alloc(256)
  try {
    const handle = openSync(join(folder, manifestName), 'r')
    try {
      const size = readSync(handle, head, 0, head.length, 0)
      return head.toString('latin1', 0, size).replaceAll(/\s/g, '').startsWith(`{"schema":"${manifestSchema}"`)
    } finally {
      closeSync(handle)
    }
  } catch {
    return false
  }
}

/** Paths of a pack that its manifest does not name; of a manifest that cannot be read, every path. */
export function addedFiles(folder: string): readonly string[] {
  const known = new Set([manifestName, signatureName, ...listedFiles(folder)])
  const { files, problems } = listPack(folder)
  return [...files, ...problems.map(({ path }) => path)].filter((path) => !known.has(path) && !ofTheDesktop.test(path))
}

function listedFiles(folder: string): readonly string[] {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(join(folder, manifestName), 'utf8'))
  } catch {
    return []
  }
  const files: unknown = typeof value === 'object' && value !== null && 'files' in value ? value.files : []
  if (!Array.isArray(files)) return []
  return files.flatMap((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'path' in entry && typeof entry.path === 'string' ? [entry.path] : [],
  )
}
