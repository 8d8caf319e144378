/**
 * The matrices as pages: requirement to test, test to requirement, requirement by interface, requirement by module, and a summary
 * with the gates and the worst defects. Everything was judged before; here it is shown.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { printPlace } from '../../model/errors.js'
import { verdictText } from '../../model/verdict.js'
import type { FolderWriter } from '../../items/folder-writer.js'
import type { TraceSummary } from '../../items/trace-summary.js'
import type { TracedRequirement, TracedSet, TracedTest } from '../../items/traced-set.js'
import { usagePairs } from '../../items/usage.js'
import { toneOf } from '../status-tone.js'
import { styleSheet } from '../style-sheet.js'
import { projectTemplates } from '../templates-folder.js'
import { loadTheme } from '../theme.js'
import { htmlText } from './html-text.js'
import { rowAddress, writePages, type MatrixTable } from './matrix-pages.js'
import { summaryPage } from './summary-page.js'

/** A row shows this many links; the CSV has all. */
const shownLinks = 50

export function writeMatrices(set: TracedSet, summary: TraceSummary, folder: FolderWriter, templates = projectTemplates()): void {
  const theme = loadTheme(join(templates, 'theme', 'theme.json'))
  folder.write('matrices/matrices.css', styleSheet(theme, readFileSync(join(templates, 'theme', 'matrices.css'), 'utf8')))
  folder.write('matrices/index.html', summaryPage(set, summary))
  const { requirements, tests } = set
  writePages(folder, requirementTable, requirements.length, set.title, (index) => requirementRow(requirements[index], set))
  writePages(folder, testTable, tests.length, set.title, (index) => testRow(tests[index], set))
  writeUsage(set, folder, interfaceTable, 'interfaces')
  writeUsage(set, folder, moduleTable, 'modules')
}

const requirementTable: MatrixTable = {
  name: 'requirements',
  title: 'Requirement to test',
  caption: 'Each requirement, its verdict by test, and the tests that name it',
  columns: ['Requirement', 'Title', 'Verdict', 'Tests', 'Missing, other methods'],
  empty: 'There is no requirement.',
}

const testTable: MatrixTable = {
  name: 'tests',
  title: 'Test to requirement',
  caption: 'Each test, its verdict, and the requirements that it names',
  columns: ['Test', 'Place', 'Verdict', 'Requirements'],
  empty: 'There is no test.',
}

const interfaceTable: MatrixTable = {
  name: 'requirement-by-interface',
  title: 'Requirement by interface',
  caption: 'Each requirement that a test with recorded interfaces names, and the interfaces those tests exercised',
  columns: ['Requirement', 'Verdict', 'Interfaces, with tests passed of tests'],
  empty: 'No result records which interfaces its test exercised: there is nothing to set beside the requirements.',
}

const moduleTable: MatrixTable = {
  name: 'requirement-by-module',
  title: 'Requirement by module',
  caption: 'Each requirement that a test with recorded modules names, and the modules those tests ran',
  columns: ['Requirement', 'Verdict', 'Modules, with tests passed of tests'],
  empty: 'No result records which modules its test ran: there is nothing to set beside the requirements.',
}

function requirementRow(requirement: TracedRequirement | undefined, { tests }: TracedSet): string {
  if (requirement === undefined) throw new RangeError('a row without a requirement')
  const { item, index, verdict, missing, justification, methods } = requirement
  const gaps = missing.length === 0 ? '' : htmlText(missing.join('; '))
  const others = methods.filter(({ state }) => state === 'passed').map(({ method, detail }) => `${method}: passed: ${detail}`)
  const reason = justification === null ? '' : ` justified (${justification.state}): ${htmlText(justification.reason)}`
  return `<tr id=r${index}><th scope=row>${htmlText(nameOf(requirement))}<td>${htmlText(item.title)}<td class=${toneOf(verdict)}>${verdict}<td>${links(
    requirement.tests,
    (at) => testLink(tests[at], at),
  )}<td>${gaps}${others.length === 0 ? '' : `${gaps === '' ? '' : '; '}${htmlText(others.join('; '))}`}${reason}\n`
}

function testLink(test: TracedTest | undefined, at: number): string {
  if (test === undefined) throw new RangeError('a link leads to no test')
  const { name, verdict } = test.item
  const mark = verdict === 'passed' ? '' : ` <span class=${toneOf(verdict)}>${verdictText[verdict]}</span>`
  return `<a href="${rowAddress('tests', 't', at)}">${htmlText(name)}</a>${mark}`
}

function testRow(test: TracedTest | undefined, { requirements }: TracedSet): string {
  if (test === undefined) throw new RangeError('a row without a test')
  const { item, index, states, dangling } = test
  const { name, example, place, verdict } = item
  const title = example.length === 0 ? name : `${name} (${example.join(', ')})`
  const stale = states.includes('stale') ? ' <span class=note>stale</span>' : ''
  const lost = dangling.map((text) => `, <span class=bad>${htmlText(text)}: leads to none</span>`).join('')
  const named = links(test.requirements, (at) => requirementLink(requirements[at], at)) + lost
  return `<tr id=t${index}><th scope=row>${htmlText(title)}<td>${htmlText(printPlace(place))}<td class=${toneOf(verdict)}>${verdictText[verdict]}${stale}<td>${
    named.startsWith(', ') ? named.slice(2) : named === '' ? 'none' : named
  }\n`
}

function requirementLink(requirement: TracedRequirement | undefined, at: number): string {
  if (requirement === undefined) throw new RangeError('a link leads to no requirement')
  return `<a href="${rowAddress('requirements', 'r', at)}">${htmlText(nameOf(requirement))}</a>`
}

function nameOf({ item: { id, revision } }: TracedRequirement): string {
  return revision === null ? id : `${id}~${revision}`
}

function links(positions: readonly number[], print: (at: number) => string): string {
  const [first] = positions
  if (first === undefined) return ''
  if (positions.length === 1) return print(first)
  const shown = positions.slice(0, shownLinks).map(print).join(', ')
  return positions.length > shownLinks ? `${shown} and ${positions.length - shownLinks} more, in the CSV` : shown
}

/** Only requirements with a use have a row: in a set without recorded uses the page says that there are none. */
function writeUsage(set: TracedSet, folder: FolderWriter, table: MatrixTable, part: 'interfaces' | 'modules'): void {
  const recorded = set.tests.some(({ item }) => item[part].length > 0)
  const rows = recorded ? set.requirements.filter(({ tests, verdict }) => tests.length > 0 || verdict !== 'not-required') : []
  writePages(folder, table, rows.length, set.title, (at) => {
    const requirement = rows[at]
    if (requirement === undefined) throw new RangeError('a row without a requirement')
    const used = [...usagePairs(set, requirement, part)].map(([name, { tests, passed }]) => `${htmlText(name)} ${passed}/${tests}`)
    const shown = used.slice(0, shownLinks).join(', ')
    const more = used.length > shownLinks ? ` and ${used.length - shownLinks} more, in the CSV` : ''
    return `<tr><th scope=row>${requirementLink(requirement, requirement.index)}<td class=${toneOf(requirement.verdict)}>${requirement.verdict}<td>${
      used.length === 0 ? 'none recorded' : shown + more
    }\n`
  })
}
