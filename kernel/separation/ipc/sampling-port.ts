/**
 * Sampling port: one slot. A send replaces the message; a receive leaves it in place. Sizes in bytes, times in cycles.
 * ARINC 653 Part 1, WRITE_SAMPLING_MESSAGE and READ_SAMPLING_MESSAGE.
 */
import { done, type CallResult } from '../calls/call.js'
import { element, type Kernel } from '../kernel.js'
import { requireIntact } from '../memory/kernel-memory.js'
import { SamplingRecord } from '../memory/kernel-records.js'
import type { ReceivedMessage } from './received-message.js'

const slotOf = (kernel: Kernel, port: number) => SamplingRecord.at(kernel.memory, element(kernel.layout.ports, port))

export function writeSample(kernel: Kernel, port: number, message: Uint8Array): CallResult {
  const slot = slotOf(kernel, port)
  kernel.memory.setBytes(slot.address + SamplingRecord.bytes, message)
  slot.set({ writtenAt: kernel.port.now(), length: message.length, written: 1 })
  return done()
}

/** `undefined`: never written. */
export function readSample(kernel: Kernel, port: number, messageBytes: number): ReceivedMessage | undefined {
  const slot = slotOf(kernel, port)
  if (slot.get('written') === 0) return undefined
  const length = slot.get('length')
  requireIntact(length <= messageBytes, 'a message longer than its port')
  return { message: kernel.memory.bytes(slot.address + SamplingRecord.bytes, length), writtenAt: slot.get('writtenAt') }
}
