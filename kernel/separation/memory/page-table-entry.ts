/** Sv39 page-table entries (RISC-V Privileged, "Sv39"). Tables are 4 KiB pages of 512 entries, three levels. */
export const PTE_V = 1n << 0n
export const PTE_R = 1n << 1n
export const PTE_W = 1n << 2n
export const PTE_X = 1n << 3n
export const PTE_U = 1n << 4n
export const PTE_G = 1n << 5n
/** Set when the entry is made: the machine raises a page fault instead of setting them (Svade). */
export const PTE_A = 1n << 6n
export const PTE_D = 1n << 7n

/** Left to software (8, 9), reserved (54 to 60), Svpbmt (61, 62) and Svnapot (63). */
const NOT_USED = (0x3n << 8n) | (0x3ffn << 54n)

export const ENTRIES = 512
/** Bytes that one entry of each level covers: level 2 is the root. */
export const SPAN = [0x1000, 0x20_0000, 0x4000_0000] as const

export interface Permissions {
  readonly read: boolean
  readonly write: boolean
  readonly execute: boolean
  readonly user: boolean
}

export const pointer = (table: number): bigint => (BigInt(table) >> 2n) | PTE_V

export function leaf(address: number, permissions: Permissions): bigint {
  const { read, write, execute, user } = permissions
  return (
    (BigInt(address) >> 2n) |
    PTE_V |
    PTE_A |
    (read ? PTE_R : 0n) |
    (write ? PTE_W | PTE_D : 0n) |
    (execute ? PTE_X : 0n) |
    (user ? PTE_U : PTE_G)
  )
}

export const isLeaf = (entry: bigint): boolean => (entry & (PTE_R | PTE_W | PTE_X)) !== 0n
export const isValid = (entry: bigint): boolean => (entry & PTE_V) !== 0n
export const target = (entry: bigint): number => Number((entry >> 10n) & 0xfff_ffff_ffffn) * 0x1000

/**
 * Has the form that this kernel gives an entry: no reserved bit, A and D as the permissions need them, G where U is not. Anything
 * else faults at its first use or means what nobody configured, so it is nothing the kernel has written.
 */
export function isWellFormed(entry: bigint, level: number): boolean {
  const has = (bits: bigint): boolean => (entry & bits) !== 0n
  if (has(NOT_USED)) return false
  if (!isLeaf(entry)) return level > 0 && !has(PTE_U | PTE_G | PTE_A | PTE_D)
  return has(PTE_R) && has(PTE_A) && has(PTE_D) === has(PTE_W) && has(PTE_G) !== has(PTE_U)
}

export const permissionsOf = (entry: bigint): Permissions => ({
  read: (entry & PTE_R) !== 0n,
  write: (entry & PTE_W) !== 0n,
  execute: (entry & PTE_X) !== 0n,
  user: (entry & PTE_U) !== 0n,
})

/** satp for Sv39 with address-space identifier 0 (RISC-V Privileged, "Supervisor Address Translation and Protection (satp) Register"). */
export const satpOf = (root: number): bigint => (8n << 60n) | (BigInt(root) >> 12n)
