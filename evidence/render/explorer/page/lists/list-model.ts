/** A list as its view needs it: columns, filters, search and the page of one item. Each kind of item makes its own. */
import type { FacetValues } from '../../browse/selection.js'
import type { Page } from '../../browse/route.js'
import type { TextSearch } from '../../browse/text-search.js'
import type { Column } from './column-head.js'

export interface Facet extends FacetValues {
  readonly title: string
  /** `marks`: a row of switches with counts; `choice`: a menu. */
  readonly control: 'marks' | 'choice'
  readonly values: readonly { readonly key: string; readonly name: string; readonly tone: string | null }[]
}

export interface ListModel {
  readonly page: Page
  /** Plural, as in `12 requirements`. */
  readonly noun: string
  readonly title: string
  readonly count: number
  readonly columns: readonly Column[]
  readonly head: string
  readonly facets: readonly Facet[]
  readonly search: TextSearch
  /** Columns to narrow screens and print as they are; ranks for an order by a column, made when first wanted. */
  ranks(column: string): Float64Array
  idOf(index: number): string
  /** -1: no such item. */
  find(id: string): number
  /** Null: the list has no pages of its items. */
  readonly detail: ((index: number) => Promise<HTMLElement>) | null
  /** Loads what search needs beyond the list itself; calls back when a part has come. Null: everything is there. */
  readonly loadTexts: ((part: (share: number) => void) => Promise<void>) | null
}
