/** JUnit XML files of one run as tests: read as events, so that large logs within them cost no memory. */
import type { InputFile, ReaderOptions } from '../../../items/reader.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import type { TestItem } from '../../../items/test-item.js'
import type { TestRun } from '../../../items/test-run.js'
import { readXmlFile } from '../../xml/read-xml.js'
import { mergeRepeatedTests } from '../run/repeated-tests.js'
import { AllowedCharacters } from './allowed-characters.js'
import { JunitEvents } from './junit-events.js'
import { referenceRule } from './requirement-references.js'

/** @throws EvidenceError for what is no report. */
export async function readJunit(files: readonly InputFile[], options: ReaderOptions): Promise<TestRun> {
  const rule = referenceRule(options)
  const tests: TestItem[] = []
  const findings: SourceFinding[] = []
  const runFailures: string[] = []
  for (const file of files) {
    const events = new JunitEvents(file.name, rule)
    const characters = new AllowedCharacters()
    await readXmlFile(file, events, undefined, (piece, isLast) => characters.prepare(piece, isLast))
    if (characters.replaced > 0) findings.push(replacedIn(file.name, characters.replaced))
    for (const test of events.tests) tests.push(test)
    for (const found of events.findings) findings.push(found)
    for (const failure of events.runFailures) runFailures.push(failure)
  }
  if (tests.length === 0) runFailures.push('the run holds no test')
  const merged = mergeRepeatedTests(tests)
  return {
    format: 'junit-xml',
    files: files.map(({ name }) => name),
    producers: [],
    tests: merged.tests,
    runFailures,
    findings: [...findings, ...merged.findings],
  }
}

function replacedIn(file: string, count: number): SourceFinding {
  const text = `${count} characters that XML does not allow are shown as U+FFFD`
  return { kind: 'unreadable', id: file, text, place: { file } }
}
