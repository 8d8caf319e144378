/** What an instruction wrote: the registers and CSR of a hart before and after it. */
import { X_NAMES, F_NAMES } from '../../hardware/isa/register-names.js'
import type { HartView } from '../../hardware/machine.js'

export interface RegisterValues {
  readonly x: readonly bigint[]
  readonly f: readonly bigint[]
}

const indices = Array.from({ length: 32 }, (_, index) => index)

export const registerValues = (hart: HartView): RegisterValues => ({
  x: indices.map((index) => hart.x(index)),
  f: indices.map((index) => hart.f(index)),
})

const hex = (value: bigint): string => `0x${value.toString(16)}`

/** `name value` of each register that is another than before. */
export function changedRegisters(before: RegisterValues, hart: HartView): string[] {
  const changes = (names: readonly string[], old: readonly bigint[], now: (index: number) => bigint): string[] =>
    indices.flatMap((index) => (now(index) === old[index] ? [] : [`${names[index] ?? ''} ${hex(now(index))}`]))
  return [...changes(X_NAMES, before.x, (index) => hart.x(index)), ...changes(F_NAMES, before.f, (index) => hart.f(index))]
}

const SYSTEM = 0x73
const CSR_FORMS = 3

/** The CSR that an instruction of Zicsr names, as `name value`. */
export function namedCsr(word: number, hart: HartView): string[] {
  if ((word & 0x7f) !== SYSTEM || ((word >>> 12) & CSR_FORMS) === 0) return []
  const number = word >>> 20
  const csr = hart.csrs().find((candidate) => candidate.number === number)
  return csr === undefined ? [] : [`${csr.name} ${hex(hart.csr(number))}`]
}
