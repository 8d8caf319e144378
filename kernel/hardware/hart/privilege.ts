/** Privilege levels and their encoding. RISC-V Privileged, "Privilege Levels". */
import { unreachable } from '../../common/errors.js'
import type { Privilege } from '../../common/hosted-port.js'

export const U = 0
export const S = 1
export const M = 3

export function privilegeName(level: number): Privilege {
  return level === M ? 'M' : level === S ? 'S' : 'U'
}

export function privilegeLevel(name: Privilege): number {
  switch (name) {
    case 'M':
      return M
    case 'S':
      return S
    case 'U':
      return U
    default:
      return unreachable(name)
  }
}
