/** Brings a machine to where its first instruction finds everything: images, device tree, registers. */
import type { Machine } from '../../hardware/machine.js'
import { ROM_BASE } from '../../hardware/memory/physical-memory.js'
import type { BootPlan } from './boot-plan.js'

/** Registers by which a program learns its hart and its device tree (Linux, "RISC-V Kernel Boot Requirements and Constraints"). */
const A0 = 10
const A1 = 11
const MENVCFG = 0x30a
/** menvcfg.ADUE (RISC-V Privileged, "Svadu"). */
const ADUE = 1n << 61n

export interface Placing {
  readonly plan: BootPlan
  readonly tree: Uint8Array
  /** The hardware sets A and D bits from the first instruction on. */
  readonly adue: boolean
  /** RAM holds what ran before: what a program expects as zero is cleared. */
  readonly again: boolean
}

/** The device tree of a program alone lies in the boot ROM, so that RAM holds the program and nothing else. */
export function placeImages(machine: Machine, { plan, tree, adue, again }: Placing): void {
  for (const { address, bytes, memorySize } of plan.placements) {
    machine.memory.write(address, bytes)
    if (again) machine.memory.write(address + bytes.length, new Uint8Array(memorySize - bytes.length))
  }
  if (plan.deviceTree !== undefined) machine.memory.write(plan.deviceTree, tree)
  for (let index = 0; index < machine.hartCount; index++) {
    const hart = machine.hart(index)
    hart.setX(A0, BigInt(index))
    hart.setX(A1, BigInt(plan.deviceTree ?? ROM_BASE))
    if (adue) hart.setCsr(MENVCFG, ADUE)
  }
}
