/**
 * Emits a region as one WebAssembly function. It goes on until control leaves the region, and returns the budget that is left; the
 * bitwise complement of that says that an instruction needs something else: the exit's number stands in the hart's block then, and tells
 * the address and what has retired.
 *
 * Registers are locals. What has retired on the way from the last merge or loop is known at every place, so it is subtracted from the
 * budget only there and at exits. Structure of the code: Ramsey, "Beyond Relooper".
 */
import { ModelError } from '../../../common/errors.js'
import type { FunctionBody, Label } from '../wasm/function-body.js'
import type { Code } from '../wasm/value-emitter.js'
import { checkPoints } from './check-points.js'
import { flowGraph, type FlowGraph, type FlowNode } from './flow-graph.js'
import { InstructionEmitter, type Jump } from './instruction-emitter.js'
import { accessOf, type MemoryAccess } from './memory-access.js'
import { RegionFrame } from './region-frame.js'
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
  readonly exits: RegionExit[]
  private readonly frame = new RegionFrame()
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
    const { body, registers } = this.frame
    this.instructions = new InstructionEmitter(body, this.frame, registers, () => this.leave(this.present), region.setting, fuses)
  }

  get body(): FunctionBody {
    return this.frame.body
  }

  emit(): void {
    const { body } = this
    body.block((leave) => {
      this.leaveLabel = leave
      body.block((chain) => {
        this.chainLabel = chain
        this.tree(this.graph.entry, 0)
      })
    })
    this.frame.emitEnd()
    this.frame.emitEntry(this.region)
  }

  /** A block and all that it dominates. `retired` is not yet subtracted from the budget. */
  private tree(node: FlowNode, retired: number): void {
    if (!node.isLoop) {
      this.node(node, retired)
      return
    }
    this.frame.lower(retired)
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
      this.frame.lower(retired)
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
    this.frame.lower(retired)
    this.body.branch(label)
  }

  /** Leaves the region for another one, or for whatever else executes what follows. */
  private chain(target: Code | undefined, retired: number): void {
    target?.()
    this.body.set(this.frame.pc)
    this.frame.lower(retired)
    this.body.branch(this.chainLabel)
  }

  private leave(exit: RegionExit): void {
    if (this.exits.at(-1) !== exit) this.exits.push(exit)
    this.body
      .i32(this.exits.length - 1)
      .set(this.frame.exit)
      .branch(this.leaveLabel)
  }

  private lookAtBudget({ block }: FlowNode, needed: number): void {
    this.frame.isBelow(needed)
    this.body.if(() => this.leave({ address: this.addressOf(block.at), retired: 0, exhausted: true, access: undefined }))
  }

  private addressOf(at: number): bigint {
    return BigInt.asUintN(64, this.region.entry + BigInt(at))
  }
}
