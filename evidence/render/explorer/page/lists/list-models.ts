/** The lists of the explorer, each as its view needs it. */
import type { Page } from '../../browse/route.js'
import { defectPage } from '../items/defect-page.js'
import { requirementPage } from '../items/requirement-page.js'
import { testPage } from '../items/test-page.js'
import { interfacePage, modulePage } from '../items/usage-page.js'
import type { DefectList } from './defect-list.js'
import type { ListModel } from './list-model.js'
import type { Lists } from './lists.js'
import type { UsageList } from './usage-list.js'

export type ListPage = Exclude<Page, 'overview' | 'sources' | 'flows'>

/** What every list has by the same names. */
interface Listed extends Pick<ListModel, 'count' | 'search' | 'find'> {
  columns(): ListModel['columns']
  facets(): ListModel['facets']
  ranks(column: string): Float64Array
}

export async function listModel(page: ListPage, title: string, lists: Lists): Promise<ListModel> {
  const model = (list: Listed, own: Pick<ListModel, 'head' | 'idOf' | 'detail'> & Partial<ListModel>): ListModel => ({
    page,
    noun: page,
    title,
    count: list.count,
    columns: list.columns(),
    facets: list.facets(),
    search: list.search,
    ranks: (column) => list.ranks(column),
    find: list.find,
    loadTexts: null,
    ...own,
  })
  const usage = (list: UsageList, detail: ListModel['detail']): ListModel => model(list, { head: 'name', idOf: list.name, detail })
  const defects = (list: DefectList): ListModel =>
    model(list, { head: 'id', idOf: list.number, detail: (index) => defectPage(lists, list, index) })
  switch (page) {
    case 'requirements': {
      const list = await lists.requirements()
      return model(list, { head: 'id', idOf: list.key, detail: (index) => requirementPage(lists, index), loadTexts: list.loadTexts })
    }
    case 'tests': {
      const list = await lists.tests()
      return model(list, { head: 'name', idOf: list.key, detail: (index) => testPage(lists, index) })
    }
    case 'interfaces':
      return usage(await lists.interfaces(), (index) => interfacePage(lists, index))
    case 'modules':
      return usage(await lists.modules(), (index) => modulePage(lists, index))
    case 'defects':
      return defects(await lists.defects())
    case 'findings':
      return defects(await lists.findings())
  }
}
