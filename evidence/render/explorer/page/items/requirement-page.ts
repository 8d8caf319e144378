/** The page of one requirement: what it says and where, how it was judged and why, what stands above and below, tests, code. */
import { TEXTS_PER_BLOCK } from '../../format/data-shape.js'
import type { LinkDetail, RequirementDetail } from '../../format/requirement-pack.js'
import type { SourceMapping } from '../../../../items/requirement-set.js'
import { printPlace } from '../../../../model/errors.js'
import { splitTexts } from '../../format/column.js'
import { deepWords, methodVerdictWords, requirementVerdictWords, stateWords } from '../../format/verdict-words.js'
import type { RequirementVerdict } from '../../../../items/traced-set.js'
import type { AttributeValue } from '../../../../items/requirement-item.js'
import { toneOf } from '../../../status-tone.js'
import { loadChunk } from '../parts/data.js'
import { code, facts, growingList, heading, none, paragraphs, placeText, requirementLinks, section } from './detail-parts.js'
import { element, type Child } from '../parts/element.js'
import type { Lists } from '../lists/lists.js'
import { moduleRows } from './module-rows.js'
import type { RequirementList } from '../lists/requirement-list.js'
import { otherMethods } from './other-methods.js'
import { requirementVerdictMark, stateMark, statusMark, testVerdictMark } from '../parts/status-mark.js'
import { stepTable } from './step-table.js'
import type { TestList } from '../lists/test-list.js'

/** Tests whose modules are gathered for the page; more would load too much at once. */
const TESTS_FOR_CODE = 60

export async function requirementPage(lists: Lists, index: number): Promise<HTMLElement> {
  const block = Math.floor(index / TEXTS_PER_BLOCK)
  const [list, tests, detail, texts] = await Promise.all([
    lists.requirements(),
    lists.tests(),
    lists.details.requirement(index),
    loadChunk('texts', block),
  ])
  const text = splitTexts(texts, TEXTS_PER_BLOCK)[index % TEXTS_PER_BLOCK] ?? ''
  const revision = list.revision(index)
  return element(
    'article',
    { class: 'item' },
    heading(
      revision === '' ? list.id(index) : `${list.id(index)}~${revision}`,
      list.untitled(index) ? null : list.title(index),
      requirementVerdictMark(list.verdict(index)),
    ),
    list.unconfirmed(index)
      ? element(
          'p',
          { class: 'note' },
          'Unconfirmed: nobody has compared this item with the text it comes from. What exactly is unconfirmed stands under its attributes.',
        )
      : null,
    text === '' ? none('The source gives no text.') : paragraphs(text),
    detail.rationale === '' ? null : section('Rationale', paragraphs(detail.rationale)),
    judgement(list, index, detail),
    otherMethods(detail.byOther),
    justification(detail),
    section(`Tests (${detail.tests.length})`, verifiedBy(lists, tests, detail.tests)),
    await codeSection(lists, detail.tests),
    related(list, detail),
    ...taskSections(detail),
    origin(list, index, detail),
  )
}

function judgement(list: RequirementList, index: number, detail: RequirementDetail): HTMLElement {
  const verdict = list.verdict(index) as RequirementVerdict
  const { missing } = detail
  const states = list
    .states(index)
    .map((state) => element('li', {}, stateMark(state), element('span', { class: 'label' }, stateWords[state].meaning)))
  return section(
    'Judgement',
    element('p', {}, requirementVerdictWords[verdict].meaning),
    missing.length === 0 ? null : element('ul', { class: 'missing' }, ...missing.map((line) => element('li', {}, line))),
    facts([
      ['By test', statusMark(methodVerdictWords[detail.byTest] ?? detail.byTest, toneOf(detail.byTest))],
      ['Methods named', detail.methods.length === 0 ? element('span', { class: 'none' }, 'none') : detail.methods.join(', ')],
      [
        'With all below',
        element(
          'span',
          {},
          statusMark(detail.deep === 'not-required' ? 'not required' : detail.deep, toneOf(detail.deep)),
          ' ',
          element('span', { class: 'label' }, deepWords[detail.deep] ?? ''),
        ),
      ],
    ]),
    states.length === 0 ? null : element('ul', { class: 'links states' }, ...states),
  )
}

function justification({ justification: reason }: RequirementDetail): HTMLElement | null {
  if (reason === null) return null
  return section(
    'Justification',
    paragraphs(reason.reason),
    facts([
      ['State', statusMark(reason.state === 'not-judged' ? 'not judged' : reason.state, toneOf(reason.state))],
      ['Author', reason.author],
      ['Reviewer', reason.reviewer === '' ? element('span', { class: 'none' }, 'none') : reason.reviewer],
      ['Date', reason.date],
      ['Expires', reason.expires],
    ]),
  )
}

/** Each test opens to its steps where it stands; the worst one is open. */
function verifiedBy(lists: Lists, list: TestList, tests: readonly number[]): HTMLElement {
  if (tests.length === 0) return none('No test verifies it.')
  const worst = tests.find((test) => list.verdict(test) !== 'passed') ?? (tests.length === 1 ? tests[0] : undefined)
  return growingList(
    tests,
    (test) => {
      const steps = element('div', { class: 'steps-slot' })
      const fold = element(
        'details',
        {},
        element(
          'summary',
          {},
          testVerdictMark(list.verdict(test)),
          element('span', { class: 'test-name' }, list.name(test)),
          element('span', { class: 'label' }, list.suite(test)),
        ),
        steps,
      )
      const fill = (): void => {
        if (fold.open && steps.childElementCount === 0) void fillSteps(lists, list, test, steps)
      }
      fold.addEventListener('toggle', fill)
      if (test === worst) fold.open = true
      return element('li', { class: 'foldable' }, fold)
    },
    'tests',
  )
}

async function fillSteps(lists: Lists, list: TestList, test: number, slot: HTMLElement): Promise<void> {
  const detail = await lists.details.test(test)
  slot.replaceChildren(
    stepTable(detail),
    element(
      'p',
      { class: 'label' },
      element('a', { href: list.address(test) }, 'Page of the test'),
      ' ',
      placeText(list.source(test), detail.line),
    ),
  )
}

async function codeSection(lists: Lists, tests: readonly number[]): Promise<HTMLElement | null> {
  const modules = await lists.modules()
  if (modules.count === 0) return null
  const looked = tests.slice(0, TESTS_FOR_CODE)
  const details = await Promise.all(looked.map((test) => lists.details.test(test)))
  const ran = new Set(details.flatMap(({ modules: used }) => used))
  const rest = tests.length - looked.length
  return section(
    `Code its tests ran (${ran.size} modules)`,
    ran.size === 0
      ? none('The results do not say which modules its tests ran.')
      : moduleRows(
          modules,
          [...ran].sort((one, other) => one - other),
        ),
    rest > 0 ? none(`Gathered from its first ${looked.length} tests; ${rest} more are not looked at here.`) : null,
  )
}

function related(list: RequirementList, { above, below, links, mappings }: RequirementDetail): HTMLElement {
  const both = above.length + below.length + links.length + mappings.length
  return section(
    'Links',
    both === 0 ? none('No link leads to another item.') : null,
    above.length === 0 ? null : element('h4', {}, `Above (${above.length})`),
    above.length === 0 ? null : requirementLinks(list, above),
    below.length === 0 ? null : element('h4', {}, `Below (${below.length})`),
    below.length === 0 ? null : requirementLinks(list, below),
    links.length === 0 ? null : element('h4', {}, 'As the source states them'),
    links.length === 0 ? null : element('ul', { class: 'links' }, ...links.map((link) => linkRow(list, link))),
    ...(mappings.length === 0 ? [] : [element('h4', {}, 'Mappings'), element('ul', { class: 'links' }, ...mappings.map(mappingRow))]),
  )
}

function linkRow(list: RequirementList, { role, target, revision, partly, place, to }: LinkDetail): HTMLElement {
  const name = revision === '' ? target : `${target}~${revision}`
  return element(
    'li',
    {},
    element('span', { class: 'role' }, partly ? `${role}, partly` : role),
    to === -1
      ? element('span', {}, element('span', { class: 'id' }, name), ' ', statusMark('no such item', 'bad'))
      : element('a', { class: 'id', href: list.address(to) }, name),
    element('span', { class: 'label' }, code(printPlace(place))),
  )
}

function mappingRow({ from, to, rationale, place }: SourceMapping): HTMLElement {
  return element(
    'li',
    {},
    element('span', { class: 'id' }, `${from} → ${to}`),
    element('span', { class: 'label' }, rationale, ' ', code(printPlace(place))),
  )
}

function taskSections({ operations, activities, needs }: RequirementDetail): readonly (HTMLElement | null)[] {
  return [
    needs.length === 0 ? null : section('Needs', element('p', {}, needs.join(', '))),
    operations.length === 0
      ? null
      : section(
          'Operations',
          element(
            'ul',
            { class: 'operations' },
            ...operations.map(({ kind, id, choices, decided }) =>
              element(
                'li',
                {},
                element('b', {}, kind),
                ' ',
                code(id),
                choices.length === 0 ? null : `: ${choices.join(' | ')}`,
                ' ',
                decided === null ? statusMark('not decided', 'open') : element('span', {}, 'decided: ', element('b', {}, decided)),
              ),
            ),
          ),
        ),
    activities.length === 0
      ? null
      : section(
          'Evaluation activities',
          ...activities.map(({ kind, text, explicitNone }) =>
            element(
              'div',
              { class: 'activity' },
              element('h4', {}, kind),
              explicitNone ? none(text === '' ? 'The source says that there is none.' : text) : paragraphs(text),
            ),
          ),
        ),
  ]
}

function origin(list: RequirementList, index: number, { line, status, ccVersion, parent, attributes }: RequirementDetail): HTMLElement {
  const parentIndex = parent === '' ? -1 : list.find(parent)
  const parentCell: Child =
    parent === '' ? null : parentIndex < 0 ? code(parent) : element('a', { class: 'id', href: list.address(parentIndex) }, parent)
  return section(
    'Source',
    facts([
      ['Place', placeText(list.source(index), line)],
      ['Kind', list.kind(index)],
      ['Inclusion', list.inclusion(index)],
      ['Status', status],
      ['Common Criteria', ccVersion],
      ['Part of', parentCell],
      ...Object.entries(attributes).map(([name, value]): [string, Child] => [name, attribute(value)]),
    ]),
  )
}

function attribute(value: AttributeValue): Child {
  if (typeof value === 'string') return element('span', { class: 'text' }, value)
  if (Array.isArray(value)) return element('ul', {}, ...value.map((part: AttributeValue) => element('li', {}, attribute(part))))
  return facts(Object.entries(value).map(([name, part]): [string, Child] => [name, attribute(part)]))
}
