/** Cucumber messages among the formats: one JSON envelope a line. */
import type { ResultReader } from '../../../items/reader.js'

const firstEnvelope =
  /^\s*\{\s*"(?:meta|source|gherkinDocument|pickle|stepDefinition|hook|parameterType|undefinedParameterType|parseError|testRunStarted|testCase|testCaseStarted|attachment|suggestion)"\s*:\s*\{/

export const cucumberMessagesFormat: ResultReader = {
  format: 'cucumber-messages',
  title: 'Cucumber messages of any implementation, protocols 15 to 33 (.ndjson)',
  extensions: ['.ndjson', '.jsonl'],
  recognises: (head) => firstEnvelope.test(head),
  read: async (files) => (await import('./read-cucumber-messages.js')).readCucumberMessages(files),
}
