/** Sizes and bit masks as people write them. Sizes in bytes. */
import { KIB, MIB } from '../../../common/units.js'

/** Bytes as a number, or text such as "16 KiB"; the schema has checked the form. */
export type SizeText = number | string
/** Bits as a number, or as quoted hexadecimal where a number would lose precision. */
export type BitsText = number | string

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: KIB, MiB: MIB }

export function bytesOf(size: SizeText): number {
  if (typeof size === 'number') return size
  const [count = '', unit = ''] = size.split(' ')
  return Number(count) * (UNITS[unit] ?? Number.NaN)
}

export const bitsOf = (bits: BitsText): bigint => BigInt(bits)

/** The largest unit that divides it, so that a message shows what the user would write. */
export function sizeText(bytes: number): string {
  if (bytes % MIB === 0 && bytes > 0) return `${bytes / MIB} MiB`
  if (bytes % KIB === 0 && bytes > 0) return `${bytes / KIB} KiB`
  return `${bytes} B`
}

export const hex = (value: number | bigint): string => `0x${value.toString(16)}`
