/** The lists of interfaces and of modules: name, coverage where it was measured, tests and requirements. */
import { splitTexts } from '../../format/column.js'
import type { ModuleListData, UsageListData } from '../../format/data-shape.js'
import { coverageBar } from '../items/coverage-bar.js'
import { element } from '../parts/element.js'
import type { Facet } from './list-model.js'
import { memo } from '../parts/memo.js'
import { itemAddress, type Page } from '../../browse/route.js'
import { rankNumbers, rankTexts } from '../../browse/selection.js'
import { TextSearch } from '../../browse/text-search.js'
import { countCell, type Column } from './column-head.js'

const USED = 1

export class UsageList {
  readonly count: number
  private readonly names = memo(() => splitTexts(this.data.names, this.count))
  private readonly places = memo(() => new Map(this.names().map((name, index) => [name, index])))
  readonly search: TextSearch

  constructor(
    private readonly page: Page,
    private readonly heading: string,
    protected readonly data: UsageListData,
  ) {
    this.count = data.count
    this.search = new TextSearch(data.count)
    this.search.add(data.names, 0)
  }

  name = (index: number): string => this.names()[index] ?? ''
  find = (name: string): number => this.places().get(name) ?? -1
  address = (index: number): string => itemAddress(this.page, this.name(index))

  facets(): readonly Facet[] {
    return [
      {
        key: 'use',
        title: 'Tests',
        control: 'marks',
        form: 'one',
        codes: Uint32Array.from({ length: this.count }, (_, index) => ((this.data.tests[index] ?? 0) > 0 ? USED : 0)),
        size: 2,
        values: [
          { key: 'none', name: 'no test', tone: 'open' },
          { key: 'tested', name: 'tested', tone: 'good' },
        ],
      },
    ]
  }

  columns(): readonly Column[] {
    return [
      {
        key: 'name',
        title: this.heading,
        name: 'c-name',
        sortable: true,
        cell: (index) => element('span', { class: 'id' }, this.name(index)),
      },
      ...this.measured(),
      { key: 'tests', title: 'Tests', name: 'c-count', sortable: true, cell: (index) => countCell(this.data.tests[index] ?? 0) },
      {
        key: 'requirements',
        title: 'Requirements',
        name: 'c-count long c-second',
        sortable: true,
        cell: (index) => countCell(this.data.requirements[index] ?? 0),
      },
    ]
  }

  ranks(column: string): Float64Array {
    if (column === 'name') return rankTexts(this.names())
    return Float64Array.from(column === 'tests' ? this.data.tests : this.data.requirements)
  }

  protected measured(): readonly Column[] {
    return []
  }
}

export class ModuleList extends UsageList {
  constructor(protected override readonly data: ModuleListData) {
    super('modules', 'Module', data)
  }

  /** Covered and total; null: not measured. */
  lines = (index: number) => pairAt(this.data.lines, index)
  functions = (index: number) => pairAt(this.data.functions, index)

  override ranks(column: string): Float64Array {
    const pairs = column === 'lines' ? this.data.lines : column === 'functions' ? this.data.functions : null
    if (pairs === null) return super.ranks(column)
    return rankNumbers(this.count, (index) => {
      const pair = pairAt(pairs, index)
      return pair === null ? -1 : pair.total === 0 ? 1 : pair.covered / pair.total
    })
  }

  protected override measured(): readonly Column[] {
    return [
      { key: 'lines', title: 'Lines', name: 'c-bar', sortable: true, cell: (index) => coverageBar(this.lines(index)) },
      { key: 'functions', title: 'Functions', name: 'c-bar c-second', sortable: true, cell: (index) => coverageBar(this.functions(index)) },
    ]
  }
}

function pairAt(pairs: readonly number[], index: number): { readonly covered: number; readonly total: number } | null {
  const total = pairs[2 * index + 1] ?? -1
  return total < 0 ? null : { covered: pairs[2 * index] ?? 0, total }
}
