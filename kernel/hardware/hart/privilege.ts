/** Privilege modes and their encoding. RISC-V Privileged, "Privilege Levels" and "Privilege Modes" (hypervisor extension). */
import { unreachable } from '../../common/errors.js'
import type { Privilege } from '../../common/hosted-port.js'

export const U = 0
export const S = 1
export const M = 3

/** Nominal privilege and virtualization mode V. */
export interface PrivilegeMode {
  readonly privilege: number
  readonly virtual: boolean
}

export function privilegeName({ privilege, virtual }: PrivilegeMode): Privilege {
  if (privilege === M) return 'M'
  if (privilege === S) return virtual ? 'VS' : 'S'
  return virtual ? 'VU' : 'U'
}

export function privilegeMode(name: Privilege): PrivilegeMode {
  switch (name) {
    case 'M':
      return { privilege: M, virtual: false }
    case 'S':
      return { privilege: S, virtual: false }
    case 'U':
      return { privilege: U, virtual: false }
    case 'VS':
      return { privilege: S, virtual: true }
    case 'VU':
      return { privilege: U, virtual: true }
    default:
      return unreachable(name)
  }
}
