/**
 * One interrupt file of an IMSIC: 255 identities, pending and enabled, of which the lowest number comes first.
 * RISC-V AIA, "Indirectly accessed interrupt-file registers", "Top external interrupt CSRs".
 */
import type { InterruptLine } from '../../common/device-port.js'
import type { InterruptFileAccess } from '../hart/interrupt-files.js'
import { BitWords } from './bit-words.js'

/** The highest identity. */
export const IDENTITIES = 255

const EIDELIVERY = 0x70
const EITHRESHOLD = 0x72
const EIP0 = 0x80
const EIE0 = 0xc0
const ARRAY_END = 0x100
const IDENTITY_SHIFT = 16

export interface InterruptFileState {
  readonly delivery: boolean
  readonly threshold: number
  readonly pending: readonly number[]
  readonly enabled: readonly number[]
}

export class InterruptFile implements InterruptFileAccess {
  private delivery = false
  private threshold = 0
  private readonly pending = new BitWords(IDENTITIES + 1)
  private readonly enabled = new BitWords(IDENTITIES + 1)

  /** The line is asserted while an interrupt is to be delivered. */
  constructor(private readonly line: InterruptLine) {}

  /** An MSI. A number that is no identity is ignored. */
  raise(identity: number): void {
    if (identity === 0 || identity > IDENTITIES) return
    this.pending.set(identity, true)
    this.drive()
  }

  get top(): number {
    const identity = this.first()
    return (identity << IDENTITY_SHIFT) | identity
  }

  claim(): void {
    this.pending.set(this.first(), false)
    this.drive()
  }

  /** With XLEN = 64 the odd registers of the arrays do not exist, and an even one holds 64 identities. */
  read(register: number): bigint | undefined {
    if (register === EIDELIVERY) return this.delivery ? 1n : 0n
    if (register === EITHRESHOLD) return BigInt(this.threshold)
    const place = arrayPlace(register)
    if (place === undefined) return register < EIP0 ? 0n : undefined
    const words = this[place.array]
    return BigInt(words.word(place.word)) | (BigInt(words.word(place.word + 1)) << 32n)
  }

  /** eidelivery takes 0 and 1: no PLIC or APLIC can stand in for this file. */
  write(register: number, value: bigint): void {
    if (register === EIDELIVERY) this.delivery = value <= 1n ? value === 1n : this.delivery
    if (register === EITHRESHOLD) this.threshold = Number(value & 0xffn)
    const place = arrayPlace(register)
    if (place !== undefined) {
      this[place.array].setWord(place.word, Number(value & 0xffff_ffffn))
      this[place.array].setWord(place.word + 1, Number(value >> 32n))
    }
    this.drive()
  }

  reset(): void {
    this.restore({ delivery: false, threshold: 0, pending: [], enabled: [] })
  }

  snapshot(): InterruptFileState {
    return { delivery: this.delivery, threshold: this.threshold, pending: this.pending.list(), enabled: this.enabled.list() }
  }

  restore({ delivery, threshold, pending, enabled }: InterruptFileState): void {
    this.delivery = delivery
    this.threshold = threshold
    this.pending.restore(pending)
    this.enabled.restore(enabled)
    this.drive()
  }

  /** The first pending and enabled identity below the threshold, whatever eidelivery says; 0: none. */
  private first(): number {
    const [identity = 0] = this.pending.common(this.enabled)
    return this.threshold === 0 || identity < this.threshold ? identity : 0
  }

  private drive(): void {
    this.line.set(this.delivery && this.first() !== 0)
  }
}

/** Which two words of `eip` or `eie` a register is. */
function arrayPlace(register: number): { readonly array: 'pending' | 'enabled'; readonly word: number } | undefined {
  if (register < EIP0 || register >= ARRAY_END || register % 2 === 1) return undefined
  return register < EIE0 ? { array: 'pending', word: register - EIP0 } : { array: 'enabled', word: register - EIE0 }
}
