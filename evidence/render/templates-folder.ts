/** The project's own templates, found from this module upwards: it runs compiled and from source. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RenderError } from './render-error.js'

export function projectTemplates(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const templates = join(folder, 'templates')
    if (existsSync(join(templates, 'theme', 'theme.json'))) return templates
  }
  throw new RenderError('missing-template', 'templates', 'the folder of templates is not there', 'restore it, or name another')
}
