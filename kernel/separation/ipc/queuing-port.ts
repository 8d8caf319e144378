/**
 * Queuing port: a bounded first-in, first-out queue. A full queue refuses and counts the overflow; nothing is overwritten.
 * ARINC 653 Part 1, SEND_QUEUING_MESSAGE and RECEIVE_QUEUING_MESSAGE; SKPP FRU_RSA.2.
 */
import { done, type CallResult } from '../calls/call.js'
import type { PortConfiguration } from '../config/configuration.js'
import { element, type Kernel } from '../kernel.js'
import { requireIntact } from '../memory/kernel-memory.js'
import { QueueRecord, QueueSlot } from '../memory/kernel-records.js'
import type { ReceivedMessage } from './received-message.js'

type QueuingPort = Extract<PortConfiguration, { readonly kind: 'queuing' }>

export const queueOf = (kernel: Kernel, port: number) => QueueRecord.at(kernel.memory, element(kernel.layout.ports, port))

export function enqueue(kernel: Kernel, object: number, port: QueuingPort, message: Uint8Array): CallResult {
  const queue = queueOf(kernel, object)
  const { head, count } = fillOf(kernel, object, port)
  if (count >= port.depth) {
    queue.set({ overflows: queue.get('overflows') + 1 })
    return { code: 'FULL', values: [] }
  }
  const slot = slotAt(kernel, object, port, head + count)
  kernel.memory.setBytes(slot.address + QueueSlot.bytes, message)
  slot.set({ writtenAt: kernel.port.now(), length: message.length })
  queue.set({ count: count + 1 })
  return done()
}

/** `undefined`: the queue is empty. */
export function firstMessage(kernel: Kernel, object: number, port: QueuingPort): ReceivedMessage | undefined {
  const { head, count } = fillOf(kernel, object, port)
  if (count === 0) return undefined
  const slot = slotAt(kernel, object, port, head)
  const length = slot.get('length')
  requireIntact(length <= port.messageBytes, 'a message longer than its port')
  return { message: kernel.memory.bytes(slot.address + QueueSlot.bytes, length), writtenAt: slot.get('writtenAt') }
}

/** Gives up the first message and clears it, so that a slot never holds what was delivered (SKPP FDP_RIP.2). */
export function dequeue(kernel: Kernel, object: number, port: QueuingPort): void {
  const queue = queueOf(kernel, object)
  const { head, count } = fillOf(kernel, object, port)
  kernel.memory.setBytes(slotAt(kernel, object, port, head).address, new Uint8Array(slotBytes(port)))
  queue.set({ head: (head + 1) % port.depth, count: count - 1 })
}

function fillOf(kernel: Kernel, object: number, port: QueuingPort): { readonly head: number; readonly count: number } {
  const queue = queueOf(kernel, object)
  const [head, count] = [queue.get('head'), queue.get('count')]
  requireIntact(head < port.depth && count <= port.depth, 'a queue beyond its depth')
  return { head, count }
}

const slotBytes = (port: QueuingPort): number => QueueSlot.bytes + Math.ceil(port.messageBytes / 8) * 8

const slotAt = (kernel: Kernel, object: number, port: QueuingPort, index: number) =>
  QueueSlot.at(kernel.memory, element(kernel.layout.ports, object) + QueueRecord.bytes + (index % port.depth) * slotBytes(port))
