/** Where the JSON Schemas lie: beside the sources, also when this code runs from `dist`, into which nothing but code is copied. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type SchemaName =
  | 'catalogue-profile'
  | 'catalogue-part'
  | 'requirements'
  | 'claims'
  | 'security-target'
  | 'deviations'
  | 'justifications'
  | 'artefacts'
  | 'assurance-artefacts'
  | 'caveats'

export function schemaFile(name: SchemaName): string {
  return join(packageRoot(dirname(fileURLToPath(import.meta.url))), 'evidence', 'profiles', 'schema', `${name}.schema.json`)
}

function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  return parent === folder ? folder : packageRoot(parent)
}
