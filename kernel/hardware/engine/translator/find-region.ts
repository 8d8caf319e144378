/**
 * Finds the instructions that are worth translating with the one at an entry: breadth first along branches, jumps, calls and the
 * returns from those, until there are enough. Nothing is fetched that the fetch TLB does not know: a translation must not fill it.
 */
import { decode, instructionLength } from '../../isa/decode.js'
import { controlFlowOf, isLinkRegister, type ControlFlow } from './control-flow.js'
import type { PrivilegedSetting } from './privileged-emitter.js'
import type { Block, Destination, Region, RegionInstruction, RegionPage } from './region.js'
import { isPrivileged, isTranslatable } from './translatable.js'

export interface CodeSource {
  /** Place in machine memory of the page at a virtual address; `undefined`: the fetch TLB does not know it. */
  page(address: bigint): number | undefined
  /** Four bytes, the last two of which may lie beyond the page. */
  word(place: number): number
  /** Pages whose entries share a place in the fetch TLB cannot be known at once. */
  collide(a: bigint, b: bigint): boolean
  /** What instructions that depend on the privilege would be translated for; absent: not at all. */
  readonly setting: PrivilegedSetting | undefined
}

/** Longer regions compile slower and run no faster (measured in docs/decisions/0024-translator.md). */
export const MOST_INSTRUCTIONS = 500
const MOST_PAGES = 8
const MOST_CALLS = 6
/** Blocks are cut, so that how far a budget must reach stays small. */
const MOST_IN_BLOCK = 64
/** How far from the entry a region reaches, in bytes. */
const REACH = 2 ** 27
const PAGE_BYTES = 4096

/** A call that was followed. */
interface Call {
  readonly number: number
  readonly caller: Call | undefined
  readonly depth: number
  readonly callee: number
  readonly link: number
  readonly returnTo: number
}

interface Point {
  readonly at: number
  readonly call: Call | undefined
}

interface Visited extends RegionInstruction {
  readonly flow: ControlFlow
  readonly call: Call | undefined
  /** Of a jump: where the region goes on; a call that is not followed leaves it. */
  readonly goesTo: Point | undefined
}

/** A number for a point: addresses are even, and calls are few. */
const keyOf = ({ at, call }: Point): number => (call?.number ?? 0) * 2 ** 30 + (at + REACH) / 2

export function findRegion(entry: bigint, source: CodeSource): Region | undefined {
  const search = new Search(entry, source)
  search.visit()
  return search.region()
}

class Search {
  private readonly visited = new Map<number, Visited>()
  /** Points at which a block begins. */
  private readonly leaders = new Set<number>()
  private readonly pages = new Map<bigint, number | undefined>()
  private readonly queue: Point[] = []
  private calls = 0

  constructor(
    private readonly entry: bigint,
    private readonly source: CodeSource,
  ) {}

  visit(): void {
    this.lead({ at: 0, call: undefined })
    for (let point = this.queue.shift(); point !== undefined; point = this.queue.shift()) this.visitRun(point)
  }

  region(): Region | undefined {
    if (!this.visited.has(keyOf({ at: 0, call: undefined }))) return undefined
    const blocks = new Blocks(this.visited, this.leaders).from({ at: 0, call: undefined })
    const pages: RegionPage[] = []
    for (const [address, place] of this.pages) if (place !== undefined) pages.push({ address, place })
    const privileged = blocks.some(({ instructions }) => instructions.some(({ decoded }) => isPrivileged(decoded)))
    return { entry: this.entry, blocks, pages, setting: privileged ? this.source.setting : undefined }
  }

  private lead(point: Point): void {
    this.leaders.add(keyOf(point))
    this.queue.push(point)
  }

  /** Instructions one after the other, until control goes elsewhere. */
  private visitRun(start: Point): void {
    const { call } = start
    let length = 0
    for (let at = start.at; ; length++) {
      const key = keyOf({ at, call })
      if (this.visited.has(key)) {
        this.leaders.add(key)
        return
      }
      if (length % MOST_IN_BLOCK === 0) this.leaders.add(key)
      const instruction = this.visited.size < MOST_INSTRUCTIONS ? this.instruction(at) : undefined
      if (instruction === undefined) return
      const flow = controlFlowOf(instruction.decoded)
      const next = at + instruction.decoded.length
      const goesTo = flow.kind === 'jump' ? this.targetOf(flow, at, next, call) : undefined
      this.visited.set(key, { ...instruction, flow, call, goesTo })
      if (flow.kind === 'branch') this.lead({ at: at + flow.offset, call })
      else if (flow.kind === 'jump') {
        if (goesTo !== undefined) this.lead(goesTo)
        return
      } else if (flow.kind === 'indirect') {
        const back = returnOf(flow, call)
        if (back !== undefined) this.lead(back)
        return
      }
      at = next
      if (flow.kind === 'branch') this.leaders.add(keyOf({ at, call }))
    }
  }

  /** A call is followed unless it nests too deeply or recurses. */
  private targetOf(
    { offset, link }: ControlFlow & { kind: 'jump' },
    at: number,
    returnTo: number,
    caller: Call | undefined,
  ): Point | undefined {
    const callee = at + offset
    if (link === 0) return { at: callee, call: caller }
    const depth = (caller?.depth ?? 0) + 1
    if (depth > MOST_CALLS || !isLinkRegister(link)) return undefined
    for (let outer = caller; outer !== undefined; outer = outer.caller) if (outer.callee === callee) return undefined
    this.calls += 1
    return { at: callee, call: { number: this.calls, caller, depth, callee, link, returnTo } }
  }

  private instruction(at: number): RegionInstruction | undefined {
    if (at <= -REACH || at >= REACH) return undefined
    const address = BigInt.asUintN(64, this.entry + BigInt(at))
    const within = Number(address & 0xfffn)
    const page = this.page(address - BigInt(within))
    if (page === undefined) return undefined
    const place = page + within
    const word = this.source.word(place)
    if (instructionLength(word) === 4 && within === PAGE_BYTES - 2) return undefined
    const decoded = decode(word)
    return decoded !== undefined && isTranslatable(decoded, this.source.setting) ? { decoded, at, place } : undefined
  }

  private page(address: bigint): number | undefined {
    if (this.pages.has(address)) return this.pages.get(address)
    const others = [...this.pages.keys()].filter((other) => this.pages.get(other) !== undefined)
    const refused = others.length >= MOST_PAGES || others.some((other) => this.source.collide(other, address))
    const place = refused ? undefined : this.source.page(address)
    this.pages.set(address, place)
    return place
  }
}

/** Where a return goes, when it is one from a call that was followed. */
function returnOf(flow: ControlFlow & { kind: 'indirect' }, call: Call | undefined): Point | undefined {
  const returns = flow.link === 0 && flow.source !== undefined && flow.source === call?.link
  return returns ? { at: call.returnTo, call: call.caller } : undefined
}

/** Makes blocks of what was visited. */
class Blocks {
  private readonly made = new Map<number, Block>()

  constructor(
    private readonly visited: ReadonlyMap<number, Visited>,
    private readonly leaders: ReadonlySet<number>,
  ) {}

  from(entry: Point): Block[] {
    const pending: Point[] = []
    const destination = (point: Point): Destination => {
      const key = keyOf(point)
      if (!this.visited.has(key)) return { outside: point.at }
      const known = this.made.get(key)
      if (known !== undefined) return { block: known }
      const instructions = this.instructionsFrom(point)
      const block: Block = { at: point.at, instructions, ending: { kind: 'indirect' } }
      this.made.set(key, block)
      pending.push(point)
      return { block }
    }
    destination(entry)
    for (let point = pending.shift(); point !== undefined; point = pending.shift()) {
      const block = this.made.get(keyOf(point))
      const last = block?.instructions.at(-1)
      if (block === undefined || last === undefined) continue
      this.end(block, this.visited.get(keyOf({ at: last.at, call: point.call })), destination)
    }
    return [...this.made.values()]
  }

  private instructionsFrom({ at, call }: Point): RegionInstruction[] {
    const instructions: RegionInstruction[] = []
    for (let place = at; ;) {
      const key = keyOf({ at: place, call })
      const instruction = this.visited.get(key)
      if (instruction === undefined || (place !== at && this.leaders.has(key))) return instructions
      instructions.push(instruction)
      if (instruction.flow.kind !== 'next') return instructions
      place += instruction.decoded.length
    }
  }

  private end(block: Block, last: Visited | undefined, destination: (point: Point) => Destination): void {
    if (last === undefined) return
    const { flow, at, call, decoded } = last
    const next: Point = { at: at + decoded.length, call }
    switch (flow.kind) {
      case 'next':
        block.ending = { kind: 'goto', to: destination(next) }
        return
      case 'branch':
        block.ending = { kind: 'branch', taken: destination({ at: at + flow.offset, call }), otherwise: destination(next) }
        return
      case 'jump':
        block.ending = { kind: 'goto', to: last.goesTo === undefined ? { outside: at + flow.offset } : destination(last.goesTo) }
        return
      case 'indirect': {
        const back = returnOf(flow, call)
        block.ending = back === undefined ? { kind: 'indirect' } : { kind: 'return', to: destination(back), expected: back.at }
      }
    }
  }
}
