/** The page of one test: verdict, steps with expected and observed, references, what it ran and with what. */
import { verdictText, type ScenarioVerdict } from '../../../../model/verdict.js'
import type { TestDetail } from '../../format/test-pack.js'
import { stateWords } from '../../format/verdict-words.js'
import { code, facts, growingList, heading, none, placeText, requirementLinks, section } from './detail-parts.js'
import { element } from '../parts/element.js'
import type { Lists } from '../lists/lists.js'
import { moduleRows } from './module-rows.js'
import { stateMark, statusMark, testVerdictMark } from '../parts/status-mark.js'
import { stepTable } from './step-table.js'
import type { UsageList } from '../lists/usage-list.js'

export async function testPage(lists: Lists, index: number): Promise<HTMLElement> {
  const [tests, requirements, interfaces, modules, detail] = await Promise.all([
    lists.tests(),
    lists.requirements(),
    lists.interfaces(),
    lists.modules(),
    lists.details.test(index),
  ])
  const verified = detail.requirements
  const ran = detail.modules
  return element(
    'article',
    { class: 'item' },
    heading(tests.name(index), tests.suite(index), testVerdictMark(tests.verdict(index))),
    section('Steps', element('p', {}, `Verdict: ${verdictText[tests.verdict(index) as ScenarioVerdict]}.`), stepTable(detail)),
    section(
      `Verifies (${verified.length})`,
      verified.length === 0 ? none('It verifies no requirement of this set.') : requirementLinks(requirements, verified),
      references(detail),
    ),
    states(tests.states(index)),
    interfaceSection(interfaces, detail.interfaces),
    modules.count === 0
      ? null
      : section(
          `Modules it ran (${ran.length})`,
          ran.length === 0 ? none('The results do not say which modules it ran.') : moduleRows(modules, ran),
        ),
    section(
      'Source',
      facts([
        ['Place', placeText(tests.source(index), detail.line)],
        ['Key', code(tests.key(index))],
        ['Example', detail.example.join(', ')],
        ['Attempts', detail.attempts === 0 ? '0: not run' : String(detail.attempts)],
        [
          'Text run, SHA-256',
          detail.sourceDigest === '' ? element('span', { class: 'none' }, 'not carried by the results') : code(detail.sourceDigest),
        ],
        [
          'Configuration, SHA-256',
          detail.configurationDigest === ''
            ? element('span', { class: 'none' }, 'not stated by the results')
            : code(detail.configurationDigest),
        ],
      ]),
    ),
  )
}

function references({ references: found, dangling }: TestDetail): HTMLElement | null {
  if (found.length === 0 && dangling.length === 0) return null
  const rows = found.map(({ text, via, partly, line }) =>
    element(
      'li',
      {},
      element('span', { class: 'role' }, partly ? `${via}, partly` : via),
      code(text),
      dangling.includes(text) ? statusMark('leads to no requirement', 'bad') : null,
      line === 0 ? null : element('span', { class: 'label' }, `line ${line}`),
    ),
  )
  const others = dangling
    .filter((text) => !found.some((reference) => reference.text === text))
    .map((text) => element('li', {}, code(text), statusMark('leads to no requirement', 'bad')))
  return element(
    'div',
    {},
    element('h4', {}, 'References as the results state them'),
    element('ul', { class: 'links' }, ...rows, ...others),
  )
}

function states(found: readonly (keyof typeof stateWords)[]): HTMLElement | null {
  if (found.length === 0) return null
  return section(
    'States',
    element(
      'ul',
      { class: 'links states' },
      ...found.map((state) => element('li', {}, stateMark(state), element('span', { class: 'label' }, stateWords[state].meaning))),
    ),
  )
}

function interfaceSection(list: UsageList, used: readonly number[]): HTMLElement | null {
  if (list.count === 0) return null
  const row = (index: number): HTMLElement => element('li', {}, element('a', { class: 'id', href: list.address(index) }, list.name(index)))
  return section(
    `Interfaces it exercised (${used.length})`,
    used.length === 0 ? none('The results do not say which interfaces it exercised.') : growingList(used, row, 'interfaces'),
  )
}
