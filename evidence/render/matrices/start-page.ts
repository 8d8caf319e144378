/** What opens first in the folder of a trace: the answer, the counts, and where to go from here. */
import { answerWords } from '../../items/answer-words.js'
import type { TraceSummary } from '../../items/trace-summary.js'
import type { TracedSet } from '../../items/traced-set.js'
import { htmlText } from './html-text.js'
import { pageEnd, pageStart } from './plain-page.js'

const places: readonly (readonly [what: string, files: readonly (readonly [href: string, name: string])[]])[] = [
  ['search, filters, every step', [['explorer/index.html', 'Explorer']]],
  ['plain pages', [['matrices/index.html', 'Summary, gates and matrices']]],
  [
    'CSV',
    [
      ['requirements.csv', 'Requirements'],
      ['tests.csv', 'tests'],
      ['defects.csv', 'defects'],
      ['requirement-by-interface.csv', 'requirement by interface'],
      ['requirement-by-module.csv', 'requirement by module'],
    ],
  ],
  [
    'for other tools',
    [
      ['trace.json', 'trace.json'],
      ['junit.xml', 'junit.xml'],
    ],
  ],
]

/** @param files what the folder holds, as paths: documents among them are linked. */
export function startPage({ title, passed }: TracedSet, { requirements, scenarios }: TraceSummary, files: readonly string[]): string {
  const documents = files
    .filter((file) => /^documents\/[^/]+\.pdf$/u.test(file))
    .map((file) => [file, file.slice('documents/'.length)] as const)
  const all = documents.length === 0 ? places : [...places, ['documents', documents] as const]
  const lines = all.map(
    ([what, links]) => `<li>${links.map(([href, name]) => `<a href="${href}">${htmlText(name)}</a>`).join(', ')}: ${what}</li>\n`,
  )
  return `${pageStart(title, 'matrices/matrices.css')}<h1>${htmlText(title)}</h1>
<p class="answer ${passed ? 'good' : 'bad'}">${answerWords(passed, requirements)}</p>
<p>Requirements that need evidence: ${counts(requirements)}. Tests: ${counts(scenarios)}.</p>
<ul>
${lines.join('')}</ul>
${pageEnd}`
}

/** `12: 10 passed, 2 failed`. */
function counts(all: { readonly total: number }): string {
  const parts = Object.entries(all).filter(([name, count]) => name !== 'total' && count !== 0)
  return `${all.total}${parts.length === 0 ? '' : `: ${parts.map(([name, count]) => `${String(count)} ${name === 'notRun' ? 'not run' : name}`).join(', ')}`}`
}
