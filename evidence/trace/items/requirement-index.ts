/**
 * Finds requirements by id and revision. A link names one revision: an older one than exists is outdated, a newer one predated
 * (OpenFastTrace user guide, "Coverage status"); an id that several items have is ambiguous, and none of them is chosen.
 */
import type { RequirementItem } from '../../items/requirement-item.js'

export type Match =
  { readonly kind: 'exact'; readonly at: number } | { readonly kind: 'outdated' | 'predated' | 'ambiguous'; readonly at: readonly number[] }

/** Most ids stand once: a number alone spares the list. */
type Positions = number | number[]

export class RequirementIndex {
  private readonly byId = new Map<string, Positions>()
  /** `kind~id`, and what follows the name space of an id, where no item has that as its id. */
  private readonly byAlias = new Map<string, Positions>()
  /** Lower-case ids, built when a reference is not found as it is spelled. */
  private folded: Map<string, string> | undefined
  /** Positions of items whose id and revision another item has as well. */
  readonly duplicates: ReadonlySet<number>

  constructor(private readonly items: readonly RequirementItem[]) {
    const duplicates = new Set<number>()
    for (const [at, { id, revision }] of items.entries()) {
      for (const other of list(this.byId.get(id)))
        if (items[other]?.revision === revision) {
          duplicates.add(at)
          duplicates.add(other)
        }
      append(this.byId, id, at)
    }
    for (const [at, { id, kind }] of items.entries()) {
      const qualified = `${kind}~${id}`
      if (kind !== '' && !this.byId.has(qualified)) append(this.byAlias, qualified, at)
      const space = id.indexOf(' ')
      const bare = space < 0 ? '' : id.slice(space + 1)
      if (bare !== '' && !this.byId.has(bare)) append(this.byAlias, bare, at)
    }
    this.duplicates = duplicates
  }

  get ids(): IterableIterator<string> {
    return this.byId.keys()
  }

  /** `id`, or `id~revision` where no item has the whole as its id; null: no item. */
  find(text: string): Match | null {
    const whole = this.match(text, null)
    if (whole !== null) return whole
    const tilde = text.lastIndexOf('~')
    return tilde <= 0 ? null : this.match(text.slice(0, tilde), text.slice(tilde + 1))
  }

  /** @param revision null: the reference names none, and one revision alone can be meant. */
  match(id: string, revision: string | null): Match | null {
    const found = this.byId.get(id) ?? this.byAlias.get(id)
    if (found === undefined) return null
    if (typeof found === 'number') {
      const own = this.items[found]?.revision ?? null
      if (revision === null || revision === own) return { kind: 'exact', at: found }
      return { kind: compareRevisions(revision, own) < 0 ? 'outdated' : 'predated', at: [found] }
    }
    return this.among(found, revision)
  }

  private among(positions: readonly number[], revision: string | null): Match {
    const exact = revision === null ? positions : positions.filter((at) => this.items[at]?.revision === revision)
    const [first] = exact
    if (first !== undefined) return exact.length === 1 ? { kind: 'exact', at: first } : { kind: 'ambiguous', at: exact }
    const older = positions.some((at) => compareRevisions(revision ?? '', this.items[at]?.revision ?? null) < 0)
    return { kind: older ? 'outdated' : 'predated', at: positions }
  }

  /** The id that differs from `text` in capitals alone. */
  misspelt(text: string): string | undefined {
    if (this.folded === undefined) {
      this.folded = new Map()
      for (const id of this.byId.keys()) this.folded.set(id.toLowerCase(), id)
    }
    return this.folded.get(text.toLowerCase())
  }
}

function append(map: Map<string, Positions>, key: string, at: number): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, at)
  else if (typeof known === 'number') map.set(key, [known, at])
  else known.push(at)
}

function list(positions: Positions | undefined): readonly number[] {
  return positions === undefined ? [] : typeof positions === 'number' ? [positions] : positions
}

/** By numbers where both are numbers between dots, else by text; an item without revision is older than any. */
export function compareRevisions(a: string, b: string | null): number {
  if (b === null) return 1
  if (!isNumeric(a) || !isNumeric(b)) return a < b ? -1 : a > b ? 1 : 0
  const [left, right] = [a.split('.'), b.split('.')]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = BigInt(left[i] ?? 0) - BigInt(right[i] ?? 0)
    if (difference !== 0n) return difference < 0n ? -1 : 1
  }
  return 0
}

const isNumeric = (text: string): boolean => /^\d{1,30}(\.\d{1,30})*$/.test(text)
