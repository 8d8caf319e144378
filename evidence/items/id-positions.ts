/**
 * Where the items of a list stand by their id. Readers look for duplicates, trace for what links mean: the table is made once for a list,
 * which nobody changes any more, since that of 200,000 items takes a quarter of a second.
 */
import type { RequirementItem } from './requirement-item.js'

/** Most ids stand once: a number alone spares the list. */
export type Positions = number | readonly number[]

const tables = new WeakMap<readonly RequirementItem[], ReadonlyMap<string, Positions>>()

/** Ids in the order in which they first stand; positions rise. */
export function positionsById(items: readonly RequirementItem[]): ReadonlyMap<string, Positions> {
  let table = tables.get(items)
  if (table === undefined) tables.set(items, (table = makeTable(items)))
  return table
}

function makeTable(items: readonly RequirementItem[]): ReadonlyMap<string, Positions> {
  const table = new Map<string, number | number[]>()
  for (const [at, { id }] of items.entries()) {
    const known = table.get(id)
    if (known === undefined) table.set(id, at)
    else if (typeof known === 'number') table.set(id, [known, at])
    else known.push(at)
  }
  return table
}
