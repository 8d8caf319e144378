/**
 * Symbols of one pass: labels, assigned symbols, numeric local labels, and the constants given from outside.
 * A pass sees what it has met so far; what comes further down it takes from the pass before, marked as forward.
 * GNU as, "Symbol Names" and "Local Labels".
 */
import { absolute, UNKNOWN, type SectionName, type Value } from './value.js'

export type Lookup = Value | 'undefined' | 'unsettled'

export class SymbolTable {
  private readonly labels = new Map<string, Value>()
  private readonly assigned = new Map<string, Value>()
  private readonly locals = new Map<string, Value[]>()

  /** @param before the placed symbols of the first pass; undefined in the first pass itself. */
  constructor(
    private readonly given: ReadonlyMap<string, bigint>,
    private readonly before: SymbolTable | undefined,
  ) {}

  /** @returns false when the name is taken. */
  defineLabel(name: string, value: Value): boolean {
    if (this.labels.has(name) || this.assigned.has(name) || this.given.has(name)) return false
    this.labels.set(name, value)
    return true
  }

  /** @returns false when the name is a label or given from outside; an assigned symbol may be assigned again. */
  assign(name: string, value: Value): boolean {
    if (this.labels.has(name) || this.given.has(name)) return false
    this.assigned.set(name, value)
    return true
  }

  defineLocal(label: string, value: Value): void {
    const values = this.locals.get(label)
    if (values === undefined) this.locals.set(label, [value])
    else values.push(value)
  }

  lookup(name: string): Lookup {
    const given = this.given.get(name)
    if (given !== undefined) return absolute(given)
    return (
      this.labels.get(name) ?? this.assigned.get(name) ?? this.forward(this.before?.labels.get(name) ?? this.before?.assigned.get(name))
    )
  }

  /** `1b`: the nearest above. `1f`: the nearest below. */
  lookupLocal(label: string, direction: 'b' | 'f'): Lookup {
    const met = this.locals.get(label) ?? []
    if (direction === 'b') return met.at(-1) ?? 'undefined'
    return this.forward(this.before?.locals.get(label)?.[met.length])
  }

  private forward(value: Value | undefined): Lookup {
    if (this.before === undefined) return UNKNOWN
    if (value === undefined) return 'undefined'
    return value.depends === 'unsettled' ? 'unsettled' : { ...value, forward: true }
  }

  /** The same symbols with section offsets turned into addresses. */
  placed(starts: Readonly<Record<SectionName, bigint>>): SymbolTable {
    const placed = new SymbolTable(this.given, undefined)
    const place = (value: Value): Value =>
      value.depends === 'absolute' || value.depends === 'unsettled' ? value : { ...value, bits: value.bits + starts[value.depends] }
    for (const [name, value] of this.labels) placed.labels.set(name, place(value))
    for (const [name, value] of this.assigned) placed.assigned.set(name, place(value))
    for (const [label, values] of this.locals) placed.locals.set(label, values.map(place))
    return placed
  }

  /** What the source itself defines, unsigned, by name. */
  defined(): ReadonlyMap<string, bigint> {
    const all = [...this.labels, ...this.assigned].sort(([a], [b]) => (a < b ? -1 : 1))
    return new Map(all.map(([name, { bits }]) => [name, BigInt.asUintN(64, bits)]))
  }
}
