/** The filters of a list as its address holds them: `q`, `sort`, and for each filter the keys of the chosen values. */
import { decode, encode, type Route } from '../../browse/route.js'
import type { FilterState } from './filter-bar.js'
import type { ListModel } from './list-model.js'

type Facets = ListModel['facets']

export interface SortOrder {
  readonly column: string
  readonly descending: boolean
}

/** Null: the order of the set. */
export function sortOrder({ query }: Route, { columns }: Pick<ListModel, 'columns'>): SortOrder | null {
  const sort = query.get('sort') ?? ''
  const column = sort.replace(/^-/, '')
  return columns.some(({ key, sortable }) => key === column && sortable) ? { column, descending: sort.startsWith('-') } : null
}

export function filterState({ query }: Route, facets: Facets): FilterState {
  const chosen = facets.map(({ key, values }): [string, readonly number[]] => {
    const wanted = (query.get(key) ?? '').split(',').map(decode)
    return [key, values.flatMap((value, place) => (value.key !== '' && wanted.includes(value.key) ? [place] : []))]
  })
  return { search: query.get('q') ?? '', chosen: new Map(chosen) }
}

export function queryOf({ search, chosen }: FilterState, facets: Facets, sort: string): ReadonlyMap<string, string> {
  const filters = facets.map(({ key, values }): [string, string] => [
    key,
    (chosen.get(key) ?? []).map((place) => encode(values[place]?.key ?? '').replaceAll(',', '%2C')).join(','),
  ])
  return new Map([['q', search], ...filters, ['sort', sort]])
}
