/**
 * Where the data of the kernel lies: behind the vector and its signature, large enough for every record the system needs. Systems that fit have all
 * the same place; others more of it. Addresses and sizes in bytes. SKPP FRU_RSA.2: what is needed is known before the system starts.
 */
import { KIB } from '../../../common/units.js'
import { kernelLayout } from '../../memory/kernel-layout.js'
import { LEAST_KERNEL_DATA, VECTOR_START } from '../../memory/physical-map.js'
import type { Configuration, MemoryRange } from '../configuration.js'
import { SIGNATURE_BYTES } from '../limits.js'
import { encodeVector } from '../vector.js'

/** Kernel data begins and ends at a multiple of this. */
const STEP = 64 * KIB

/** Neither the length of the vector nor that of the records depends on an address, so any `draft` of the configuration tells both. */
export function assignKernelData(draft: Configuration): MemoryRange {
  const vectorEnd = VECTOR_START + encodeVector(draft).length + SIGNATURE_BYTES
  const recordBytes = kernelLayout(draft).end - draft.kernelData.address
  const address = Math.max(LEAST_KERNEL_DATA.address, roundUp(vectorEnd))
  const end = Math.max(LEAST_KERNEL_DATA.address + LEAST_KERNEL_DATA.bytes, roundUp(address + recordBytes))
  return { address, bytes: end - address }
}

const roundUp = (address: number): number => Math.ceil(address / STEP) * STEP
