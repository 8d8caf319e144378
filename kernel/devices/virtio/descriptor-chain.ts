/**
 * A request of the driver: what its descriptors name, the device-readable part before the device-writable one. Lengths in bytes;
 * the descriptors were the driver's to write, so that any address may fault. Virtio 1.2, "The Virtqueue Descriptor Table".
 */
import { DMA_TRANSFER_BYTES, type DmaPort } from '../../common/device-port.js'

export interface Segment {
  readonly address: bigint
  readonly length: number
}

export class DescriptorChain {
  readonly readableBytes: number
  readonly writableBytes: number

  constructor(
    /** Index of the head descriptor: what the used ring names the request by. */
    readonly head: number,
    private readonly readable: readonly Segment[],
    private readonly writable: readonly Segment[],
    private readonly dma: DmaPort,
  ) {
    this.readableBytes = bytesOf(readable)
    this.writableBytes = bytesOf(writable)
  }

  /** `undefined`: beyond the readable part, or a fault. The caller bounds the length. */
  read(offset: number, length: number): Uint8Array | undefined {
    if (offset + length > this.readableBytes) return undefined
    const bytes = new Uint8Array(length)
    for (const piece of pieces(this.readable, offset, length)) {
      const read = this.dma.read(piece.address, piece.length)
      if (read === undefined) return undefined
      bytes.set(read, piece.at)
    }
    return bytes
  }

  /** `false`: beyond the writable part, or a fault; what lies before the place of the fault may have been written. */
  write(offset: number, bytes: Uint8Array): boolean {
    if (offset + bytes.length > this.writableBytes) return false
    for (const { address, length, at } of pieces(this.writable, offset, bytes.length))
      if (!this.dma.write(address, bytes.subarray(at, at + length))) return false
    return true
  }
}

const bytesOf = (segments: readonly Segment[]): number => segments.reduce((sum, { length }) => sum + length, 0)

/** Where a stretch of a chain lies, in transfers; `at` counts from the stretch's begin. */
function* pieces(segments: readonly Segment[], offset: number, length: number): Generator<Segment & { readonly at: number }> {
  let begin = 0
  for (const segment of segments) {
    const from = Math.max(offset, begin)
    const to = Math.min(offset + length, begin + segment.length)
    for (let place = from; place < to; place += DMA_TRANSFER_BYTES) {
      const address = BigInt.asUintN(64, segment.address + BigInt(place - begin))
      yield { address, length: Math.min(DMA_TRANSFER_BYTES, to - place), at: place - offset }
    }
    begin += segment.length
  }
}
