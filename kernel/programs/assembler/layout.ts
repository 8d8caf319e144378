/**
 * Sections of one pass and the image they form: text, rodata, data, bss, one behind the other from the base, each on a multiple
 * of 8 bytes or of its largest alignment. The first pass only counts; the second writes. Sizes in bytes.
 */
import { invariant } from '../../common/errors.js'
import { address, type SectionName, type Value } from './value.js'

export const SECTION_ORDER: readonly SectionName[] = ['text', 'rodata', 'data', 'bss']

/** An image larger than this is refused: 16 MiB. */
export const LARGEST_IMAGE = 16 * 1024 * 1024

const LEAST_ALIGNMENT = 8

interface Section {
  readonly start: bigint
  offset: number
  /** Largest alignment asked for; 1 when none was. */
  alignment: number
}

export type SectionStarts = Readonly<Record<SectionName, bigint>>

export interface Plan {
  readonly starts: SectionStarts
  readonly size: number
}

export class Layout {
  private readonly sections: Readonly<Record<SectionName, Section>>
  private readonly image: Uint8Array | undefined
  private total = 0
  current: SectionName = 'text'

  /** @param plan what the first pass found; undefined in the first pass, where only text knows its addresses. */
  constructor(
    private readonly base: bigint,
    private readonly plan: Plan | undefined,
  ) {
    const at = (start: bigint): Section => ({ start, offset: 0, alignment: 1 })
    const starts = plan?.starts ?? { text: base, rodata: 0n, data: 0n, bss: 0n }
    this.sections = { text: at(starts.text), rodata: at(starts.rodata), data: at(starts.data), bss: at(starts.bss) }
    this.image = plan && new Uint8Array(plan.size)
  }

  /** Offset of the next byte in the current section. */
  get offset(): number {
    return this.section.offset
  }

  /** Address of the next byte; an offset in the section as long as sections have no place. */
  here(): Value {
    return address(this.section.start + BigInt(this.section.offset), this.current)
  }

  /** Numeric form of `here`. */
  get address(): bigint {
    return this.section.start + BigInt(this.section.offset)
  }

  private get section(): Section {
    return this.sections[this.current]
  }

  /** Bytes to the next multiple of `alignment`, which also becomes one of the section. */
  paddingTo(alignment: number): number {
    this.section.alignment = Math.max(this.section.alignment, alignment)
    const beyond = Number(BigInt.asUintN(64, this.address) % BigInt(alignment))
    return beyond === 0 ? 0 : alignment - beyond
  }

  /** @returns false when the image would become larger than allowed; then nothing changes. */
  reserve(size: number): boolean {
    if (this.total + size > LARGEST_IMAGE) return false
    this.total += size
    this.section.offset += size
    return true
  }

  /** Writes behind the current place without moving it; `reserve` moves. */
  write(bytes: Uint8Array, at: bigint): void {
    const offset = Number(at - this.base)
    if (this.image !== undefined && offset >= 0 && offset + bytes.length <= this.image.length) this.image.set(bytes, offset)
  }

  /** Places the sections behind each other, or undefined when gaps make the image too large. */
  place(): Plan | undefined {
    let end = this.base
    const starts = { text: 0n, rodata: 0n, data: 0n, bss: 0n }
    for (const name of SECTION_ORDER) {
      const { alignment, offset } = this.sections[name]
      const step = BigInt(Math.max(alignment, LEAST_ALIGNMENT))
      const unused = offset === 0 && alignment === 1
      starts[name] = name === 'text' || unused ? end : ((end + step - 1n) / step) * step
      end = starts[name] + BigInt(offset)
    }
    const size = Number(end - this.base)
    return size > LARGEST_IMAGE ? undefined : { starts, size }
  }

  /** The finished image of a second pass that refused nothing. */
  finish(): Uint8Array {
    const again = this.place()
    invariant(this.image !== undefined && this.plan !== undefined, 'only a second pass has an image')
    invariant(again?.size === this.plan.size, 'both passes of the assembler count the same size')
    return this.image
  }
}
