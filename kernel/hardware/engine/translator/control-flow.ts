/**
 * Where an instruction sends control, as far as its encoding tells. RISC-V Unprivileged, "Control Transfer Instructions"; which
 * registers hold return addresses: "Return-address stack prediction hints encoded in the register operands of a JALR instruction".
 */
import type { DecodedInstruction } from '../../isa/decode.js'

/** Offsets are relative to the instruction. `link` is the register that receives the return address; 0: none. */
export type ControlFlow =
  | { readonly kind: 'next' }
  | { readonly kind: 'branch'; readonly offset: number }
  | { readonly kind: 'jump'; readonly offset: number; readonly link: number }
  /** `source` is the register that holds the target, if that is all of it. */
  | { readonly kind: 'indirect'; readonly link: number; readonly source: number | undefined }

const NEXT: ControlFlow = { kind: 'next' }

const CHANGES_PRIVILEGE: ReadonlySet<string> = new Set(['ecall', 'mret', 'sret'])

export function controlFlowOf({ instruction, immediate, rd, rs1 }: DecodedInstruction): ControlFlow {
  if (instruction.format === 'B') return { kind: 'branch', offset: immediate }
  if (instruction.format === 'J') return { kind: 'jump', offset: immediate, link: rd }
  if (instruction.name === 'jalr') return { kind: 'indirect', link: rd, source: immediate === 0 ? rs1 : undefined }
  if (CHANGES_PRIVILEGE.has(instruction.name)) return { kind: 'indirect', link: 0, source: undefined }
  return NEXT
}

export const isLinkRegister = (register: number): boolean => register === 1 || register === 5
