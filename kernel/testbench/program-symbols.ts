/** The names a partition program may use: call numbers, result codes, its own capability slots and memory. */
import { CALLS } from '../abi/calls.js'
import { CODE, DATA, DEVICE } from '../abi/partition-memory.js'
import { returnValue, RETURN_CODES, type ReturnCode } from '../abi/return-codes.js'
import { capabilitySymbols, sharedSymbols } from '../separation/config/compiler/capability-slots.js'
import type { Configuration } from '../separation/config/configuration.js'

export function programSymbols(configuration: Configuration, partition: number): Readonly<Record<string, bigint>> {
  const calls = CALLS.map(({ name, number }) => [name.toUpperCase(), BigInt(number)] as const)
  const codes = (Object.keys(RETURN_CODES) as ReturnCode[]).map((code) => [`E_${code}`, returnValue(code)] as const)
  const { threads = [], semaphores = [] } = configuration.partitions[partition] ?? {}
  return {
    ...Object.fromEntries([...calls, ...codes]),
    ...capabilitySymbols(configuration, partition),
    ...sharedSymbols(configuration, partition),
    ...numbered('THR', threads, 1),
    ...numbered('SEM', semaphores, 0),
    CODE: BigInt(CODE),
    DATA: BigInt(DATA),
    DATA_BYTES: BigInt(configuration.partitions[partition]?.data.bytes ?? 0),
    CONSOLE: BigInt(DEVICE),
  }
}

/** Prefix and name to number, for example THR_SAMPLER. */
const numbered = (prefix: string, objects: readonly { readonly name: string }[], first: number): Readonly<Record<string, bigint>> =>
  Object.fromEntries(objects.map(({ name }, index) => [`${prefix}_${name.toUpperCase().replaceAll('-', '_')}`, BigInt(first + index)]))
