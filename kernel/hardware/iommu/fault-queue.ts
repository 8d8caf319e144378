/**
 * Fault records, 32 bytes each, from the IOMMU to software. RISC-V IOMMU, "Fault/Event-Queue (`FQ`)", "Fault queue CSR (`fqcsr`)".
 */
import type { IommuMemory } from './iommu-memory.js'
import { IommuQueue, QUEUE_INTERRUPT_ENABLE, QUEUE_MEMORY_FAULT } from './iommu-queue.js'
import { MSI_WRITE_ACCESS_FAULT, TTYP, TTYP_NONE, type IommuFault, type Transaction } from './transaction.js'

const FQOF = 1 << 9
const FAULT_QUEUE_ERRORS = FQOF | QUEUE_MEMORY_FAULT
const RECORD_BYTES = 32

export class FaultQueue {
  readonly queue = new IommuQueue(RECORD_BYTES, FAULT_QUEUE_ERRORS)

  /** `interrupt`: an event happened for which `fip` is set. */
  constructor(
    private readonly memory: IommuMemory,
    private readonly interrupt: () => void,
  ) {}

  reportTransaction({ cause, iotval2 }: IommuFault, { device, process, supervisor, access, iova }: Transaction): void {
    const identity = process === undefined ? 0n : (BigInt(process) << 12n) | (1n << 32n) | (supervisor ? 1n << 33n : 0n)
    this.record(BigInt(cause) | identity | (BigInt(TTYP[access]) << 34n) | (BigInt(device) << 40n), iova, iotval2)
  }

  /** "MSI configuration table (`msi_cfg_tbl`)". */
  reportMessage(address: bigint): void {
    this.record(BigInt(MSI_WRITE_ACCESS_FAULT) | (BigInt(TTYP_NONE) << 34n), address, 0n)
  }

  writeControl(value: number): void {
    if (this.queue.writeControl(value)) this.queue.tail = 0
    this.signalErrors()
  }

  /** Sets `fip` again while an error stands. A record is an event: it sets `fip` once. */
  signalErrors(): void {
    if ((this.queue.csr & FAULT_QUEUE_ERRORS) !== 0) this.signal()
  }

  /** While an error stands, records are discarded. */
  private record(first: bigint, iotval: bigint, iotval2: bigint): void {
    const { queue } = this
    if (!queue.on || (queue.csr & FAULT_QUEUE_ERRORS) !== 0) return
    if (queue.full) queue.csr |= FQOF
    else if (this.memory.storeDoublewords(queue.addressOf(queue.tail), [first, 0n, iotval, iotval2])) queue.tail += 1
    else queue.csr |= QUEUE_MEMORY_FAULT
    this.signal()
  }

  private signal(): void {
    if ((this.queue.csr & QUEUE_INTERRUPT_ENABLE) !== 0) this.interrupt()
  }
}
