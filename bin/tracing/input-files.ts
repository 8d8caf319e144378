/**
 * The files behind the operands of a command: a file is itself, a folder all files below it, in the order of their names. What reports
 * print is relative to the project and never leads out of it, so that equal inputs give equal reports wherever they lie.
 */
import { readdirSync, realpathSync, statSync, type Stats } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { isPack } from '../../evidence/attest/pack-mark.js'
import { findReader } from '../../evidence/exchange/recognise.js'
import type { InputFile, Reader } from '../../evidence/items/reader.js'
import { EvidenceError } from '../../evidence/model/errors.js'
import { compareText } from '../../evidence/model/text-order.js'

/** Folders that hold what others made, never sources of evidence. */
const skipped = new Set(['node_modules', '__pycache__', 'target', 'dist'])

/**
 * @param root paths are printed relative to it.
 * @throws EvidenceError `unreadable-file` for an operand that is not there, `unknown-format` for a folder without any file of the formats.
 */
export function inputFiles<Result>(operands: readonly string[], root: string, readers: readonly Reader<Result>[]): InputFile[] {
  const files = operands.flatMap((operand) => {
    const path = resolve(operand)
    if (!isFolder(path, operand)) return [{ name: printedName(path, root), path }]
    const found = filesBelow(path).filter((file) => findReader(readers, { name: file, path: file }) !== null)
    if (found.length === 0)
      throw new EvidenceError(
        'unknown-format',
        { file: printedName(path, root) },
        'holds no file of a known format',
        `put one of ${readers.map(({ format }) => format).join(', ')} there, or name the file`,
      )
    return found.map((file) => ({ name: printedName(file, root, path), path: file }))
  })
  const seen = new Set<string>()
  return files.filter(({ path }) => {
    const real = realpathSync(path)
    return !seen.has(real) && seen.add(real)
  })
}

/** Files are read more than once: a pipe would wait for ever, or give its bytes to the first look. */
function isFolder(path: string, operand: string): boolean {
  const found = statOf(path, operand)
  if (found.isDirectory()) return true
  if (found.isFile()) return false
  throw new EvidenceError('unreadable-file', { file: operand }, 'is a pipe or a device', 'write what it gives into a file, and name that')
}

function statOf(path: string, shown: string): Stats {
  try {
    return statSync(path)
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: shown }, 'no such file or folder', 'correct the name', { cause })
  }
}

/**
 * Links are followed: what a link leads to is evidence as much as its neighbours. `above`: real paths of the folders that hold this one.
 * @throws EvidenceError `unreadable-file` for a link that leads nowhere.
 */
export function filesBelow(folder: string, above: readonly string[] = []): string[] {
  const real = realpathSync(folder)
  if (above.includes(real)) return []
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => compareText(a.name, b.name))
    .flatMap((entry) => {
      if (entry.name.startsWith('.')) return []
      const path = join(folder, entry.name)
      const target = entry.isSymbolicLink() ? statOf(path, join(basename(folder), entry.name)) : entry
      // An answer of this tool among the inputs is no evidence: its junit.xml would verify what it names.
      if (target.isDirectory()) return skipped.has(entry.name) || isPack(path) ? [] : filesBelow(path, [...above, real])
      return target.isFile() ? [path] : []
    })
}

/** Outside the project: the last name, below its folder where one was given. */
export function printedName(path: string, root: string, folder?: string): string {
  const inside = relative(root, path)
  const outside = inside.startsWith('..') || resolve(inside) === inside
  const name = !outside ? inside : folder === undefined ? basename(path) : join(basename(folder), relative(folder, path))
  return name.split(sep).join('/')
}
