/**
 * Virtio console with one port. Virtio 1.2, "Console Device": what the driver sends is output at once; input waits until the driver
 * offers room for it.
 */
import type { DescriptorChain } from './descriptor-chain.js'
import type { Served, VirtioFunction } from './virtio-function.js'

const RECEIVE = 0
/** cols, rows, max_nr_ports, emerg_wr: none is valid without its feature. */
const CONFIG_BYTES = 12
/** Longer requests are no console output, and would cost the host's memory. */
const LONGEST = 0x1_0000

export interface ConsoleDeviceState {
  readonly input: readonly number[]
}

export class ConsoleDevice implements VirtioFunction<ConsoleDeviceState> {
  readonly kind = 'console'
  readonly deviceId = 3
  readonly features = 0n
  readonly queues = 2
  private pending: number[] = []
  private ready: (queue: number) => void = () => undefined

  constructor(private readonly output: (bytes: Uint8Array) => void) {}

  /** Bytes arrive from the terminal. */
  input(bytes: Uint8Array): void {
    for (const byte of bytes) this.pending.push(byte)
    this.ready(RECEIVE)
  }

  configuration(): Uint8Array {
    return new Uint8Array(CONFIG_BYTES)
  }

  serve(queue: number, request: DescriptorChain): Served {
    return queue === RECEIVE ? this.receive(request) : this.transmit(request)
  }

  attach(ready: (queue: number) => void): void {
    this.ready = ready
  }

  negotiated(): void {
    return
  }

  reset(): void {
    this.pending = []
  }

  snapshot(): ConsoleDeviceState {
    return { input: [...this.pending] }
  }

  restore({ input }: ConsoleDeviceState): void {
    this.pending = [...input]
  }

  private receive(request: DescriptorChain): Served {
    if (this.pending.length === 0) return 'later'
    const length = Math.min(this.pending.length, request.writableBytes)
    if (length === 0 || !request.write(0, Uint8Array.from(this.pending.slice(0, length)))) return 'broken'
    this.pending.splice(0, length)
    return length
  }

  private transmit(request: DescriptorChain): Served {
    const bytes = request.readableBytes > LONGEST ? undefined : request.read(0, request.readableBytes)
    if (bytes === undefined) return 'broken'
    this.output(bytes)
    return 0
  }
}
