/** The page of one defect or finding, with a way to the item it concerns. */
import { code, facts, heading } from './detail-parts.js'
import { element, type Child } from '../parts/element.js'
import type { DefectList } from '../lists/defect-list.js'
import type { Lists } from '../lists/lists.js'

export async function defectPage(lists: Lists, list: DefectList, index: number): Promise<HTMLElement> {
  const id = list.id(index)
  const place = list.place(index)
  return element(
    'article',
    { class: 'item' },
    heading(id === '' ? 'The run' : id, null, list.mark(index)),
    element('p', { class: 'text' }, list.text(index)),
    facts([
      ['Where', place === '' ? element('span', { class: 'none' }, 'not stated') : code(place)],
      ['Item', await itemLink(lists, id)],
    ]),
  )
}

async function itemLink(lists: Lists, id: string): Promise<Child> {
  const [requirements, tests] = await Promise.all([lists.requirements(), lists.tests()])
  const requirement = requirements.find(id)
  if (requirement >= 0) return element('a', { href: requirements.address(requirement) }, `Requirement ${id}`)
  const test = tests.find(id)
  return test >= 0
    ? element('a', { href: tests.address(test) }, `Test ${tests.name(test)}`)
    : element('span', { class: 'none' }, 'no item of this id')
}
