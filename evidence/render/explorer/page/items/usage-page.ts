/** The pages of an interface entry and of a module: who uses it, and for a module which of its lines ran. */
import type { ModuleDetail, UsageDetail } from '../../format/data-shape.js'
import { coverageBar } from './coverage-bar.js'
import { code, facts, heading, none, requirementLinks, section, testLinks } from './detail-parts.js'
import { element, type Child } from '../parts/element.js'
import { lineMap, rangeTable, sourceListing } from './line-map.js'
import type { Lists } from '../lists/lists.js'
import { statusMark } from '../parts/status-mark.js'

export async function interfacePage(lists: Lists, index: number): Promise<HTMLElement> {
  const [list, detail] = await Promise.all([lists.interfaces(), lists.details.interface(index)])
  return element('article', { class: 'item' }, heading(list.name(index), null, usedMark(detail)), ...(await users(lists, detail)))
}

export async function modulePage(lists: Lists, index: number): Promise<HTMLElement> {
  const [list, detail] = await Promise.all([lists.modules(), lists.details.module(index)])
  return element(
    'article',
    { class: 'item' },
    heading(list.name(index), null, usedMark(detail)),
    coverage(detail),
    ...(await users(lists, detail)),
  )
}

function usedMark({ tests }: UsageDetail): HTMLElement {
  return tests.length === 0 ? statusMark('no test', 'open') : statusMark(`${tests.length} tests`, 'good')
}

async function users(lists: Lists, { tests, requirements }: UsageDetail): Promise<readonly HTMLElement[]> {
  const [testList, requirementList] = await Promise.all([lists.tests(), lists.requirements()])
  return [
    section(
      `Requirements (${requirements.length})`,
      requirements.length === 0 ? none('No requirement is verified through it.') : requirementLinks(requirementList, requirements),
    ),
    section(`Tests (${tests.length})`, tests.length === 0 ? none('The results name no test that used it.') : testLinks(testList, tests)),
  ]
}

function coverage({ metrics, hits, uncoveredFunctions, source }: ModuleDetail): HTMLElement {
  if (metrics === null) return section('Coverage', none('No coverage was given for it.'))
  const names = ['lines', 'functions', 'branches', 'statements'] as const
  const rows = names.map((name): [string, Child] => [name, coverageBar(metrics[name])])
  return section(
    'Coverage',
    facts(rows),
    hits.length === 0 ? none('The coverage format has no lines.') : lineMap(hits),
    uncoveredFunctions.length === 0
      ? null
      : element(
          'div',
          {},
          element('h4', {}, `Functions that never ran (${uncoveredFunctions.length})`),
          element(
            'ul',
            { class: 'links' },
            ...uncoveredFunctions.map(({ name, line }) =>
              element(
                'li',
                {},
                code(name === '' ? '(no name)' : name),
                element('span', { class: 'label' }, line === null ? 'line not stated' : `line ${line}`),
              ),
            ),
          ),
        ),
    hits.length === 0 ? null : source === undefined ? rangeTable(hits) : sourceListing(source, hits),
  )
}
