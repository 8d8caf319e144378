/** StrictDoc among the formats. */
import type { RequirementReader } from '../../../items/reader.js'

export const strictDocFormat: RequirementReader = {
  format: 'strictdoc',
  title: 'StrictDoc documents (.sdoc) with their grammars (.sgra)',
  extensions: ['.sdoc', '.sgra'],
  recognises: (head, name) => /\.(sdoc|sgra)$/i.test(name) || /^\s*\[DOCUMENT\]\r?\n/.test(head),
  read: async (files) => (await import('./read-strictdoc.js')).readStrictDoc(files),
}
