/** Tables in Markdown among the formats: what no other reader of Markdown takes. */
import type { RequirementReader } from '../../../items/reader.js'
import { holdsSpecificationItems } from '../openfasttrace/openfasttrace-format.js'

export const markdownFormat: RequirementReader = {
  format: 'markdown',
  title: 'tables of requirements in Markdown',
  extensions: ['.md', '.markdown'],
  recognises: (head, name) =>
    /\.(md|markdown)$/i.test(name) && !holdsSpecificationItems(head) && !(/^---\r?\n/.test(head) && /^active:/m.test(head)),
  read: async (files, options) => (await import('./read-markdown.js')).readMarkdown(files, options),
}
