/** Addresses as `<symbol+0x12>`: the nearest symbol at or below, as disassemblers print them. */
export class SymbolPlaces {
  private readonly names: readonly string[]
  private readonly addresses: readonly bigint[]

  constructor(symbols: ReadonlyMap<string, bigint>) {
    const sorted = [...symbols].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0))
    this.names = sorted.map(([name]) => name)
    this.addresses = sorted.map(([, address]) => address)
  }

  /** Empty below the first symbol. Of several symbols at one address the last: a global one. */
  describe(address: bigint): string {
    let [low, high] = [0, this.addresses.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.addresses[middle] ?? 0n) <= address) low = middle + 1
      else high = middle
    }
    const found = this.addresses[low - 1]
    if (found === undefined) return ''
    const distance = address - found
    return `<${this.names[low - 1] ?? ''}${distance === 0n ? '' : `+0x${distance.toString(16)}`}>`
  }
}
