/**
 * The result formats that can be read. An entry is small; the code of a format is loaded when a file of it is read. To add one: a folder
 * with a `ResultReader`, its specs, and a line here.
 */
import type { ResultReader } from '../../items/reader.js'
import { cucumberJsonFormat } from './cucumber-json/cucumber-json-format.js'
import { cucumberMessagesFormat } from './cucumber-messages/cucumber-messages-format.js'
import { junitFormat } from './junit/junit-format.js'

export const resultReaders: readonly ResultReader[] = [cucumberMessagesFormat, cucumberJsonFormat, junitFormat]
