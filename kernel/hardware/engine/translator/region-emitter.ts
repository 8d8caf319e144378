/**
 * Emits a region as one WebAssembly function: `run(hart, budget)`, where `hart` is the offset of the hart's block. It goes on until
 * control leaves the region, and returns the budget that is left; its bitwise complement says that the instruction at pc needs
 * something else: the exit's number stands in the hart's block then, and tells the address and what has retired.
 *
 * Registers are locals. What has retired on the way from the last merge or loop is known at every place, so it is subtracted from the
 * budget only there and at exits. Structure of the code: Ramsey, "Beyond Relooper".
 */
import { ModelError } from '../../../common/errors.js'
import { DERIVED_SLOTS, SLOT_OFFSET } from '../../memory/layout.js'
import { FunctionBody, type Label } from '../wasm/function-body.js'
import { I32, I64 } from '../wasm/opcodes.js'
import { entryPosition, TLB_ADDEND } from '../wasm/tlb-lookup.js'
import type { Code } from '../wasm/value-emitter.js'
import { checkPoints } from './check-points.js'
import { accessOf, type MemoryAccess } from './memory-access.js'
import { flowGraph, type FlowGraph, type FlowNode } from './flow-graph.js'
import { InstructionEmitter, type Jump } from './instruction-emitter.js'
import { RegionRegisters } from './region-registers.js'
import type { Destination, Region } from './region.js'

/** Where translated code stopped before an instruction, and how many had retired since the budget was last lowered. */
export interface RegionExit {
  readonly address: bigint
  readonly retired: number
  /** The budget does not suffice: nothing is wrong with the instruction. */
  readonly exhausted: boolean
  /** What a load or store of main memory did not find in the TLB, if that was it; aligned as far as its width says. */
  readonly access: MemoryAccess | undefined
}

export interface EmittedRegion {
  readonly body: FunctionBody
  /** By number; 0 stands for a refusal at the entry. */
  readonly exits: readonly RegionExit[]
}

/** `fuses`: the host has a multiply-add with one rounding. */
export function emitRegion(region: Region, fuses: boolean): EmittedRegion {
  const emitter = new RegionEmitter(region, fuses)
  emitter.emit()
  return emitter
}

class RegionEmitter implements EmittedRegion {
  readonly body = new FunctionBody([I32, I32])
  readonly exits: RegionExit[]
  private readonly hart = this.body.parameter(0)
  private readonly budget = this.body.parameter(1)
  private readonly exit = this.body.local(I32)
  private readonly pc = this.body.local(I64)
  private readonly loadTlb = this.body.local(I32)
  private readonly storeTlb = this.body.local(I32)
  private readonly registers = new RegionRegisters(this.body)
  private readonly graph: FlowGraph
  private readonly points: ReadonlyMap<FlowNode, number>
  private readonly loops = new Map<FlowNode, Label>()
  private readonly merges = new Map<FlowNode, Label>()
  private readonly instructions: InstructionEmitter
  /** Of the instruction that is being emitted. */
  private present: RegionExit
  private leaveLabel: Label = { depth: 0 }
  private chainLabel: Label = { depth: 0 }

  constructor(
    private readonly region: Region,
    fuses: boolean,
  ) {
    const [first] = region.blocks
    if (first === undefined) throw new RangeError('a region without blocks')
    this.graph = flowGraph(first)
    this.points = checkPoints(this.graph)
    this.present = { address: region.entry, retired: 0, exhausted: false, access: undefined }
    this.exits = [this.present]
    const locals = { hart: this.hart, loadTlb: this.loadTlb, storeTlb: this.storeTlb }
    this.instructions = new InstructionEmitter(this.body, locals, this.registers, () => this.leave(this.present), region.setting, fuses)
  }

  emit(): void {
    const { body, hart, budget, exit } = this
    body.block((leave) => {
      this.leaveLabel = leave
      body.block((chain) => {
        this.chainLabel = chain
        this.tree(this.graph.entry, 0)
      })
    })
    this.registers.emitStores(body, hart)
    body.get(exit).op('i32.eqz')
    body.if(() => {
      body.get(hart).get(this.pc).memory('i64.store', SLOT_OFFSET.pc)
      body.get(budget).op('return')
    })
    this.refuse(() => void body.get(exit))
    body.first(() => this.prologue())
  }

  /** Refuses when a page of the region is not where it was; else takes the registers. */
  private prologue(): void {
    const { body, hart, region } = this
    const set = body.local(I32)
    body.get(hart).memory('i32.load', DERIVED_SLOTS.fetchTlb).set(set)
    region.pages.forEach(({ address, place }, index) => {
      const position = entryPosition(address)
      body.get(set).memory('i64.load', position).i64(~address).op('i64.ne')
      body
        .get(set)
        .memory('i32.load', position + TLB_ADDEND)
        .i32(place - Number(BigInt.asIntN(32, address)))
        .op('i32.ne')
        .op('i32.or')
      if (index > 0) body.op('i32.or')
    })
    if (region.setting !== undefined) {
      body.get(hart).memory('i32.load', SLOT_OFFSET.privilege).i32(region.setting.privilege).op('i32.ne').op('i32.or')
      body.get(hart).memory('i32.load', SLOT_OFFSET.virtualization).op('i32.or')
    }
    body.if(() => {
      this.refuse(() => void body.i32(0))
      body.op('return')
    })
    body.release([set])
    body.get(hart).memory('i32.load', DERIVED_SLOTS.loadTlb).set(this.loadTlb)
    body.get(hart).memory('i32.load', DERIVED_SLOTS.storeTlb).set(this.storeTlb)
    this.registers.emitLoads(body, hart)
  }

  /** Leaves the complement of the budget on the stack. */
  private refuse(exit: () => void): void {
    const { body, hart, budget } = this
    body.get(hart)
    exit()
    body.memory('i32.store', DERIVED_SLOTS.leftExit)
    body.get(budget).i32(-1).op('i32.xor')
  }

  /** A block and all that it dominates. `retired` is not yet subtracted from the budget. */
  private tree(node: FlowNode, retired: number): void {
    if (!node.isLoop) {
      this.node(node, retired)
      return
    }
    this.lower(retired)
    this.body.loop((label) => {
      this.loops.set(node, label)
      this.node(node, 0)
    })
  }

  /** Each merge among the children gets a block that ends where its code begins. */
  private node(node: FlowNode, retired: number): void {
    const merges = node.children.filter(({ isMerge }) => isMerge)
    const within = (count: number): void => {
      const merge = merges[count - 1]
      if (merge === undefined) {
        this.block(node, retired)
        return
      }
      this.body.block((label) => {
        this.merges.set(merge, label)
        within(count - 1)
      })
      this.tree(merge, 0)
    }
    within(merges.length)
  }

  private block(node: FlowNode, before: number): void {
    const { instructions, ending } = node.block
    let retired = before
    const needed = this.points.get(node)
    if (needed !== undefined) {
      this.lower(retired)
      retired = 0
      this.lookAtBudget(node, needed)
    }
    let jump: Jump | undefined
    this.instructions.beginBlock()
    for (const { decoded, at } of instructions) {
      if (jump !== undefined) throw new RangeError('an instruction after a jump')
      this.present = { address: this.addressOf(at), retired, exhausted: false, access: accessOf(decoded) }
      jump = this.instructions.emit(decoded, this.present.address)
      if (this.instructions.slow) throw new ModelError(`${decoded.instruction.name} has no translation`)
      if (jump === undefined) this.instructions.release()
      retired += 1
    }
    switch (ending.kind) {
      case 'goto':
        this.edge(node, ending.to, retired)
        break
      case 'branch':
        this.branch(node, jump?.condition, ending, retired)
        break
      case 'return':
        this.afterReturn(node, jump?.target, ending, retired)
        break
      case 'indirect':
        this.chain(jump?.target, retired)
    }
    if (jump !== undefined) this.instructions.release()
  }

  private branch(
    node: FlowNode,
    condition: Code | undefined,
    { taken, otherwise }: { readonly taken: Destination; readonly otherwise: Destination },
    retired: number,
  ): void {
    condition?.()
    this.body.if(() => this.edge(node, taken, retired))
    this.edge(node, otherwise, retired)
  }

  private afterReturn(
    node: FlowNode,
    target: Code | undefined,
    { to, expected }: { readonly to: Destination; readonly expected: number },
    retired: number,
  ): void {
    target?.()
    this.body.i64(this.addressOf(expected)).op('i64.ne')
    this.body.if(() => this.chain(target, retired))
    this.edge(node, to, retired)
  }

  private edge(from: FlowNode, to: Destination, retired: number): void {
    if ('outside' in to) {
      this.chain(() => void this.body.i64(this.addressOf(to.outside)), retired)
      return
    }
    const node = this.graph.nodeOf(to.block)
    const label = node.order <= from.order ? this.loops.get(node) : node.isMerge ? this.merges.get(node) : undefined
    if (label === undefined) {
      this.tree(node, retired)
      return
    }
    this.lower(retired)
    this.body.branch(label)
  }

  /** Leaves the region for another one, or for whatever else executes what follows. */
  private chain(target: Code | undefined, retired: number): void {
    target?.()
    this.body.set(this.pc)
    this.lower(retired)
    this.body.branch(this.chainLabel)
  }

  private leave(exit: RegionExit): void {
    if (this.exits.at(-1) !== exit) this.exits.push(exit)
    this.body
      .i32(this.exits.length - 1)
      .set(this.exit)
      .branch(this.leaveLabel)
  }

  private lookAtBudget({ block }: FlowNode, needed: number): void {
    this.body.get(this.budget).i32(needed).op('i32.lt_s')
    this.body.if(() => this.leave({ address: this.addressOf(block.at), retired: 0, exhausted: true, access: undefined }))
  }

  private lower(retired: number): void {
    if (retired > 0) this.body.get(this.budget).i32(retired).op('i32.sub').set(this.budget)
  }

  private addressOf(at: number): bigint {
    return BigInt.asUintN(64, this.region.entry + BigInt(at))
  }
}
