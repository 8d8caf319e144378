/**
 * Flat MSI page tables: guest physical pages that are virtual interrupt files, and where each leads. PTEs of MRIF mode are not
 * supported. RISC-V IOMMU, "Process to translate addresses of MSIs"; RISC-V AIA, "MSI PTE, basic translate mode".
 */
import type { Access } from '../memory/tlb.js'
import type { DeviceContext } from './device-context.js'
import { PPN } from './directory.js'
import type { IommuMemory } from './iommu-memory.js'
import {
  INSTRUCTION_ACCESS_FAULT,
  iommuFault,
  MSI_PTE_LOAD_ACCESS_FAULT,
  MSI_PTE_MISCONFIGURED,
  MSI_PTE_NOT_VALID,
  type IommuFault,
} from './transaction.js'

type MsiControls = NonNullable<DeviceContext['msi']>

const V = 1n
const M = 3n << 1n
const M_BASIC = 3n << 1n
/** Bits 9:3 and 63:54. C, bit 63, is for custom use, and there is none. */
const RESERVED = (0x7fn << 3n) | (0x3ffn << 54n)
const PTE_BYTES = 16n

/** "MSI address mask (`msi_addr_mask`) and pattern (`msi_addr_pattern`)". */
export const isInterruptFile = ({ mask, pattern }: MsiControls, address: bigint): boolean =>
  ((address >> 12n) & ~mask) === (pattern & ~mask)

/** Physical address for an access to a virtual interrupt file. */
export function translateMsi({ root, mask }: MsiControls, address: bigint, access: Access, memory: IommuMemory): bigint | IommuFault {
  const pte = memory.loadDoublewords((root << 12n) | (extract(address >> 12n, mask) * PTE_BYTES), 2)
  if (pte === undefined) return iommuFault(MSI_PTE_LOAD_ACCESS_FAULT)
  const [first = 0n] = pte // the second is free for software
  if ((first & V) === 0n) return iommuFault(MSI_PTE_NOT_VALID)
  if ((first & M) !== M_BASIC || (first & RESERVED) !== 0n) return iommuFault(MSI_PTE_MISCONFIGURED)
  if (access === 'fetch') return iommuFault(INSTRUCTION_ACCESS_FAULT) // as a second-stage leaf with R, W, U and without X
  return (((first >> 10n) & PPN) << 12n) | (address & 0xfffn)
}

/** The bits of `x` at the ones of `y`, packed at the low end in the same order. */
function extract(x: bigint, y: bigint): bigint {
  let packed = 0n
  let place = 0n
  for (let bit = 0n; y >> bit !== 0n; bit++) {
    if (((y >> bit) & 1n) === 0n) continue
    packed |= ((x >> bit) & 1n) << place
    place++
  }
  return packed
}
