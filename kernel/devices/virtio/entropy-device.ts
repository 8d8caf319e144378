/**
 * Virtio entropy device. Virtio 1.2, "Entropy Device". Its bytes follow from a seed, so that equal machines get equal ones: they are
 * for repeatable runs, and no source of secrets.
 */
import type { DescriptorChain } from './descriptor-chain.js'
import { SeededBytes, type SeededBytesState } from './seeded-bytes.js'
import type { Served, VirtioFunction } from './virtio-function.js'

/** A longer buffer gets this much ("Device Operation": one or more bytes). */
const MOST_BYTES = 4096

export class EntropyDevice implements VirtioFunction<SeededBytesState> {
  readonly kind = 'entropy'
  readonly deviceId = 4
  readonly features = 0n
  readonly queues = 1
  private readonly bytes: SeededBytes

  constructor(seed: number) {
    this.bytes = new SeededBytes(seed)
  }

  configuration(): Uint8Array {
    return new Uint8Array()
  }

  serve(_queue: number, request: DescriptorChain): Served {
    const length = Math.min(MOST_BYTES, request.writableBytes)
    return length > 0 && request.write(0, this.bytes.take(length)) ? length : 'broken'
  }

  attach(): void {
    return // every request is served when it comes
  }

  negotiated(): void {
    return
  }

  reset(): void {
    this.bytes.reset()
  }

  snapshot(): SeededBytesState {
    return this.bytes.snapshot()
  }

  restore(state: SeededBytesState): void {
    this.bytes.restore(state)
  }
}
