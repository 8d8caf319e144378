/** The list of tests: verdict, name, suite, number of requirements; filters by verdict, state, suite and source. */
import type { TraceState } from '../../../../items/traced-set.js'
import { scenarioVerdicts, verdictText } from '../../../../model/verdict.js'
import { codeAt, nameAt, numberAt, splitTexts } from '../../format/column.js'
import type { TestListData } from '../../format/data-shape.js'
import { countCell, verdictColumn, type Column } from './column-head.js'
import { namedFacet, stateFacet, statesOf, verdictFacet } from './facets.js'
import type { Facet } from './list-model.js'
import { memo } from '../parts/memo.js'
import { itemAddress } from '../../browse/route.js'
import { rankNumbers, rankTexts } from '../../browse/selection.js'
import { testVerdictMark } from '../parts/status-mark.js'
import { TextSearch } from '../../browse/text-search.js'

export class TestList {
  readonly count: number
  private readonly keys = memo(() => splitTexts(this.data.keys, this.count))
  private readonly names = memo(() => splitTexts(this.data.names, this.count))
  private readonly places = memo(() => new Map(this.keys().map((key, index) => [key, index])))
  readonly search: TextSearch

  constructor(private readonly data: TestListData) {
    this.count = data.count
    this.search = new TextSearch(data.count)
    this.search.add(data.names, 0)
    this.search.add(data.keys, 0)
  }

  key = (index: number): string => this.keys()[index] ?? ''
  name = (index: number): string => this.names()[index] ?? ''
  suite = (index: number): string => nameAt(this.data.suites, index)
  verdict = (index: number): string => nameAt(this.data.verdicts, index)
  source = (index: number): string => nameAt(this.data.sources, index)
  requirements = (index: number): number => numberAt(this.data.requirements, index)
  find = (key: string): number => this.places().get(key) ?? -1
  address = (index: number): string => itemAddress('tests', this.key(index))

  states = (index: number): readonly TraceState[] => statesOf(this.data.states, index)

  facets(): readonly Facet[] {
    const { verdicts, suites, sources, states } = this.data
    return [
      verdictFacet(
        verdicts,
        this.count,
        scenarioVerdicts.map((verdict) => ({ verdict, name: verdictText[verdict] })),
      ),
      stateFacet(states, this.count),
      namedFacet('suite', 'Suite', suites, this.count),
      namedFacet('source', 'Source', sources, this.count),
    ]
  }

  columns(): readonly Column[] {
    return [
      verdictColumn((index) => testVerdictMark(this.verdict(index))),
      { key: 'name', title: 'Test', name: 'c-name', sortable: true, cell: (index) => document.createTextNode(this.name(index)) },
      { key: 'suite', title: 'Suite', name: 'c-kind', sortable: true, cell: (index) => document.createTextNode(this.suite(index)) },
      {
        key: 'requirements',
        title: 'Requirements',
        name: 'c-count long',
        sortable: true,
        cell: (index) => countCell(this.requirements(index)),
      },
    ]
  }

  ranks = (column: string): Float64Array => {
    if (column === 'name') return rankTexts(this.names())
    if (column === 'suite') return rankTexts(Array.from({ length: this.count }, (_, index) => this.suite(index)))
    if (column === 'requirements') return rankNumbers(this.count, this.requirements)
    return rankNumbers(this.count, (index) => codeAt(this.data.verdicts, index))
  }
}
