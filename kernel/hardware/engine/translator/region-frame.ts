/**
 * What every region's function begins and ends with: the look whether the region's pages are where they were, the registers taken into
 * locals and put back, the budget and the exit's number. `run(hart, budget)`, where `hart` is the offset of the hart's block.
 */
import { DERIVED_SLOTS, SLOT_OFFSET } from '../../memory/layout.js'
import { FunctionBody } from '../wasm/function-body.js'
import { I32, I64 } from '../wasm/opcodes.js'
import { entryPosition, TLB_ADDEND } from '../wasm/tlb-lookup.js'
import { RegionRegisters } from './region-registers.js'
import type { Region } from './region.js'

export class RegionFrame {
  readonly body = new FunctionBody([I32, I32])
  readonly hart = this.body.parameter(0)
  /** Where control goes when it leaves the region. */
  readonly pc = this.body.lasting(I64)
  /** Number of the exit; 0: control leaves the region by itself. */
  readonly exit = this.body.lasting(I32)
  readonly loadTlb = this.body.lasting(I32)
  readonly storeTlb = this.body.lasting(I32)
  readonly registers = new RegionRegisters(this.body)
  private readonly budget = this.body.parameter(1)

  /** Subtracts what has retired. */
  lower(retired: number): void {
    if (retired > 0) this.body.get(this.budget).i32(retired).op('i32.sub').set(this.budget)
  }

  /** Leaves 1 when the budget is smaller. */
  isBelow(needed: number): void {
    this.body.get(this.budget).i32(needed).op('i32.lt_s')
  }

  /** Written last, when it is known which registers the region uses; goes to the beginning. */
  emitEntry(region: Region): void {
    const { body } = this
    body.first(() => {
      this.emitMoved(region)
      body.if(() => {
        this.refuse(() => void body.i32(0))
        body.op('return')
      })
      body.get(this.hart).memory('i32.load', DERIVED_SLOTS.loadTlb).set(this.loadTlb)
      body.get(this.hart).memory('i32.load', DERIVED_SLOTS.storeTlb).set(this.storeTlb)
      this.registers.emitLoads(body, this.hart)
    })
  }

  /** Returns the budget that is left, or its complement when there is an exit's number. */
  emitEnd(): void {
    const { body, hart, exit } = this
    this.registers.emitStores(body, hart)
    body.get(exit).op('i32.eqz')
    body.if(() => {
      body.get(hart).get(this.pc).memory('i64.store', SLOT_OFFSET.pc)
      body.get(this.budget).op('return')
    })
    this.refuse(() => void body.get(exit))
  }

  /** Leaves 1 when a page of the region is not where it was, or the privilege is another. */
  private emitMoved({ pages, setting }: Region): void {
    const { body, hart } = this
    const set = body.local(I32)
    body.get(hart).memory('i32.load', DERIVED_SLOTS.fetchTlb).set(set)
    body.i32(0)
    for (const { address, place } of pages) {
      const position = entryPosition(address)
      const addend = place - Number(BigInt.asIntN(32, address))
      body.get(set).memory('i64.load', position).i64(~address).op('i64.ne').op('i32.or')
      body
        .get(set)
        .memory('i32.load', position + TLB_ADDEND)
        .i32(addend)
        .op('i32.ne')
        .op('i32.or')
    }
    body.release([set])
    if (setting === undefined) return
    body.get(hart).memory('i32.load', SLOT_OFFSET.privilege).i32(setting.privilege).op('i32.ne').op('i32.or')
    body.get(hart).memory('i32.load', SLOT_OFFSET.virtualization).op('i32.or')
  }

  private refuse(exit: () => void): void {
    const { body, hart, budget } = this
    body.get(hart)
    exit()
    body.memory('i32.store', DERIVED_SLOTS.leftExit)
    body.get(budget).i32(-1).op('i32.xor')
  }
}
