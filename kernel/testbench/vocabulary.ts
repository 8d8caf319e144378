/** Words of the feature files and the numbers behind them. */
import { INTERFACES } from '../abi/interfaces.js'
import { returnCodeOf } from '../abi/return-codes.js'

const ABI_NAMES = [
  'zero',
  'ra',
  'sp',
  'gp',
  'tp',
  't0',
  't1',
  't2',
  's0',
  's1',
  'a0',
  'a1',
  'a2',
  'a3',
  'a4',
  'a5',
  'a6',
  'a7',
  's2',
  's3',
  's4',
  's5',
  's6',
  's7',
  's8',
  's9',
  's10',
  's11',
  't3',
  't4',
  't5',
  't6',
] as const

/** Number of an integer register by its ABI name (RISC-V psABI, "Register Convention"). @throws RangeError */
export function registerNumber(name: string): number {
  const number = (ABI_NAMES as readonly string[]).indexOf(name)
  if (number < 0) throw new RangeError(`no register "${name}"`)
  return number
}

/** A result code as the feature files write it, or the bare value where it is none. */
export const resultWord = (a0: bigint): string => returnCodeOf(a0) ?? numberLike('0x0', a0)

/** `value` written the way `pattern` is: hexadecimal where that begins with 0x. */
export const numberLike = (pattern: string, value: bigint): string =>
  pattern.startsWith('0x') ? `0x${value.toString(16)}` : value.toString()

const MODE_WORDS: Readonly<Record<string, string>> = { idle: 'stopped', cold: 'starting', warm: 'starting', normal: 'running' }

export const modeWord = (mode: string): string => MODE_WORDS[mode] ?? mode

/** Whether the interface description lists this outcome of this entry: what is seen must be listed (CC 2.3 ADV_FSP). */
export const isListed = (entry: string, outcome: string): boolean =>
  INTERFACES.some(({ id, outcomes }) => id === entry && outcomes.includes(outcome))
