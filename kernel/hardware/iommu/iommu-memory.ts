/**
 * Physical memory as the IOMMU itself uses it: directories, page tables, queues, its own messages. Physical addresses in bytes;
 * little-endian, since `capabilities.END` is 0.
 */
import type { DmaPort } from '../../common/device-port.js'

export class IommuMemory {
  /** `port` takes physical addresses. */
  constructor(private readonly port: DmaPort) {}

  /** `undefined`: access fault. */
  load64(address: bigint): bigint | undefined {
    return this.loadDoublewords(address, 1)?.[0]
  }

  loadDoublewords(address: bigint, count: number): readonly bigint[] | undefined {
    const bytes = this.port.read(address, count * 8)
    if (bytes === undefined) return undefined
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    return Array.from({ length: count }, (_, index) => view.getBigUint64(index * 8, true))
  }

  /** `false`: access fault. */
  storeDoublewords(address: bigint, values: readonly bigint[]): boolean {
    const view = new DataView(new ArrayBuffer(values.length * 8))
    values.forEach((value, index) => view.setBigUint64(index * 8, value, true))
    return this.port.write(address, new Uint8Array(view.buffer))
  }

  store32(address: bigint, value: number): boolean {
    const view = new DataView(new ArrayBuffer(4))
    view.setUint32(0, value, true)
    return this.port.write(address, new Uint8Array(view.buffer))
  }
}
