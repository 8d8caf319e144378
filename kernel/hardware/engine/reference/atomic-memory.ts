/**
 * LR, SC and AMO: aligned, in main memory only. The reservation set is the naturally aligned word or doubleword.
 * RISC-V Unprivileged, "Load-Reserved/Store-Conditional Instructions", "Atomic Memory Operations".
 */
import type { AtomicWidth } from '../../isa/algebra.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { DataAddress } from './data-address.js'
import type { DataMemory } from './data-memory.js'
import type { Execution } from './execution.js'
import { unsigned } from './integer-operations.js'

export class AtomicMemory {
  constructor(
    private readonly execution: Execution,
    private readonly address: DataAddress,
    private readonly data: DataMemory,
    private readonly memory: MachineMemory,
  ) {}

  loadReserved(width: AtomicWidth, address: bigint): bigint {
    const place = this.address.memoryPlace(width, address, 'load')
    if (place === undefined) return 0n
    const { block } = this.execution.hart
    block.set('reservation', BigInt(place.offset) + 1n)
    block.set('reservationBytes', BigInt(width))
    return this.read(place.offset, width)
  }

  /** Succeeds only for the address and width of the LR; checked and cleared whether or not it succeeds. */
  storeConditional(width: AtomicWidth, address: bigint, value: bigint): bigint {
    const place = this.address.memoryPlace(width, address, 'store')
    if (place === undefined) return 0n
    const { block } = this.execution.hart
    const held = block.get('reservation') === BigInt(place.offset) + 1n && block.get('reservationBytes') === BigInt(width)
    block.set('reservation', 0n)
    block.set('reservationBytes', 0n)
    if (!held) return 1n
    this.data.storeAt(place, width, value)
    return 0n
  }

  update(width: AtomicWidth, address: bigint, update: (old: bigint) => bigint): bigint {
    const place = this.address.memoryPlace(width, address, 'store')
    if (place === undefined) return 0n
    const old = this.read(place.offset, width)
    this.data.storeAt(place, width, update(old))
    return old
  }

  /** Sign-extended. */
  private read(offset: number, width: AtomicWidth): bigint {
    const value = this.memory.load(offset, width)
    return width === 4 ? unsigned(BigInt.asIntN(32, value)) : value
  }
}
