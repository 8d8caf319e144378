/**
 * A device's way through the IOMMU: every page of a transfer is translated before its first byte moves, so a transfer to a page that
 * the device may not reach moves nothing. Addresses in bytes.
 */
import type { DmaPort } from '../../common/device-port.js'
import { PAGE_BYTES } from '../../common/units.js'

/** What a device asks for with all its transfers. */
export interface PortAttributes {
  /** `process_id`, 20 bits. */
  readonly process?: number
  /** Supervisor privilege; without a process it is not asked for. */
  readonly supervisor?: boolean
  /** Reads are reads for execute. */
  readonly execute?: boolean
}

/** Physical address of an IOVA; `undefined`: refused and reported. */
type Translate = (iova: bigint, access: 'load' | 'store') => bigint | undefined

interface Piece {
  readonly address: bigint
  /** Within the transfer. */
  readonly start: number
  readonly end: number
}

const PAGE = BigInt(PAGE_BYTES)

export class IommuPort implements DmaPort {
  constructor(
    private readonly physical: DmaPort,
    private readonly translate: Translate,
  ) {}

  read(address: bigint, length: number): Uint8Array | undefined {
    const pieces = this.pieces(address, length, 'load')
    if (pieces === undefined) return undefined
    const bytes = new Uint8Array(length)
    for (const piece of pieces) {
      const part = this.physical.read(piece.address, piece.end - piece.start)
      if (part === undefined) return undefined
      bytes.set(part, piece.start)
    }
    return bytes
  }

  write(address: bigint, bytes: Uint8Array): boolean {
    const pieces = this.pieces(address, bytes.length, 'store')
    return pieces !== undefined && pieces.every((piece) => this.physical.write(piece.address, bytes.subarray(piece.start, piece.end)))
  }

  private pieces(address: bigint, length: number, access: 'load' | 'store'): Piece[] | undefined {
    const pieces: Piece[] = []
    for (let start = 0; start < length;) {
      const iova = BigInt.asUintN(64, address + BigInt(start))
      const end = Math.min(length, start + Number(PAGE - (iova % PAGE)))
      const physical = this.translate(iova, access)
      if (physical === undefined) return undefined
      pieces.push({ address: physical, start, end })
      start = end
    }
    return pieces
  }
}
