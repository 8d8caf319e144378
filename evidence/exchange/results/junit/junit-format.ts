/** JUnit XML among the formats, with the two relatives that say the same in other words: NUnit and xUnit.net. */
import type { ResultReader } from '../../../items/reader.js'

const root =
  /^(?:\s|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>)*<(?:testsuites|testsuite|test-run|test-results|assemblies)[\s/>]/

export const junitFormat: ResultReader = {
  format: 'junit-xml',
  title: 'JUnit XML of any producer, NUnit 2 and 3, xUnit.net 2 (.xml)',
  extensions: ['.xml'],
  recognises: (head) => root.test(head),
  read: async (files, options) => (await import('./read-junit.js')).readJunit(files, options),
}
