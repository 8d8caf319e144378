/**
 * Platform-level interrupt controller: sources with priorities, contexts with enables and a threshold, claim and completion.
 * RISC-V PLIC, "Memory Map". Registers are 32 bits; offsets in bytes. Sources are level-triggered: a gateway turns a level into one
 * request, and into the next only after completion.
 *
 * | offset                | register                                                                  |
 * | --------------------- | ------------------------------------------------------------------------- |
 * | 0x00_0000 + 4 s       | priority of source s, 0 to 7; 0: never interrupts                         |
 * | 0x00_1000 + 4 w       | interrupt pending bits of sources 32 w to 32 w + 31, read-only            |
 * | 0x00_2000 + 80h c+4 w | interrupt enable bits of context c                                        |
 * | 0x20_0000 + 1000h c   | priority threshold of context c, 0 to 7                                   |
 * | 0x20_0004 + 1000h c   | claim (load) and completion (store) of context c                          |
 *
 * Of the 1,023 sources that the map has room for, those that this PLIC lacks are hardwired to zero; contexts it lacks are refused.
 */
import type { DeviceModel, InterruptLine, Width } from '../../common/device-port.js'
import { invariant } from '../../common/errors.js'
import { BitWords } from './bit-words.js'

const PENDING = 0x1000
const ENABLE = 0x2000
const ENABLE_STRIDE = 0x80
const CONTEXT = 0x20_0000
const CONTEXT_STRIDE = 0x1000
const CLAIM = 4
/** Three bits that can be written, all combinations of which are levels ("Interrupt Priorities"). */
const LEVELS = 7

export interface PlicState {
  readonly priority: readonly number[]
  readonly level: readonly number[]
  readonly pending: readonly number[]
  readonly claimed: readonly number[]
  readonly contexts: readonly { readonly threshold: number; readonly enabled: readonly number[] }[]
}

/** An interrupt target; its line is the external interrupt of one hart at one privilege. */
interface Context {
  readonly line: InterruptLine
  readonly enabled: BitWords
  threshold: number
}

export class Plic implements DeviceModel<PlicState> {
  readonly name = 'plic'
  /** As on QEMU's virt board, which leaves room for more contexts than it has. */
  readonly size = 0x60_0000
  private readonly priority: number[]
  private readonly level: BitWords
  private readonly pending: BitWords
  /** Sources whose gateway waits for completion. */
  private readonly claimed: BitWords
  private readonly contexts: readonly Context[]

  /** `targets`: the line of each context, by its number; `sources`: the highest source number. */
  constructor(
    targets: readonly InterruptLine[],
    private readonly sources: number,
  ) {
    const words = (): BitWords => new BitWords(sources + 1)
    this.priority = Array<number>(sources + 1).fill(0)
    this.level = words()
    this.pending = words()
    this.claimed = words()
    this.contexts = targets.map((line) => ({ line, enabled: words(), threshold: 0 }))
  }

  /** The line of an interrupt source, 1 and on. */
  source(number: number): InterruptLine {
    invariant(number >= 1 && number <= this.sources, `PLIC source ${number}; it has 1 to ${this.sources}`)
    return { set: (asserted) => this.drive(number, asserted) }
  }

  load(offset: number, width: Width): bigint | undefined {
    if (width !== 4 || offset % 4 !== 0) return undefined
    const value = this.read(offset)
    return value === undefined ? undefined : BigInt(value >>> 0)
  }

  store(offset: number, width: Width, value: bigint): boolean {
    if (width !== 4 || offset % 4 !== 0 || !this.write(offset, Number(value))) return false
    this.notify()
    return true
  }

  reset(): void {
    this.priority.fill(0)
    for (const words of [this.level, this.pending, this.claimed]) words.clear()
    for (const context of this.contexts) {
      context.threshold = 0
      context.enabled.clear()
    }
    this.notify()
  }

  snapshot(): PlicState {
    return {
      priority: [...this.priority],
      level: this.level.list(),
      pending: this.pending.list(),
      claimed: this.claimed.list(),
      contexts: this.contexts.map(({ threshold, enabled }) => ({ threshold, enabled: enabled.list() })),
    }
  }

  restore(state: PlicState): void {
    state.priority.forEach((priority, source) => (this.priority[source] = priority))
    this.level.restore(state.level)
    this.pending.restore(state.pending)
    this.claimed.restore(state.claimed)
    this.contexts.forEach((context, index) => {
      context.threshold = state.contexts[index]?.threshold ?? 0
      context.enabled.restore(state.contexts[index]?.enabled ?? [])
    })
    this.notify()
  }

  private read(offset: number): number | undefined {
    if (offset < PENDING) return offset === 0 ? undefined : (this.priority[offset / 4] ?? 0)
    if (offset < ENABLE) return offset < PENDING + ENABLE_STRIDE ? this.pending.word((offset - PENDING) / 4) : undefined
    if (offset < CONTEXT) return this.contextOf(offset, ENABLE, ENABLE_STRIDE)?.enabled.word((offset % ENABLE_STRIDE) / 4)
    const context = this.contextOf(offset, CONTEXT, CONTEXT_STRIDE)
    const register = offset % CONTEXT_STRIDE
    if (register === 0) return context?.threshold
    return register === CLAIM && context !== undefined ? this.claim(context) : undefined
  }

  private write(offset: number, value: number): boolean {
    if (offset < PENDING) return this.writePriority(offset / 4, value)
    if (offset < ENABLE) return false
    if (offset < CONTEXT) {
      const context = this.contextOf(offset, ENABLE, ENABLE_STRIDE)
      context?.enabled.setWord((offset % ENABLE_STRIDE) / 4, value)
      return context !== undefined
    }
    const context = this.contextOf(offset, CONTEXT, CONTEXT_STRIDE)
    const register = offset % CONTEXT_STRIDE
    if (context === undefined || (register !== 0 && register !== CLAIM)) return false
    if (register === 0) context.threshold = value & LEVELS
    else this.complete(context, value)
    return true
  }

  private writePriority(source: number, value: number): boolean {
    if (source === 0) return false
    if (source <= this.sources) this.priority[source] = value & LEVELS
    return true
  }

  private contextOf(offset: number, base: number, stride: number): Context | undefined {
    return this.contexts[Math.floor((offset - base) / stride)]
  }

  private drive(source: number, asserted: boolean): void {
    if (this.level.has(source) === asserted) return
    this.level.set(source, asserted)
    this.request(source)
    this.notify()
  }

  /** The gateway; a request stays when the level goes ("Interrupt Gateways"). */
  private request(source: number): void {
    if (this.level.has(source) && !this.claimed.has(source)) this.pending.set(source, true)
  }

  /** The threshold does not matter to a claim ("Interrupt Claim Process"). 0: nothing is pending. */
  private claim(context: Context): number {
    const source = this.highest(context)
    if (source === 0) return 0
    this.pending.set(source, false)
    this.claimed.set(source, true)
    this.notify()
    return source
  }

  /** The identifier of a source that is not enabled for the context is ignored ("Interrupt Completion"). */
  private complete({ enabled }: Context, source: number): void {
    if (!enabled.has(source)) return
    this.claimed.set(source, false)
    this.request(source)
  }

  /** The pending and enabled source of highest priority, of equal ones that of lowest number; 0: none. */
  private highest({ enabled }: Context): number {
    let best = 0
    for (const source of this.pending.common(enabled)) if (this.priorityOf(source) > this.priorityOf(best)) best = source
    return best
  }

  private priorityOf(source: number): number {
    return this.priority[source] ?? 0
  }

  private notify(): void {
    for (const context of this.contexts) context.line.set(this.priorityOf(this.highest(context)) > context.threshold)
  }
}
