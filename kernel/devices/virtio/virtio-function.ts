/**
 * What a virtio transport carries: block device, console, network, entropy. The transport deals with registers, features and queues;
 * a function serves requests. Virtio 1.2, "Device Types".
 */
import type { DescriptorChain } from './descriptor-chain.js'

/**
 * Bytes written into the request's writable part; `later`: nothing to give yet, the request stays where it is; `broken`: the request
 * cannot be served, or its memory faulted.
 */
export type Served = number | 'later' | 'broken'

export interface VirtioFunction<State = unknown> {
  /** Of the type, for logs and snapshots. */
  readonly kind: string
  /** "Device ID". */
  readonly deviceId: number
  /** Feature bits of the type; the transport adds its own. */
  readonly features: bigint
  readonly queues: number
  /** The device configuration space, which no driver of these functions may write. */
  configuration(): Uint8Array
  serve(queue: number, request: DescriptorChain): Served
  /** The transport that carries it: `ready` tells it that requests of a queue which had to wait can be served. */
  attach(ready: (queue: number) => void): void
  /** The driver accepted these of the feature bits. */
  negotiated(features: bigint): void
  /** "Device Reset" by the driver, or of the machine. */
  reset(): void
  snapshot(): State
  restore(state: State): void
}
