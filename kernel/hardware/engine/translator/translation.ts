/** A region that was translated and is in the engine's table. */
import type { PrivilegedSetting } from './privileged-emitter.js'
import type { RegionExit } from './region-emitter.js'
import type { Region, RegionPage } from './region.js'

export interface Translation {
  /** Virtual address of the entry, and its place in machine memory. */
  readonly entry: bigint
  readonly place: number
  readonly pages: readonly RegionPage[]
  readonly setting: PrivilegedSetting | undefined
  readonly exits: readonly RegionExit[]
  /** Place of the function in the table. */
  readonly code: number
  /** Parts of machine memory that hold the instructions, as pairs of begin and end. */
  readonly parts: readonly (readonly [number, number])[]
}

/** Instructions that follow one another become one part. */
export function partsOf({ blocks }: Region): [number, number][] {
  const instructions = blocks.flatMap((block) => block.instructions).sort((a, b) => a.place - b.place)
  const parts: [number, number][] = []
  for (const { place, decoded } of instructions) {
    const last = parts.at(-1)
    if (last !== undefined && place <= last[1]) last[1] = Math.max(last[1], place + decoded.length)
    else parts.push([place, place + decoded.length])
  }
  return parts
}
