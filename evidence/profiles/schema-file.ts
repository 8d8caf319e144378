/** Where the JSON Schemas lie: beside the sources, also when this code runs from `dist`, into which nothing but code is copied. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SchemaName } from './written-shapes.js'

export function schemaFile(name: SchemaName): string {
  return packageFile('evidence', 'profiles', 'schema', `${name}.schema.json`)
}

/** A file of the project that is no code, by its path from package.json. */
export function packageFile(...path: readonly string[]): string {
  return join(packageRoot(dirname(fileURLToPath(import.meta.url))), ...path)
}

function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  return parent === folder ? folder : packageRoot(parent)
}
