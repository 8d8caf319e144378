/** Cobertura XML among the formats. Clover has the same root; Cobertura alone has rates. */
import type { CoverageReader } from '../../../items/reader.js'

const root = /^(?:\s|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>)*<coverage\b([^>]*)>/

export const coberturaFormat: CoverageReader = {
  format: 'cobertura',
  title: 'Cobertura XML of Cobertura, coverage.py, coverlet, istanbul, gcovr and others (.xml)',
  extensions: ['.xml'],
  recognises: (head) => {
    const attributes = root.exec(head)?.[1]
    if (attributes === undefined || /\bclover=/.test(attributes)) return false
    return /\bline-rate=|\bbranch-rate=|\blines-valid=/.test(attributes) || /<packages\b|<sources\b/.test(head)
  },
  read: async (files) => (await import('./read-cobertura.js')).readCobertura(files),
}
