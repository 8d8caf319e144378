/**
 * Virtio network device, at one port of a network switch. Virtio 1.2, "Network Device"; frames are Ethernet frames without frame check
 * sequence. No offloads, one pair of queues.
 */
import type { DescriptorChain } from './descriptor-chain.js'
import type { NetworkPort, NetworkSwitch } from './network-switch.js'
import type { Served, VirtioFunction } from './virtio-function.js'

const VIRTIO_NET_F_MAC = 1n << 5n
const VIRTIO_NET_F_STATUS = 1n << 16n
const VIRTIO_NET_S_LINK_UP = 1

const RECEIVE = 0
/** struct virtio_net_hdr with num_buffers, which VERSION_1 always has. */
const HEADER_BYTES = 12
const NUM_BUFFERS = 10
/** mac, status, max_virtqueue_pairs, mtu. */
const CONFIG_BYTES = 12
/** An Ethernet frame with a VLAN tag, without frame check sequence. */
const LONGEST_FRAME = 1518
const SHORTEST_FRAME = 14
/** Frames that wait for room; later ones are lost, as on a network. */
const MOST_WAITING = 256

export interface NetworkDeviceState {
  readonly waiting: readonly Uint8Array[]
}

export class NetworkDevice implements VirtioFunction<NetworkDeviceState> {
  readonly kind = 'network'
  readonly deviceId = 1
  readonly features = VIRTIO_NET_F_MAC | VIRTIO_NET_F_STATUS
  readonly queues = 2
  private waiting: Uint8Array[] = []
  private ready: (queue: number) => void = () => undefined
  private readonly port: NetworkPort

  constructor(
    network: NetworkSwitch,
    private readonly address: readonly [number, number, number, number, number, number],
  ) {
    this.port = network.connect(Uint8Array.from(address), (frame) => this.arrive(frame))
  }

  configuration(): Uint8Array {
    const space = new Uint8Array(CONFIG_BYTES)
    space.set(this.address)
    space[6] = VIRTIO_NET_S_LINK_UP
    return space
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
    this.waiting = []
  }

  snapshot(): NetworkDeviceState {
    return { waiting: this.waiting.map((frame) => frame.slice()) }
  }

  restore({ waiting }: NetworkDeviceState): void {
    this.waiting = waiting.map((frame) => frame.slice())
  }

  private arrive(frame: Uint8Array): void {
    if (this.waiting.length < MOST_WAITING) this.waiting.push(frame)
    this.ready(RECEIVE)
  }

  /** A buffer too small for a frame breaks the driver's rule ("Setting Up Receive Buffers"). */
  private receive(request: DescriptorChain): Served {
    const [frame] = this.waiting
    if (frame === undefined) return 'later'
    const header = new Uint8Array(HEADER_BYTES)
    header[NUM_BUFFERS] = 1
    if (!request.write(0, header) || !request.write(HEADER_BYTES, frame)) return 'broken'
    this.waiting.shift()
    return HEADER_BYTES + frame.length
  }

  /** What is no frame is not sent. */
  private transmit(request: DescriptorChain): Served {
    const length = request.readableBytes - HEADER_BYTES
    if (length < SHORTEST_FRAME || length > LONGEST_FRAME) return 0
    const frame = request.read(HEADER_BYTES, length)
    if (frame === undefined) return 'broken'
    this.port.send(frame)
    return 0
  }
}
