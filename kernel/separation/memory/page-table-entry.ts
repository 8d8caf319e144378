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

export const permissionsOf = (entry: bigint): Permissions => ({
  read: (entry & PTE_R) !== 0n,
  write: (entry & PTE_W) !== 0n,
  execute: (entry & PTE_X) !== 0n,
  user: (entry & PTE_U) !== 0n,
})

/** satp for Sv39 with address-space identifier 0 (RISC-V Privileged, "Supervisor Address Translation and Protection (satp) Register"). */
export const satpOf = (root: number): bigint => (8n << 60n) | (BigInt(root) >> 12n)
