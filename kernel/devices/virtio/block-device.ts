/**
 * Virtio block device. Virtio 1.2, "Block Device"; sectors of 512 bytes. A driver that negotiates VIRTIO_BLK_F_FLUSH gets a volatile
 * write cache, one that does not gets its writes into the image at once ("Device Operation").
 */
import type { DescriptorChain } from './descriptor-chain.js'
import { DiskFault, type Disk, type DiskState } from './disk.js'
import type { Served, VirtioFunction } from './virtio-function.js'

export const SECTOR_BYTES = 512

const VIRTIO_BLK_F_SIZE_MAX = 1n << 1n
const VIRTIO_BLK_F_SEG_MAX = 1n << 2n
const VIRTIO_BLK_F_RO = 1n << 5n
const VIRTIO_BLK_F_BLK_SIZE = 1n << 6n
const VIRTIO_BLK_F_FLUSH = 1n << 9n

const VIRTIO_BLK_T_IN = 0
const VIRTIO_BLK_T_OUT = 1
const VIRTIO_BLK_T_FLUSH = 4
const VIRTIO_BLK_T_GET_ID = 8
const VIRTIO_BLK_S_OK = 0
const VIRTIO_BLK_S_IOERR = 1
const VIRTIO_BLK_S_UNSUPP = 2

/** type, reserved, sector. */
const HEADER_BYTES = 16
const ID_BYTES = 20
/** struct virtio_blk_config up to its fields for zoned devices. */
const CONFIG_BYTES = 60
/** What the driver is told; it may hold two descriptors more, for header and status. */
const SIZE_MAX = 0x10_0000
const SEG_MAX = 126
/** Data is moved in pieces of at most this, so that a long request costs no memory. */
const PIECE_BYTES = 0x1_0000

export interface BlockDeviceState {
  readonly writeThrough: boolean
  readonly disk: DiskState
}

export interface BlockDeviceOptions {
  readonly readOnly?: boolean
  /** At most 20 ASCII characters, for VIRTIO_BLK_T_GET_ID. */
  readonly serial?: string
}

interface Request {
  readonly type: number
  readonly sector: bigint
  readonly chain: DescriptorChain
  /** Of the readable or writable part, without header and status. */
  readonly dataBytes: number
}

/** A request's status, and how much data was written into its buffers; `fault`: a buffer is not there. */
type Outcome = { readonly status: number; readonly written: number } | 'fault'

const failed = (status: number): Outcome => ({ status, written: 0 })
const done = (written = 0): Outcome => ({ status: VIRTIO_BLK_S_OK, written })

export class BlockDevice implements VirtioFunction<BlockDeviceState> {
  readonly kind = 'block'
  readonly deviceId = 2
  readonly features: bigint
  readonly queues = 1
  private writeThrough = true
  private readonly readOnly: boolean
  private readonly id: Uint8Array

  constructor(
    readonly disk: Disk,
    { readOnly = false, serial = '' }: BlockDeviceOptions = {},
  ) {
    this.readOnly = readOnly
    this.features =
      VIRTIO_BLK_F_SIZE_MAX | VIRTIO_BLK_F_SEG_MAX | VIRTIO_BLK_F_BLK_SIZE | VIRTIO_BLK_F_FLUSH | (readOnly ? VIRTIO_BLK_F_RO : 0n)
    this.id = new Uint8Array(ID_BYTES)
    this.id.set(new TextEncoder().encode(serial).subarray(0, ID_BYTES))
  }

  configuration(): Uint8Array {
    const space = new Uint8Array(CONFIG_BYTES)
    const view = new DataView(space.buffer)
    view.setBigUint64(0, BigInt(this.disk.bytes / SECTOR_BYTES), true) // capacity
    view.setUint32(8, SIZE_MAX, true)
    view.setUint32(12, SEG_MAX, true)
    view.setUint32(20, SECTOR_BYTES, true) // blk_size
    return space
  }

  /** A chain without room for the status, or without a whole header, cannot even be refused. */
  serve(_queue: number, chain: DescriptorChain): Served {
    const header = chain.writableBytes > 0 ? chain.read(0, HEADER_BYTES) : undefined
    if (header === undefined) return 'broken'
    const view = new DataView(header.buffer)
    const type = view.getUint32(0, true)
    const statusAt = chain.writableBytes - 1
    const dataBytes = type === VIRTIO_BLK_T_OUT ? chain.readableBytes - HEADER_BYTES : statusAt
    const outcome = this.attempt({ type, sector: view.getBigUint64(8, true), chain, dataBytes })
    if (outcome === 'fault' || !chain.write(statusAt, Uint8Array.of(outcome.status))) return 'broken'
    return outcome.written + 1
  }

  attach(): void {
    return // every request is served when it comes
  }

  negotiated(features: bigint): void {
    this.writeThrough = (features & VIRTIO_BLK_F_FLUSH) === 0n
  }

  /** What was written stays written. */
  reset(): void {
    this.writeThrough = true
  }

  snapshot(): BlockDeviceState {
    return { writeThrough: this.writeThrough, disk: this.disk.snapshot() }
  }

  restore({ writeThrough, disk }: BlockDeviceState): void {
    this.writeThrough = writeThrough
    this.disk.restore(disk)
  }

  private attempt(request: Request): Outcome {
    try {
      return this.perform(request)
    } catch (error) {
      if (error instanceof DiskFault) return failed(VIRTIO_BLK_S_IOERR)
      throw error
    }
  }

  private perform(request: Request): Outcome {
    switch (request.type) {
      case VIRTIO_BLK_T_IN:
        return this.isInside(request) ? this.readSectors(request) : failed(VIRTIO_BLK_S_IOERR)
      case VIRTIO_BLK_T_OUT:
        return this.isInside(request) && !this.readOnly ? this.writeSectors(request) : failed(VIRTIO_BLK_S_IOERR)
      case VIRTIO_BLK_T_FLUSH:
        this.disk.flush()
        return done()
      case VIRTIO_BLK_T_GET_ID:
        if (request.dataBytes < ID_BYTES) return failed(VIRTIO_BLK_S_IOERR)
        return request.chain.write(0, this.id) ? done(ID_BYTES) : 'fault'
      default:
        return failed(VIRTIO_BLK_S_UNSUPP)
    }
  }

  /** Whole sectors, all of them on the drive: so no request is longer than the drive. */
  private isInside({ sector, dataBytes }: Request): boolean {
    return dataBytes % SECTOR_BYTES === 0 && sector * BigInt(SECTOR_BYTES) + BigInt(dataBytes) <= BigInt(this.disk.bytes)
  }

  private readSectors({ sector, chain, dataBytes }: Request): Outcome {
    const begin = Number(sector) * SECTOR_BYTES
    for (let offset = 0; offset < dataBytes; offset += PIECE_BYTES)
      if (!chain.write(offset, this.disk.read(begin + offset, Math.min(PIECE_BYTES, dataBytes - offset)))) return 'fault'
    return done(dataBytes)
  }

  private writeSectors({ sector, chain, dataBytes }: Request): Outcome {
    const begin = Number(sector) * SECTOR_BYTES
    for (let offset = 0; offset < dataBytes; offset += PIECE_BYTES) {
      const data = chain.read(HEADER_BYTES + offset, Math.min(PIECE_BYTES, dataBytes - offset))
      if (data === undefined) return 'fault'
      this.disk.write(begin + offset, data)
    }
    if (this.writeThrough) this.disk.flush()
    return done()
  }
}
