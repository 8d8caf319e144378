/**
 * Verdicts of requirements as JUnit XML, so that a build server shows them: a test case for each requirement that wants a test, one
 * for each gate. What is not verified is a failure; a justified requirement is skipped, with the reason; nothing else is a pass.
 */
import type { FolderWriter } from '../../items/folder-writer.js'
import type { TraceSummary } from '../../items/trace-summary.js'
import type { TracedRequirement, TracedSet } from '../../items/traced-set.js'

export function writeJUnit(set: TracedSet, { requirements: counts }: TraceSummary, folder: FolderWriter): void {
  const file = folder.open('junit.xml')
  const closed = counts.passed + counts.justified
  const gates = set.gates.filter(({ met }) => !met).length
  const [total, failures] = [counts.total + set.gates.length, counts.total - closed + gates]
  file.add(`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name=${attribute(set.title)} tests="${total}" failures="${failures}">\n`)
  file.add(`<testsuite name="requirements" tests="${counts.total}" failures="${counts.total - closed}" skipped="${counts.justified}">\n`)
  for (const requirement of set.requirements) if (requirement.verdict !== 'not-required') file.add(testCase(requirement))
  file.add(`</testsuite>\n<testsuite name="gates" tests="${set.gates.length}" failures="${gates}">\n`)
  for (const { name, wanted, found, met } of set.gates)
    file.add(
      met
        ? `<testcase classname="gates" name=${attribute(name)}/>\n`
        : `<testcase classname="gates" name=${attribute(name)}><failure message=${attribute(`${wanted}; found: ${found}`)}/></testcase>\n`,
    )
  file.add('</testsuite>\n</testsuites>\n')
  file.end()
}

function testCase({ item, verdict, missing, justification }: TracedRequirement): string {
  const name = item.revision === null ? item.id : `${item.id}~${item.revision}`
  const start = `<testcase classname=${attribute(item.kind)} name=${attribute(name)}`
  if (verdict === 'passed') return `${start}/>\n`
  if (verdict === 'justified') return `${start}><skipped message=${attribute(justification?.reason ?? '')}/></testcase>\n`
  return `${start}><failure type="${verdict}" message=${attribute(`${verdict}: ${missing.join('; ')}`)}/></testcase>\n`
}

const plain = /^[\w .,:;()/~-]*$/

function attribute(text: string): string {
  return `"${plain.test(text) ? text : escape(text)}"`
}

/** XML 1.0, "Char": what no document may hold is shown by its number. */
function escape(text: string): string {
  return text
    .replace(
      /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
      (c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    )
    .replace(/[&<>"\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`)
}
