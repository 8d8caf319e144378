/** Physical memory as the oracle reads it: bytes at addresses, little endian, with no translation and no charge. */
export interface RawMemory {
  read(address: number, length: number): Uint8Array
}

export const word32 = (memory: RawMemory, address: number): number => viewOf(memory, address, 4).getUint32(0, true)

export const word64 = (memory: RawMemory, address: number): bigint => viewOf(memory, address, 8).getBigUint64(0, true)

function viewOf(memory: RawMemory, address: number, length: number): DataView {
  const bytes = memory.read(address, length)
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
