/**
 * The translator: hot regions as WebAssembly, everything else by the interpreter, and what neither can do by the reference evaluator as
 * one instruction. Which of them executes an instruction changes nothing but speed.
 */
import { PAGE_BYTES } from '../../../common/units.js'
import { ENVIRONMENT_CALL_FROM_U } from '../../hart/causes.js'
import type { HartState } from '../../hart/hart-state.js'
import { isCalm } from '../../hart/interrupts.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { Mmu } from '../../mmu/mmu.js'
import type { Engine } from '../engine.js'
import { Interpreter } from '../interpreter/interpreter.js'
import type { InstructionEvaluator } from '../reference/instruction-evaluator.js'
import { entryPosition } from '../wasm/tlb-lookup.js'
import { CodeStability } from './code-stability.js'
import { dispatcherModule } from './dispatcher.js'
import { findRegion, type CodeSource } from './find-region.js'
import { HOT, HotSpots, type Hotness } from './hot-spots.js'
import type { MemoryAccess } from './memory-access.js'
import type { PrivilegedSetting } from './privileged-emitter.js'
import type { Translation } from './translation.js'
import { Translations } from './translations.js'

export class TranslatorEngine implements Engine {
  readonly kind = 'translator'
  private readonly interpreter: Interpreter
  private readonly translations: Translations
  private readonly hotSpots: HotSpots
  private readonly stability = new CodeStability()
  private readonly dispatch: WebAssembly.ExportedFunction
  /** Translated code or the slow path led to where the hart is. */
  private arriving = false

  constructor(
    private readonly memory: MachineMemory,
    harts: readonly HartState[],
    private readonly mmu: Mmu,
    private readonly evaluator: InstructionEvaluator,
    private readonly hotness: Hotness = HOT,
  ) {
    this.hotSpots = new HotSpots(hotness)
    this.interpreter = new Interpreter(memory, harts.length)
    this.translations = new Translations(memory, harts, this.stability)
    const { table } = this.translations
    const { exports } = new WebAssembly.Instance(dispatcherModule(), { machine: { memory: memory.wasm, table } })
    this.dispatch = exports['dispatch'] ?? (() => 0)
  }

  run(hart: HartState, instructions: number): void {
    hart.attention = false
    hart.block.calm = changesPrivilegeUnnoticed(hart)
    this.stability.retired(instructions)
    // Where a slice begins says nothing about the code there.
    this.arriving = false
    for (let left = instructions; left > 0 && hart.mayContinue();) {
      const result = this.dispatch(hart.block.offset, left)
      if (result >= 0) {
        if (retire(hart, left - result) > 0) this.arriving = true
        left = result > 0 ? result - this.withoutTranslation(hart, result) : 0
      } else left = this.afterExit(hart, left, ~result)
    }
  }

  /** The jump cache does not know pc, or is wrong about it. Returns how many instructions were executed; 0: it knows now. */
  private withoutTranslation(hart: HartState, left: number): number {
    const place = this.placeOfPc(hart)
    const known = place === undefined ? undefined : this.translations.find(hart.block.pc, place, (found) => this.fits(hart, found))
    const translation =
      known ?? (place !== undefined && this.arriving && this.hotSpots.arrived(place) ? this.translate(hart, place) : undefined)
    this.arriving = false
    if (translation === undefined) return this.interpret(hart, left)
    this.translations.enter(hart, translation)
    return 0
  }

  /** Translated code was left before an instruction. Returns how many instructions are left. */
  private afterExit(hart: HartState, before: number, after: number): number {
    const { block } = hart
    const exit = block.leftExit === 0 ? undefined : this.translations.get(block.leftRegion)?.exits[block.leftExit]
    if (exit === undefined) {
      retire(hart, before - after)
      this.arriving = true
      return after - this.withoutTranslation(hart, after)
    }
    block.pc = exit.address
    const left = after - exit.retired
    retire(hart, before - left)
    if (exit.exhausted) return left - this.finish(hart, left)
    const possible = exit.access !== undefined && this.fill(hart, exit.access)
    return left - (possible ? this.interpret(hart, left) : this.step(hart))
  }

  /** Tries to make the access possible that translated code could not make; the interpreter makes it then. */
  private fill(hart: HartState, { base, displacement, access, float }: MemoryAccess): boolean {
    const { block } = hart
    if (float && !block.floatDirty) return false
    const low = (block.lowX(base) >>> 0) + displacement
    const carry = Math.floor(low / 2 ** 32)
    return this.mmu.fill(hart, low | 0, (block.highX(base) + carry) | 0, access) !== undefined
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
    const wanted = Math.min(left, this.hotness.stride)
    const done = retire(hart, this.interpreter.execute(hart, wanted))
    if (done === wanted) {
      const place = this.placeOfPc(hart)
      if (place !== undefined && this.hotSpots.sampled(place)) this.translate(hart, place)
      return done
    }
    return done > 0 ? done : this.step(hart)
  }

  private step(hart: HartState): number {
    this.arriving = true
    this.evaluator.step(hart)
    const { fetched } = this.evaluator
    this.interpreter.remember(hart, this.evaluator, fetched === undefined || !this.translations.startsAt(fetched.offset))
    return 1
  }

  private translate(hart: HartState, place: number): Translation | undefined {
    if (!this.stability.isStable(place - (place % PAGE_BYTES))) return undefined
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
      page: (address) => {
        const place = this.mmu.lookup(hart, address, 1, 'fetch')
        return place !== undefined && this.stability.isStable(place) ? place : undefined
      },
      word: (place) => this.memory.view.getUint32(place, true),
      collide: (a, b) => entryPosition(a) === entryPosition(b),
      setting: settingOf(hart),
    }
  }

  private placeOfPc(hart: HartState): number | undefined {
    return this.mmu.lookup(hart, hart.block.pc, 2, 'fetch')
  }

  /** Its pages are where they were, and the hart has the privilege that it was made for. */
  private fits(hart: HartState, { pages, setting }: Translation): boolean {
    const { privilege, virtual } = hart.block
    if (setting !== undefined && (virtual || privilege !== setting.privilege)) return false
    return pages.every(({ address, place }) => this.mmu.lookup(hart, address, 1, 'fetch') === place)
  }
}

/** Extensions under which a trap does more than emitted code knows. */
const WATCH_TRAPS = ['Smdbltrp', 'Ssdbltrp', 'Smrnmi'] as const

const changesPrivilegeUnnoticed = (hart: HartState): boolean => hart.onPrivilegeChange === undefined && isCalm(hart)

/** What code is translated for that depends on the privilege; in a guest that has no translation. */
function settingOf(hart: HartState): PrivilegedSetting | undefined {
  const { privilege, virtual } = hart.block
  if (virtual || WATCH_TRAPS.some((extension) => hart.has(extension))) return undefined
  const delegated = ((hart.block.get('medeleg') >> BigInt(ENVIRONMENT_CALL_FROM_U)) & 1n) !== 0n
  return { privilege, hypervisor: hart.has('H'), delegated }
}

/** A trap takes a cycle and retires nothing. */
function retire({ block }: HartState, instructions: number): number {
  if (instructions === 0) return 0
  block.instret += instructions - block.takeTraps()
  block.cycles += instructions
  return instructions
}
