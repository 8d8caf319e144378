/** Legacy JSON reports of one run as tests. The format is closed and kept alive by its readers; messages say more and say it exactly. */
import type { InputFile } from '../../../items/reader.js'
import type { TestItem } from '../../../items/test-item.js'
import type { TestRun } from '../../../items/test-run.js'
import { EvidenceError } from '../../../model/errors.js'
import { parseJson } from '../../json/json-document.js'
import { jsonRecord } from '../../json/json-fields.js'
import { readSourceText } from '../../text/source-text.js'
import { mergeRepeatedTests } from '../run/repeated-tests.js'
import { testKey } from '../run/test-key.js'
import { readFeature, type ReportElement } from './report-elements.js'

/** @throws EvidenceError for what is no report. */
export async function readCucumberJson(files: readonly InputFile[]): Promise<TestRun> {
  const elements: ReportElement[] = []
  const runFailures: string[] = []
  for (const file of files) {
    const found = readReport(file.name, await readSourceText(file))
    for (const element of found.elements) elements.push(element)
    for (const failure of found.failures) runFailures.push(failure)
  }
  if (elements.length === 0) runFailures.push('the run holds no test')
  const { tests, findings } = mergeRepeatedTests(numbered(elements))
  return { format: 'cucumber-json', files: files.map(({ name }) => name), producers: [], tests, runFailures, findings }
}

function readReport(file: string, text: string): { readonly elements: readonly ReportElement[]; readonly failures: readonly string[] } {
  const { value } = parseJson(file, text)
  const place = { file }
  if (!Array.isArray(value))
    throw new EvidenceError('schema-violation', place, 'the report is no list of features', 'give the file as the tool wrote it')
  const features = value.map((feature: unknown) => readFeature(jsonRecord(feature, 'feature', place), place))
  return { elements: features.flatMap(({ elements }) => elements), failures: features.flatMap(({ failures }) => failures) }
}

/** Example rows of one outline are counted by their lines: the first row keeps the plain key whatever stands above it. */
function numbered(elements: readonly ReportElement[]): TestItem[] {
  const lines = new Map<string, Set<number>>()
  for (const element of elements) {
    const known = lines.get(identity(element))
    if (known === undefined) lines.set(identity(element), new Set([element.line]))
    else known.add(element.line)
  }
  const rows = new Map([...lines].map(([id, found]) => [id, new Map([...found].sort((a, b) => a - b).map((line, i) => [line, i]))]))
  return elements.map((element) => {
    const row = rows.get(identity(element))?.get(element.line) ?? 0
    const { uri, feature, name, line, references, verdict, steps } = element
    return {
      key: row === 0 ? testKey(uri, feature, name) : testKey(uri, feature, name, String(row + 1)),
      suite: feature,
      name,
      example: [],
      place: line > 0 ? { file: uri, line } : { file: uri },
      references,
      verdict,
      attempts: verdict === 'not-run' ? 0 : 1,
      steps,
      sourceDigest: null,
      configurationDigest: null,
      interfaces: [],
      modules: [],
    }
  })
}

function identity({ uri, feature, name }: ReportElement): string {
  return JSON.stringify([uri, feature, name])
}
