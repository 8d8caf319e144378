/**
 * DMA without an IOMMU: physical addresses, RAM and boot ROM, and the registers that take message-signalled interrupts (an MSI
 * is a memory write; RISC-V AIA, "Incoming MSI Controller (IMSIC)"). Other devices are no targets, so that a bus master cannot
 * be made to drive itself in a circle. A transfer happens whole or, when any byte of it faults, not at all.
 */
import type { Clock, DmaPort } from '../../common/device-port.js'
import { DMA_TRANSFER_BYTES } from '../../common/device-port.js'
import { invariant } from '../../common/errors.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import type { OutsideStores } from '../memory/outside-stores.js'
import type { Bus, BusTarget } from './bus.js'

/** The only width of an MSI. */
const MESSAGE_BYTES = 4

export class BusDma implements DmaPort {
  constructor(
    private readonly memory: MachineMemory,
    private readonly bus: Bus,
    private readonly stores: OutsideStores,
    private readonly clock: Clock,
  ) {}

  read(address: bigint, length: number): Uint8Array | undefined {
    const target = this.range(address, length)
    return target === undefined || target.kind === 'device' ? undefined : this.memory.copyOut(target.offset, length)
  }

  write(address: bigint, bytes: Uint8Array): boolean {
    const target = this.range(address, bytes.length)
    if (target?.kind === 'device') return this.sendMessage(Number(address), bytes)
    if (target?.kind !== 'ram') return false
    this.stores.write(target.offset, bytes)
    const store = { address: Number(address), width: bytes.length, cycle: this.clock.now(), pc: undefined }
    this.bus.notifyStore(store)
    return true
  }

  /** What answers at every byte of the range; `undefined`: not the same thing everywhere, or nothing. */
  private range(address: bigint, length: number): BusTarget | undefined {
    invariant(length <= DMA_TRANSFER_BYTES, `a DMA transfer of ${length} bytes; a device splits it`)
    const first = this.bus.target(address)
    const last = this.bus.target(address + BigInt(Math.max(length, 1) - 1))
    return first?.kind === last?.kind ? first : undefined
  }

  private sendMessage(address: number, bytes: Uint8Array): boolean {
    if (bytes.length !== MESSAGE_BYTES || !this.bus.takesMessages(address)) return false
    return this.bus.storeDevice(address, MESSAGE_BYTES, BigInt(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)))
  }
}
