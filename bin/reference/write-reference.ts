/**
 * Main: writes the schema of a configuration for editors and the derived pages below docs/reference, and takes away those of
 * commands and schemas that are gone.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SYSTEM_SCHEMA, SYSTEM_SCHEMA_FILE } from '../../kernel/separation/config/schema/system-schema.js'
import { projectRoot } from '../project.js'
import { referencePages } from './reference-pages.js'

writeFileSync(join(projectRoot, SYSTEM_SCHEMA_FILE), `${JSON.stringify(SYSTEM_SCHEMA, undefined, 2)}\n`)
const folder = join(projectRoot, 'docs/reference')
const pages = await referencePages()
for (const [page, text] of pages) {
  mkdirSync(dirname(join(folder, page)), { recursive: true })
  writeFileSync(join(folder, page), text)
}
for (const part of ['commands', 'schemas'])
  for (const name of readdirSync(join(folder, part))) if (!pages.has(`${part}/${name}`)) rmSync(join(folder, part, name))
process.stdout.write(`${pages.size} pages in docs/reference\n`)
