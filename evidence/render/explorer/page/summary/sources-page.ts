/** Where everything comes from: files, formats and digests, how tests refer to requirements, and what this page is. */
import type { SummaryData } from '../../format/data-shape.js'
import { code, none } from '../items/detail-parts.js'
import { element, type Child } from '../parts/element.js'
import { plainTable } from '../parts/plain-table.js'

const FILES_SHOWN = 200

export function sourcesPage({ sources, referenceRule, coverage, counts }: SummaryData): HTMLElement {
  const columns = [{ title: 'Role' }, { title: 'Format' }, { title: 'Files' }, { title: 'SHA-256', name: 'digest' }]
  const rows = sources.map(({ role, format, files, digest }): readonly Child[] => [
    role,
    format,
    fileList(files),
    digest === '' ? element('span', { class: 'none' }, 'none') : code(digest),
  ])
  return element(
    'div',
    { class: 'document' },
    element('h1', { tabindex: -1 }, 'Sources'),
    sources.length === 0 ? none('None is recorded.') : plainTable({ name: 'stacking sources', columns, rows, rowHead: 0 }),
    element('h2', {}, 'How a test refers to a requirement'),
    referenceRule === '' ? none('Not stated.') : element('p', { class: 'text' }, referenceRule),
    element('h2', {}, 'What the coverage figures mean'),
    coverage === null ? none('No coverage was given.') : element('p', { class: 'text' }, `${coverage.format}: ${coverage.metric}`),
    element('h2', {}, 'Findings of the sources'),
    counts.findings === 0
      ? none('None was found.')
      : element(
          'p',
          {},
          element('a', { href: '#/findings' }, `${counts.findings.toLocaleString('en-GB')} findings`),
          ' are listed; none was repaired.',
        ),
    element('h2', {}, 'This page'),
    element(
      'p',
      { class: 'text' },
      'It shows what was judged before it was written, and judges nothing. It stands in its folder alone: it opens no connection, and the browser is told to refuse any. Texts of the sources are shown as text; nothing in them can run.',
    ),
  )
}

function fileList(files: readonly string[]): HTMLElement {
  const rows = files.slice(0, FILES_SHOWN).map((file) => element('li', {}, code(file)))
  const rest = files.length - rows.length
  const list = element('ul', { class: 'files' }, ...rows, rest > 0 ? element('li', { class: 'none' }, `and ${rest} more`) : null)
  return files.length <= 5 ? list : element('details', {}, element('summary', {}, `${files.length} files`), list)
}
