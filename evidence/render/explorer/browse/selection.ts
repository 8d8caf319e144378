/** Which items a list shows, in which order, and how many each value of each filter would show: one pass over typed arrays. */
export interface FacetValues {
  readonly key: string
  /** `one`: an item has one value, its code. `some`: an item has several, the bits of its code. */
  readonly form: 'one' | 'some'
  readonly codes: Uint32Array
  readonly size: number
}

export interface Selection {
  readonly items: Int32Array
  /** By filter, then by value: items that would be shown if the value were the only one chosen of its filter. */
  readonly counts: ReadonlyMap<string, readonly number[]>
}

/** @param chosen Values by filter; none or empty: the filter is off. `matches`: result of the search, null: everything. */
export function selectItems(
  count: number,
  facets: readonly FacetValues[],
  chosen: ReadonlyMap<string, readonly number[]>,
  matches: Uint8Array | null,
): Selection {
  const masks = facets.map((facet) => wanted(facet, chosen.get(facet.key) ?? []))
  const tallies = facets.map(({ size }) => new Uint32Array(size))
  const items = new Int32Array(count)
  let length = 0
  for (let index = 0; index < count; index += 1) {
    if (matches !== null && matches[index] === 0) continue
    const refusing = refusedBy(facets, masks, index)
    if (refusing === NONE) items[length++] = index
    if (refusing === SEVERAL) continue
    for (let place = 0; place < facets.length; place += 1) {
      if (refusing === NONE || refusing === place) tally(facets[place], tallies[place], index)
    }
  }
  return { items: items.slice(0, length), counts: new Map(facets.map(({ key }, place) => [key, [...(tallies[place] ?? [])]])) }
}

const NONE = -1
const SEVERAL = -2

/** The one filter that refuses the item, if it is one. */
function refusedBy(facets: readonly FacetValues[], masks: readonly (Uint8Array | null)[], index: number): number {
  let refusing = NONE
  for (let place = 0; place < facets.length; place += 1) {
    const mask = masks[place] ?? null
    const facet = facets[place]
    if (mask === null || facet === undefined || has(facet, mask, facet.codes[index] ?? 0)) continue
    if (refusing !== NONE) return SEVERAL
    refusing = place
  }
  return refusing
}

function wanted({ size }: FacetValues, values: readonly number[]): Uint8Array | null {
  if (values.length === 0) return null
  const mask = new Uint8Array(size)
  for (const value of values) mask[value] = 1
  return mask
}

function has({ form, size }: FacetValues, mask: Uint8Array, code: number): boolean {
  if (form === 'one') return mask[code] === 1
  for (let bit = 0; bit < size; bit += 1) if (mask[bit] === 1 && (code & (1 << bit)) !== 0) return true
  return false
}

function tally(facet: FacetValues | undefined, counts: Uint32Array | undefined, index: number): void {
  if (facet === undefined || counts === undefined) return
  const code = facet.codes[index] ?? 0
  if (facet.form === 'one') counts[code] = (counts[code] ?? 0) + 1
  else for (let bit = 0; bit < facet.size; bit += 1) if ((code & (1 << bit)) !== 0) counts[bit] = (counts[bit] ?? 0) + 1
}

/** Items in the order of their ranks; equal ranks keep the order of the source. */
export function orderItems(items: Int32Array, ranks: Float64Array, descending: boolean): Int32Array {
  const sign = descending ? -1 : 1
  return items.slice().sort((one, other) => sign * ((ranks[one] ?? 0) - (ranks[other] ?? 0)) || one - other)
}

/** Ranks of texts, digits compared as numbers (`R-9` before `R-10`); the same on every machine. */
export function rankTexts(texts: readonly string[]): Float64Array {
  const keys = texts.map((text) => text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(10, '0')))
  const order = Int32Array.from(keys.keys()).sort((one, other) => {
    const [first = '', second = ''] = [keys[one], keys[other]]
    return first < second ? -1 : first > second ? 1 : one - other
  })
  const ranks = new Float64Array(texts.length)
  order.forEach((item, place) => {
    const before = order[place - 1]
    ranks[item] = before !== undefined && keys[before] === keys[item] ? (ranks[before] ?? 0) : place
  })
  return ranks
}

/** Who types a whole id wants that item before the ones that mention it. */
export function exactFirst(items: Int32Array, exact: number, sorted: boolean): Int32Array {
  const place = sorted || exact === -1 ? -1 : items.indexOf(exact)
  if (place <= 0) return items
  const reordered = items.slice()
  reordered.copyWithin(1, 0, place)
  reordered[0] = exact
  return reordered
}

/** Ranks by a number of each item. */
export function rankNumbers(count: number, value: (index: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => value(index))
}
