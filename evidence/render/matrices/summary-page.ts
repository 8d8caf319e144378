/** The first page of the matrices: the answer, what was judged, the counts, the gates and the worst defects. */
import { answerWords } from '../../items/answer-words.js'
import type { CoverageCount, CoverageReport } from '../../items/coverage-report.js'
import type { TraceSummary } from '../../items/trace-summary.js'
import type { TracedSet } from '../../items/traced-set.js'
import { htmlText } from './html-text.js'
import { matrixHead } from './matrix-pages.js'
import { pageEnd } from './plain-page.js'

/** The page shows the worst; `defects.csv` has all. */
const shownDefects = 200

export function summaryPage(set: TracedSet, summary: TraceSummary): string {
  const { requirements, scenarios, steps, states, coverage } = summary
  const sources = set.sources.map(({ role, format, files, digest }) => [
    role,
    format,
    `${files.slice(0, 20).join(', ')}${files.length > 20 ? ` and ${files.length - 20} more` : ''}`,
    digest,
  ])
  const gates = set.gates.map(({ name, wanted, found, met }) => [name, wanted, found, met ? 'met' : 'not met'])
  const defects = set.defects.slice(0, shownDefects).map(({ kind, id, text, place }) => [kind, id, text, place])
  const more = set.defects.length - defects.length
  return [
    matrixHead(set.title),
    `<h1>${htmlText(set.title)}</h1>\n`,
    `<p class="answer ${set.passed ? 'good' : 'bad'}">${answerWords(set.passed, requirements)}</p>\n`,
    table('Gates', ['Measure', 'Wanted', 'Found', 'Verdict'], gates),
    table('Counts', ['', ...Object.keys(requirements)], [['requirements', ...Object.values(requirements).map(String)]]),
    table(
      'Tests and steps',
      ['', ...Object.keys(scenarios)],
      [
        ['tests', ...Object.values(scenarios).map(String)],
        ['steps', ...Object.values(steps).map(String)],
      ],
    ),
    table('States', Object.keys(states), [Object.values(states).map(String)]),
    table(
      'Structural coverage',
      ['Measure', 'Covered'],
      Object.entries(coverage).map(([name, count]) => [name, share(count)]),
    ),
    set.coverage === null ? '' : `<p>Measured as: ${htmlText(set.coverage.metric)}.</p>\n${notes(set.coverage)}`,
    table('What was judged', ['Role', 'Format', 'Files', 'SHA-256'], sources),
    `<h2>How a test names a requirement</h2>\n<p>${htmlText(set.referenceRule)}</p>\n`,
    table('Defects', ['Kind', 'Id', 'What', 'Place'], defects),
    more > 0 ? `<p>And ${more} more in defects.csv.</p>\n` : '',
    pageEnd,
  ].join('')
}

function table(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return `<h2>${htmlText(title)}</h2>\n<p>None.</p>\n`
  const heads = columns.map((column) => (column === '' ? '<td>' : `<th scope=col>${htmlText(column)}`)).join('')
  const lines = rows.map(
    ([first = '', ...rest]) => `<tr><th scope=row>${htmlText(first)}${rest.map((text) => `<td>${htmlText(text)}`).join('')}\n`,
  )
  return `<h2>${htmlText(title)}</h2>\n<table>\n<thead><tr>${heads}</thead>\n<tbody>\n${lines.join('')}</tbody>\n</table>\n`
}

/** What the producer states and the file does not bear out. */
function notes({ notes: found = [] }: CoverageReport): string {
  if (found.length === 0) return ''
  const more = found.length > shownDefects ? `<li>and ${found.length - shownDefects} more\n` : ''
  return `<ul>\n${found
    .slice(0, shownDefects)
    .map((note) => `<li>${htmlText(note)}\n`)
    .join('')}${more}</ul>\n`
}

function share(count: CoverageCount | null): string {
  return count === null ? 'not measured' : `${count.covered} of ${count.total}`
}
