/**
 * The translator: hot regions as WebAssembly, everything else by the interpreter, and what neither can do by the reference evaluator as
 * one instruction. Which of them executes an instruction changes nothing but speed.
 */
import type { HartState } from '../../hart/hart-state.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { Mmu } from '../../mmu/mmu.js'
import type { Engine } from '../engine.js'
import { Interpreter } from '../interpreter/interpreter.js'
import type { InstructionEvaluator } from '../reference/instruction-evaluator.js'
import { entryPosition } from '../wasm/tlb-lookup.js'
import { dispatcherModule } from './dispatcher.js'
import { findRegion, type CodeSource } from './find-region.js'
import { HotSpots } from './hot-spots.js'
import type { RegionPage } from './region.js'
import { isTranslatable } from './translatable.js'
import type { Translation } from './translation.js'
import { Translations } from './translations.js'

/** The interpreter is stopped after so many instructions, to see where it is. */
const STRIDE = 2000

export class TranslatorEngine implements Engine {
  readonly kind = 'translator'
  private readonly interpreter: Interpreter
  private readonly translations: Translations
  private readonly hotSpots = new HotSpots()
  private readonly dispatch: WebAssembly.ExportedFunction

  constructor(
    private readonly memory: MachineMemory,
    harts: readonly HartState[],
    private readonly mmu: Mmu,
    private readonly evaluator: InstructionEvaluator,
  ) {
    this.interpreter = new Interpreter(memory, harts.length)
    this.translations = new Translations(memory, harts)
    const { table } = this.translations
    const { exports } = new WebAssembly.Instance(dispatcherModule(), { machine: { memory: memory.wasm, table } })
    this.dispatch = exports['dispatch'] ?? (() => 0)
  }

  run(hart: HartState, instructions: number): void {
    hart.attention = false
    for (let left = instructions; left > 0 && hart.mayContinue();) {
      const result = this.dispatch(hart.block.offset, left)
      if (result >= 0) {
        retire(hart, left - result)
        left = result > 0 ? result - this.withoutTranslation(hart, result) : 0
      } else {
        retire(hart, left - ~result)
        left = ~result - this.afterExit(hart, ~result)
      }
    }
  }

  /** The jump cache does not know pc, or is wrong about it. Returns how many instructions were executed; 0: it knows now. */
  private withoutTranslation(hart: HartState, left: number): number {
    const place = this.placeOfPc(hart)
    const known = place === undefined ? undefined : this.translations.find(hart.block.pc, place, (page) => this.isThere(hart, page))
    const translation = known ?? (place !== undefined && this.hotSpots.arrived(place) ? this.translate(hart, place) : undefined)
    if (translation === undefined) return this.interpret(hart, left)
    this.translations.enter(hart, translation)
    return 0
  }

  /** Translated code was left before an instruction. */
  private afterExit(hart: HartState, left: number): number {
    const { block } = hart
    const exit = block.leftExit === 0 ? undefined : this.translations.get(block.leftRegion)?.exits[block.leftExit]
    if (exit === undefined) return this.withoutTranslation(hart, left)
    block.pc = exit.address
    retire(hart, exit.retired)
    return exit.retired + (exit.exhausted ? this.finish(hart, left - exit.retired) : this.step(hart))
  }

  /** To the end, or until the hart wants attention, without translations. */
  private finish(hart: HartState, instructions: number): number {
    let done = 0
    while (done < instructions && hart.mayContinue()) {
      done += retire(hart, this.interpreter.execute(hart, instructions - done))
      if (done < instructions) done += this.step(hart)
    }
    return done
  }

  /** Up to a stride, as far as there is no translation. */
  private interpret(hart: HartState, left: number): number {
    const wanted = Math.min(left, STRIDE)
    const done = retire(hart, this.interpreter.execute(hart, wanted))
    const place = this.placeOfPc(hart)
    if (done === wanted) {
      if (place !== undefined && this.hotSpots.sampled(place)) this.translate(hart, place)
      return done
    }
    return done > 0 && place !== undefined && this.translations.startsAt(place) ? done : done + this.step(hart)
  }

  private step(hart: HartState): number {
    this.evaluator.step(hart)
    const { fetched } = this.evaluator
    this.interpreter.remember(hart, this.evaluator, fetched === undefined || !this.translations.startsAt(fetched.offset))
    return 1
  }

  private translate(hart: HartState, place: number): Translation | undefined {
    const region = findRegion(hart.block.pc, this.sourceOf(hart))
    if (region === undefined) {
      this.hotSpots.giveUp(place)
      return undefined
    }
    this.interpreter.stopAt(place)
    return this.translations.add(region, place)
  }

  private sourceOf(hart: HartState): CodeSource {
    return {
      page: (address) => this.mmu.lookup(hart, address, 1, 'fetch'),
      word: (place) => this.memory.view.getUint32(place, true),
      collide: (a, b) => entryPosition(a) === entryPosition(b),
      translatable: isTranslatable,
    }
  }

  private placeOfPc(hart: HartState): number | undefined {
    return this.mmu.lookup(hart, hart.block.pc, 2, 'fetch')
  }

  private isThere(hart: HartState, { address, place }: RegionPage): boolean {
    return this.mmu.lookup(hart, address, 1, 'fetch') === place
  }
}

function retire({ block }: HartState, instructions: number): number {
  if (instructions > 0) {
    block.instret += instructions
    block.cycles += instructions
  }
  return instructions
}
