/** Byte sequences of the WebAssembly binary format. WebAssembly Core 1.0, "Binary Format", "Values". */

/** Unsigned LEB128. */
export function unsignedLeb(value: number): number[] {
  const bytes: number[] = []
  let rest = value >>> 0
  for (;;) {
    const low = rest & 0x7f
    rest >>>= 7
    if (rest === 0) return [...bytes, low]
    bytes.push(low | 0x80)
  }
}

/** Signed LEB128 of 32 bits. */
export function signedLeb32(value: number): number[] {
  const bytes: number[] = []
  let rest = value | 0
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>= 7
  }
  bytes.push(rest & 0x7f)
  return bytes
}

/** Signed LEB128 of up to 64 bits. */
export function signedLeb(value: bigint): number[] {
  if (value === BigInt.asIntN(32, value)) return signedLeb32(Number(value))
  const bytes: number[] = []
  let rest = BigInt.asIntN(64, value)
  for (;;) {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    const signBit = (low & 0x40) !== 0
    if ((rest === 0n && !signBit) || (rest === -1n && signBit)) return [...bytes, low]
    bytes.push(low | 0x80)
  }
}

export const name = (text: string): number[] => {
  const bytes = [...new TextEncoder().encode(text)]
  return [...unsignedLeb(bytes.length), ...bytes]
}

/** A vector: its length, then its elements. */
export const vector = (elements: readonly (readonly number[])[]): number[] => [...unsignedLeb(elements.length), ...elements.flat()]
