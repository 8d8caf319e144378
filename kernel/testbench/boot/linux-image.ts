/**
 * The header of a Linux kernel image for RISC-V. Linux, "Boot image header in RISC-V Linux"; little-endian, sizes in bytes.
 */

export interface LinuxImageHeader {
  /** Where the image wants to lie, from the beginning of RAM. */
  readonly textOffset: number
  /** Memory that it needs there, its file included. */
  readonly imageSize: number
}

const HEADER_BYTES = 64
const TEXT_OFFSET = 8
const IMAGE_SIZE = 16
const MAGIC2 = 56
/** "RSC\x05" */
const MAGIC2_VALUE = 0x0543_5352

/** `undefined`: this is no such image. */
export function readLinuxImageHeader(bytes: Uint8Array): LinuxImageHeader | undefined {
  if (bytes.length < HEADER_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  if (view.getUint32(MAGIC2, true) !== MAGIC2_VALUE) return undefined
  const textOffset = Number(view.getBigUint64(TEXT_OFFSET, true))
  return { textOffset, imageSize: Math.max(Number(view.getBigUint64(IMAGE_SIZE, true)), bytes.length) }
}
