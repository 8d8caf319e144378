/** The lists of defects and of findings: kind, id, what is wrong, where. An id of an item leads to it. */
import { toneOf } from '../../../status-tone.js'
import { codeAt, nameAt, splitTexts } from '../../format/column.js'
import type { DefectListData } from '../../format/data-shape.js'
import { element } from '../parts/element.js'
import type { Facet } from './list-model.js'
import { memo } from '../parts/memo.js'
import { codesOf } from './facets.js'
import { rankNumbers, rankTexts } from '../../browse/selection.js'
import { statusMark } from '../parts/status-mark.js'
import { TextSearch } from '../../browse/text-search.js'
import type { Column } from './column-head.js'

export class DefectList {
  readonly count: number
  private readonly ids = memo(() => splitTexts(this.data.ids, this.count))
  private readonly texts = memo(() => splitTexts(this.data.texts, this.count))
  private readonly places = memo(() => splitTexts(this.data.places, this.count))
  readonly search: TextSearch

  constructor(private readonly data: DefectListData) {
    this.count = data.count
    this.search = new TextSearch(data.count)
    this.search.add(data.ids, 0)
    this.search.add(data.texts, 0)
    this.search.add(data.places, 0)
  }

  id = (index: number): string => this.ids()[index] ?? ''
  /** A defect has no id of its own: its place in the list, from 1. */
  number = (index: number): string => String(index + 1)
  find = (number: string): number => (/^\d+$/.test(number) && Number(number) <= this.count ? Number(number) - 1 : -1)
  text = (index: number): string => this.texts()[index] ?? ''
  place = (index: number): string => this.places()[index] ?? ''
  kind = (index: number): string => nameAt(this.data.kinds, index)
  mark = (index: number): HTMLElement => statusMark(this.kind(index), toneOf(this.kind(index)))

  facets(): readonly Facet[] {
    const { kinds } = this.data
    const values = kinds.names.map((kind) => ({ key: kind, name: kind, tone: toneOf(kind) }))
    return [
      { key: 'kind', title: 'Kind', control: 'marks', form: 'one', codes: codesOf(kinds, this.count), size: kinds.names.length, values },
    ]
  }

  columns(): readonly Column[] {
    return [
      { key: 'kind', title: 'Kind', name: 'c-verdict', sortable: true, cell: this.mark },
      {
        key: 'id',
        title: 'Of',
        name: 'c-id',
        sortable: true,
        cell: (index) => element('span', { class: 'id' }, this.id(index) === '' ? 'the run' : this.id(index)),
      },
      { key: 'text', title: 'What', name: 'c-title', sortable: false, cell: (index) => document.createTextNode(this.text(index)) },
      { key: 'place', title: 'Where', name: 'c-place', sortable: true, cell: (index) => document.createTextNode(this.place(index)) },
    ]
  }

  ranks = (column: string): Float64Array => {
    if (column === 'id') return rankTexts(this.ids())
    if (column === 'place') return rankTexts(this.places())
    return rankNumbers(this.count, (index) => codeAt(this.data.kinds, index))
  }
}
