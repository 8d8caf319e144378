/** The legacy JSON report of Cucumber, and behave's, among the formats. */
import type { ResultReader } from '../../../items/reader.js'
import { jsonHead } from '../../json/json-head.js'

export const cucumberJsonFormat: ResultReader = {
  format: 'cucumber-json',
  title: 'legacy JSON report of cucumber-js, -jvm, -ruby, godog, SpecFlow and behave (.json)',
  extensions: ['.json'],
  recognises: (head) => {
    if (!/^\s*\[/.test(head)) return false
    const { inner } = jsonHead(head)
    return /^\s*\[\s*\]\s*$/.test(head) || (inner.has('keyword') && (inner.has('elements') || inner.has('uri') || inner.has('location')))
  },
  read: async (files) => (await import('./read-cucumber-json.js')).readCucumberJson(files),
}
