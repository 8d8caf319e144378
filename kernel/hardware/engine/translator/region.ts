/**
 * A region: instructions that are translated together, as a graph of blocks. It has one entry. Calls are followed, each into a
 * copy of the callee for that call, so that a return has one place to go. Addresses are relative to the entry's, in bytes.
 */
import type { DecodedInstruction } from '../../isa/decode.js'
import type { PrivilegedSetting } from './privileged-emitter.js'

export interface RegionInstruction {
  readonly decoded: DecodedInstruction
  readonly at: number
  /** Offset in machine memory. */
  readonly place: number
}

/** Where control goes: a block of the region, or an address outside it. */
export type Destination = { readonly block: Block } | { readonly outside: number }

/** How a block ends, after its instructions. */
export type Ending =
  | { readonly kind: 'goto'; readonly to: Destination }
  /** The last instruction is a conditional branch. */
  | { readonly kind: 'branch'; readonly taken: Destination; readonly otherwise: Destination }
  /** The last instruction returns from a call that was followed: to `to`, if the register holds what the call put there. */
  | { readonly kind: 'return'; readonly to: Destination; readonly expected: number }
  /** The last instruction computes its target. */
  | { readonly kind: 'indirect' }

export interface Block {
  readonly at: number
  readonly instructions: readonly RegionInstruction[]
  ending: Ending
}

/** A page of the region: its virtual address, and its place in machine memory. */
export interface RegionPage {
  readonly address: bigint
  readonly place: number
}

export interface Region {
  /** Virtual address of the entry. */
  readonly entry: bigint
  /** The first is the entry. */
  readonly blocks: readonly Block[]
  readonly pages: readonly RegionPage[]
  /** Present when some instruction depends on it. */
  readonly setting: PrivilegedSetting | undefined
}

export function destinationsOf(ending: Ending): readonly Destination[] {
  switch (ending.kind) {
    case 'goto':
    case 'return':
      return [ending.to]
    case 'branch':
      return [ending.taken, ending.otherwise]
    case 'indirect':
      return []
  }
}

export const successorsOf = ({ ending }: Block): readonly Block[] =>
  destinationsOf(ending).flatMap((destination) => ('block' in destination ? [destination.block] : []))
