/** Clover XML among the formats, as istanbul and PHPUnit write it. */
import type { CoverageReader } from '../../../items/reader.js'

const root = /^(?:\s|<\?[^>]*\?>|<!--[\s\S]*?-->)*<coverage\b([^>]*)>/

export const cloverFormat: CoverageReader = {
  format: 'clover',
  title: 'Clover XML of Clover, istanbul and PHPUnit (.xml)',
  extensions: ['.xml'],
  recognises: (head) => {
    const attributes = root.exec(head)?.[1]
    if (attributes === undefined || /\b(?:line-rate|lines-valid)=/.test(attributes)) return false
    return /\bclover=/.test(attributes) || (/\bgenerated=/.test(attributes) && /<project\b/.test(head))
  },
  read: async (files) => (await import('./read-clover.js')).readClover(files),
}
