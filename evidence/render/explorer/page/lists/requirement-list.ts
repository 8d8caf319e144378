/** The list of requirements: verdict, id, title, kind, number of tests; filters by verdict, state, kind, inclusion and source. */
import type { TraceState } from '../../../../items/traced-set.js'
import { codeAt, nameAt, numberAt, splitTexts } from '../../format/column.js'
import { TEXTS_PER_BLOCK, type RequirementListData } from '../../format/data-shape.js'
import { requirementVerdicts, requirementVerdictWords } from '../../format/verdict-words.js'
import { loadChunk } from '../parts/data.js'
import { element } from '../parts/element.js'
import { countCell, verdictColumn, type Column } from './column-head.js'
import { namedFacet, stateFacet, statesOf, verdictFacet } from './facets.js'
import type { Facet } from './list-model.js'
import { memo } from '../parts/memo.js'
import { itemAddress } from '../../browse/route.js'
import { rankNumbers, rankTexts } from '../../browse/selection.js'
import { requirementVerdictMark } from '../parts/status-mark.js'
import { TextSearch } from '../../browse/text-search.js'

/** The columns of the data, item by item. */
export class RequirementList {
  readonly count: number
  private readonly idTexts = memo(() => splitTexts(this.data.ids, this.count))
  private readonly titleTexts = memo(() => splitTexts(this.data.titles, this.count))
  private readonly revisionTexts = memo(() => (this.data.revisions === '' ? [] : splitTexts(this.data.revisions, this.count)))
  readonly search: TextSearch

  constructor(private readonly data: RequirementListData) {
    this.count = data.count
    this.search = new TextSearch(data.count)
    this.search.add(data.ids, 0)
    this.search.add(data.titles, 0)
  }

  id = (index: number): string => this.idTexts()[index] ?? ''
  title = (index: number): string => this.titleTexts()[index] ?? ''
  revision = (index: number): string => this.revisionTexts()[index] ?? ''
  verdict = (index: number): string => nameAt(this.data.verdicts, index)
  kind = (index: number): string => nameAt(this.data.kinds, index)
  inclusion = (index: number): string => nameAt(this.data.inclusions, index)
  source = (index: number): string => nameAt(this.data.sources, index)
  tests = (index: number): number => numberAt(this.data.tests, index)
  untitled = (index: number): boolean => this.data.untitled[index] === '1'
  unconfirmed = (index: number): boolean => this.data.unconfirmed[index] === '1'

  states = (index: number): readonly TraceState[] => statesOf(this.data.states, index)

  /** Spelled so that each item has its own: a second item of the same id says `id;2`. */
  key = (index: number): string => {
    const id = this.id(index)
    const first = this.firstOf(id)
    if (first === index) return id
    const same = this.idTexts()
      .slice(0, index)
      .filter((other) => other === id).length
    return `${id};${same + 1}`
  }

  /** Also finds `id~revision`. -1: no such item. */
  find = (key: string): number => {
    const exact = this.firstOf(key)
    if (exact >= 0) return exact
    const [, id = '', number = ''] = /^(.*);(\d+)$/s.exec(key) ?? []
    const again = number === '' ? -1 : this.nth(id, Number(number))
    if (again >= 0) return again
    const at = key.lastIndexOf('~')
    return at < 0 ? -1 : this.idTexts().findIndex((id, index) => id === key.slice(0, at) && this.revision(index) === key.slice(at + 1))
  }

  address = (index: number): string => itemAddress('requirements', this.key(index))

  private readonly places = memo(() => {
    const places = new Map<string, number>()
    this.idTexts().forEach((id, index) => {
      if (!places.has(id)) places.set(id, index)
    })
    return places
  })

  private firstOf(id: string): number {
    return this.places().get(id) ?? -1
  }

  private nth(id: string, number: number): number {
    let seen = 0
    return this.idTexts().findIndex((other) => other === id && (seen += 1) === number)
  }

  facets(): readonly Facet[] {
    const { verdicts, kinds, inclusions, sources, states, unconfirmed } = this.data
    const marked = Uint32Array.from({ length: this.count }, (_, index) => (unconfirmed[index] === '1' ? 1 : 0))
    return [
      verdictFacet(
        verdicts,
        this.count,
        requirementVerdicts.map((verdict) => ({ verdict, name: requirementVerdictWords[verdict].name })),
      ),
      stateFacet(states, this.count),
      namedFacet('kind', 'Kind', kinds, this.count),
      namedFacet('inclusion', 'Inclusion', inclusions, this.count),
      namedFacet('source', 'Source', sources, this.count),
      {
        key: 'text',
        title: 'Text',
        control: 'choice',
        form: 'one',
        codes: marked,
        size: 2,
        values: [
          { key: 'confirmed', name: 'not marked', tone: null },
          { key: 'unconfirmed', name: 'marked unconfirmed', tone: null },
        ],
      },
    ]
  }

  columns(): readonly Column[] {
    return [
      verdictColumn((index) => requirementVerdictMark(this.verdict(index))),
      { key: 'id', title: 'Requirement', name: 'c-id', sortable: true, cell: (index) => this.idCell(index) },
      { key: 'title', title: 'Title', name: 'c-title', sortable: true, cell: (index) => this.titleCell(index) },
      { key: 'kind', title: 'Kind', name: 'c-kind', sortable: true, cell: (index) => document.createTextNode(this.kind(index)) },
      { key: 'tests', title: 'Tests', name: 'c-count', sortable: true, cell: (index) => countCell(this.tests(index)) },
    ]
  }

  ranks = (column: string): Float64Array => {
    if (column === 'id') return rankTexts(this.idTexts())
    if (column === 'title') return rankTexts(this.titleTexts())
    if (column === 'tests') return rankNumbers(this.count, this.tests)
    if (column === 'kind') return rankTexts(Array.from({ length: this.count }, (_, index) => this.kind(index)))
    return rankNumbers(this.count, (index) => codeAt(this.data.verdicts, index))
  }

  loadTexts = async (part: (share: number) => void): Promise<void> => {
    const blocks = Math.ceil(this.count / TEXTS_PER_BLOCK)
    for (let block = 0; block < blocks; block += 1) {
      this.search.add(await loadChunk('texts', block), block * TEXTS_PER_BLOCK)
      part((block + 1) / blocks)
    }
  }

  private idCell(index: number): Node {
    const revision = this.revision(index)
    return element('span', { class: 'id' }, this.id(index), revision === '' ? null : element('span', { class: 'revision' }, `~${revision}`))
  }

  private titleCell(index: number): Node {
    const mark = this.unconfirmed(index) ? element('span', { class: 'tag' }, 'unconfirmed') : null
    return element('span', { class: this.untitled(index) ? 'from-text' : 'titled' }, mark, mark === null ? null : ' ', this.title(index))
  }
}
