/**
 * All translations of a machine: the table of their functions, shared by the harts, and the pages that they come from. A store to a
 * translated instruction ends its translation before another instruction executes.
 */
import { PAGE_BYTES } from '../../../common/units.js'
import type { HartState } from '../../hart/hart-state.js'
import { JumpCache } from '../../memory/jump-cache.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import { hostFuses } from '../wasm/fused-multiply-add.js'
import { encodeModule } from '../wasm/module.js'
import type { CodeStability } from './code-stability.js'
import { emitRegion } from './region-emitter.js'
import type { Region } from './region.js'
import { partsOf, type Translation } from './translation.js'

const pageOf = (place: number): number => place - (place % PAGE_BYTES)

const INITIAL_FUNCTIONS = 256
/** Then all begins anew: what is still hot comes back soon. */
const MOST_TRANSLATIONS = 4096

export class Translations {
  readonly table = new WebAssembly.Table({ element: 'anyfunc', initial: INITIAL_FUNCTIONS })
  private readonly byCode: (Translation | undefined)[] = []
  private readonly byPlace = new Map<number, Translation[]>()
  private readonly byPage = new Map<number, Set<Translation>>()
  private readonly free: number[] = []
  private readonly jumps: readonly JumpCache[]

  constructor(
    private readonly memory: MachineMemory,
    private readonly harts: readonly HartState[],
    private readonly stability: CodeStability,
  ) {
    this.jumps = harts.map(({ index }) => new JumpCache(memory, index))
    for (const cache of this.jumps) cache.clear()
    const before = memory.code.listen((offset, length) => this.stored(offset, length))
    for (const page of before) this.guard(page, false)
  }

  get(code: number): Translation | undefined {
    return this.byCode[code]
  }

  /** The translation of what lies at `place` for code that is found at `pc`, if it fits the hart as it is. */
  find(pc: bigint, place: number, fits: (translation: Translation) => boolean): Translation | undefined {
    return this.byPlace.get(place)?.find((translation) => translation.entry === pc && fits(translation))
  }

  /** Whether some address of the code at `place` has a translation. */
  startsAt(place: number): boolean {
    return this.byPlace.has(place)
  }

  add(region: Region, place: number): Translation {
    if (this.byCode.length - this.free.length >= MOST_TRANSLATIONS) this.dropAll()
    const { body, exits } = emitRegion(region, hostFuses(this.memory))
    const module = new WebAssembly.Module(encodeModule([{ name: 'run', parameters: 2, body }]))
    const { run } = new WebAssembly.Instance(module, { machine: { memory: this.memory.wasm } }).exports
    const code = this.free.pop() ?? this.byCode.length
    if (code === this.table.length) this.table.grow(this.table.length)
    this.table.set(code, run ?? null)
    const { entry, pages, setting } = region
    const translation: Translation = { entry, place, pages, setting, exits, code, parts: partsOf(region) }
    this.byCode[code] = translation
    this.byPlace.set(place, [...(this.byPlace.get(place) ?? []), translation])
    for (const page of pages) this.addTo(page.place, translation)
    return translation
  }

  /** From now on the jump cache leads there. */
  enter(hart: HartState, { entry, code }: Translation): void {
    this.jumps[hart.index]?.enter(entry, hart.block.tlbSet('fetch'), code)
  }

  private addTo(page: number, translation: Translation): void {
    const known = this.byPage.get(page)
    if (known !== undefined) {
      known.add(translation)
      return
    }
    this.byPage.set(page, new Set([translation]))
    this.memory.code.mark(page)
    this.guard(page, true)
  }

  /** Ends the translations of what was stored to, and all of a page that is stored to too often. */
  private stored(offset: number, length: number): void {
    const ended = new Set<Translation>()
    for (let page = pageOf(offset); page < offset + length; page += PAGE_BYTES) {
      const all = this.byPage.get(page)
      if (all === undefined) continue
      const hit = [...all].filter(({ parts }) => parts.some(([begin, end]) => begin < offset + length && offset < end))
      const given = this.stability.stored(page, hit.length > 0) ? all : hit
      for (const translation of given) ended.add(translation)
    }
    if (ended.size > 0) this.end([...ended])
  }

  /** The host keeps code for as long as it is in the table. */
  private dropAll(): void {
    this.end(this.byCode.filter((translation) => translation !== undefined))
  }

  private end(ended: readonly Translation[]): void {
    for (const translation of ended) this.drop(translation)
    for (const cache of this.jumps) cache.clear()
  }

  private drop(translation: Translation): void {
    const { code, place, pages } = translation
    this.byCode[code] = undefined
    this.table.set(code, null)
    this.free.push(code)
    const rest = (this.byPlace.get(place) ?? []).filter((other) => other !== translation)
    if (rest.length === 0) this.byPlace.delete(place)
    else this.byPlace.set(place, rest)
    for (const page of pages) this.dropFrom(page.place, translation)
  }

  private dropFrom(page: number, translation: Translation): void {
    const known = this.byPage.get(page)
    known?.delete(translation)
    if (known?.size !== 0) return
    this.byPage.delete(page)
    this.memory.code.unmark(page)
    this.guard(page, false)
  }

  /** Whether stores to the page take the slow path, on every hart. */
  private guard(page: number, guarded: boolean): void {
    for (const { tlb } of this.harts) tlb.guard(page, guarded)
  }
}
