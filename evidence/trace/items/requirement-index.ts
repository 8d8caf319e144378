/**
 * Finds requirements by id and revision. A link names one revision: an older one than exists is outdated, a newer one predated
 * (OpenFastTrace user guide, "Coverage status"); an id that several items have is ambiguous, and none of them is chosen.
 */
import { positionsById, type Positions } from '../../items/id-positions.js'
import type { RequirementItem } from '../../items/requirement-item.js'

/** A reference that leads to no one item, though its id is known. */
export interface Mismatch {
  readonly kind: 'outdated' | 'predated' | 'ambiguous'
  readonly at: readonly number[]
}

/** Position of the item; null: no item has the id. */
export type Match = number | Mismatch | null

export class RequirementIndex {
  private readonly byId: ReadonlyMap<string, Positions>
  /** What follows the name space or the kind of an id (`req req-1`, `dsn~name`), where no item has that as its id. */
  private readonly byBareId = new Map<string, number | number[]>()
  /** Ids with capitals, by their small letters; built when a reference is not found as it is spelled. */
  private folded: Map<string, string> | undefined
  /** Positions of items whose id and revision another item has as well. */
  readonly duplicates: ReadonlySet<number>

  constructor(private readonly items: readonly RequirementItem[]) {
    this.byId = positionsById(items)
    this.duplicates = this.findDuplicates()
    if (items.some((item) => bareId(item) !== null)) this.addBareIds()
  }

  /** Every spelling by which an item can be named, revisions apart. */
  *names(): Iterable<string> {
    yield* this.byId.keys()
    yield* this.byBareId.keys()
  }

  /** `id`, or `id~revision` or `kind~id` where no item has the whole as its id. */
  find(text: string): Match {
    const whole = this.match(text, null)
    if (whole !== null) return whole
    const tilde = text.lastIndexOf('~')
    return tilde <= 0 ? null : this.match(text.slice(0, tilde), text.slice(tilde + 1))
  }

  /** @param revision null: the reference names none, and one revision alone can be meant. */
  match(id: string, revision: string | null): Match {
    const found = this.byId.get(id) ?? this.byKind(id) ?? this.byBareId.get(id)
    if (found === undefined) return null
    if (typeof found !== 'number') return this.among(found, revision)
    if (revision === null) return found
    const own = this.items[found]?.revision ?? null
    if (revision === own) return found
    return { kind: compareRevisions(revision, own) < 0 ? 'outdated' : 'predated', at: [found] }
  }

  /** The id that differs from `text` in capitals alone. */
  misspelt(text: string): string | undefined {
    if (this.folded === undefined) {
      this.folded = new Map()
      for (const id of this.byId.keys()) {
        const small = id.toLowerCase()
        if (small !== id) this.folded.set(small, id)
      }
    }
    const small = text.toLowerCase()
    return this.folded.get(small) ?? (small !== text && this.byId.has(small) ? small : undefined)
  }

  private among(positions: readonly number[], revision: string | null): Match {
    const exact = revision === null ? positions : positions.filter((at) => this.items[at]?.revision === revision)
    const [first] = exact
    if (first !== undefined) return exact.length === 1 ? first : { kind: 'ambiguous', at: exact }
    const older = positions.some((at) => compareRevisions(revision ?? '', this.items[at]?.revision ?? null) < 0)
    return { kind: older ? 'outdated' : 'predated', at: positions }
  }

  /** `dsn~name` of an item with the id `name` and the kind `dsn`. */
  private byKind(text: string): Positions | undefined {
    const tilde = text.indexOf('~')
    if (tilde <= 0) return undefined
    const kind = text.slice(0, tilde)
    const of = list(this.byId.get(text.slice(tilde + 1))).filter((at) => this.items[at]?.kind === kind)
    return of.length > 1 ? of : of[0]
  }

  private findDuplicates(): ReadonlySet<number> {
    const duplicates = new Set<number>()
    for (const positions of this.byId.values()) {
      if (typeof positions === 'number') continue
      const firsts = new Map<string | null, number>()
      for (const at of positions) {
        const revision = this.items[at]?.revision ?? null
        const first = firsts.get(revision)
        if (first === undefined) firsts.set(revision, at)
        else duplicates.add(first).add(at)
      }
    }
    return duplicates
  }

  private addBareIds(): void {
    for (const [at, item] of this.items.entries()) {
      const bare = bareId(item)
      if (bare !== null && !this.byId.has(bare)) append(this.byBareId, bare, at)
    }
  }
}

/** Null: the id has neither name space nor kind before it. */
function bareId({ id, kind }: RequirementItem): string | null {
  if (kind !== '' && id.length > kind.length + 1 && id[kind.length] === '~' && id.startsWith(kind)) return id.slice(kind.length + 1)
  const space = id.indexOf(' ')
  return space < 0 || space === id.length - 1 ? null : id.slice(space + 1)
}

function append(map: Map<string, number | number[]>, key: string, at: number): void {
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
