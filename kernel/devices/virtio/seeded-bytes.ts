/** Bytes that follow from a 32-bit seed: xoshiro128** 1.1 (Blackman and Vigna), its state filled by SplitMix32. Not for secrets. */

export type SeededBytesState = readonly [number, number, number, number]

export class SeededBytes {
  private state: SeededBytesState

  constructor(private readonly seed: number) {
    this.state = filled(seed)
  }

  take(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    const view = new DataView(bytes.buffer)
    for (let offset = 0; offset < length; offset += 4) {
      const word = this.next()
      if (offset + 4 <= length) view.setUint32(offset, word, true)
      else for (let rest = offset; rest < length; rest++) bytes[rest] = (word >>> (8 * (rest - offset))) & 0xff
    }
    return bytes
  }

  reset(): void {
    this.state = filled(this.seed)
  }

  snapshot(): SeededBytesState {
    return [...this.state]
  }

  restore(state: SeededBytesState): void {
    this.state = [...state]
  }

  private next(): number {
    const [a, b, c, d] = this.state
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const third = c ^ a
    const fourth = d ^ b
    this.state = [(a ^ fourth) >>> 0, (b ^ third) >>> 0, (third ^ (b << 9)) >>> 0, rotate(fourth, 11) >>> 0]
    return result
  }
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

function filled(seed: number): SeededBytesState {
  const words = [1, 2, 3, 4].map((step) => splitMix((seed + Math.imul(step, 0x9e37_79b9)) >>> 0))
  return [words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0]
}

function splitMix(seed: number): number {
  const first = Math.imul(seed ^ (seed >>> 16), 0x21f0_aaad)
  const second = Math.imul(first ^ (first >>> 15), 0x735a_2d97)
  return (second ^ (second >>> 15)) >>> 0
}
