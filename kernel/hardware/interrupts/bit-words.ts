/**
 * A set of small numbers as the registers of interrupt controllers show it: 32 to a word, number n at bit n mod 32 of word n / 32.
 * Words are unsigned.
 */
export class BitWords {
  private readonly words: Uint32Array

  /** Holds numbers below `count`. */
  constructor(private readonly count: number) {
    this.words = new Uint32Array(Math.ceil(count / 32))
  }

  has(number: number): boolean {
    return (this.word(number >>> 5) & bit(number)) !== 0
  }

  set(number: number, member: boolean): void {
    if (number >= this.count) return
    const word = this.word(number >>> 5)
    this.words[number >>> 5] = member ? word | bit(number) : word & ~bit(number)
  }

  word(index: number): number {
    return this.words[index] ?? 0
  }

  /** Numbers that the set cannot hold, and 0, which no source has, stay out of it. */
  setWord(index: number, value: number): void {
    const first = index * 32
    const held = this.count - first
    const room = held >= 32 ? 0xffff_ffff : held <= 0 ? 0 : 2 ** held - 1
    if (index < this.words.length) this.words[index] = value & room & (index === 0 ? ~1 : ~0)
  }

  /** Members that `other` has too, ascending. */
  *common(other: BitWords): Generator<number> {
    for (let index = 0; index < this.words.length; index++)
      for (let left = this.word(index) & other.word(index); left !== 0; left &= left - 1) yield index * 32 + (31 - Math.clz32(left & -left))
  }

  clear(): void {
    this.words.fill(0)
  }

  /** For a snapshot. */
  list(): readonly number[] {
    return [...this.words]
  }

  restore(list: readonly number[]): void {
    this.clear()
    this.words.set(list.slice(0, this.words.length))
  }
}

const bit = (number: number): number => 1 << (number & 31)
