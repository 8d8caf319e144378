/** Files that are not compiled (schemas, systems) stay where they were written; compiled code finds them from the root of the package. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ModelError } from '../../../common/errors.js'

/** Absolute path of a file of this package, named relative to its root, from sources and from any output folder alike. */
export function packagePath(relative: string): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new ModelError(`no package.json above ${import.meta.url}`)
    folder = parent
  }
  return join(folder, relative)
}
