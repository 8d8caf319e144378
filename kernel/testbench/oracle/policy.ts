/**
 * The policy as the oracle knows it: read from the YAML text alone, without the configuration compiler, so that an error of the
 * compiler is not also the oracle's. Sizes in bytes.
 */
import { parse } from 'yaml'

export interface PolicyPartition {
  readonly name: string
  readonly code: number
  readonly data: number
  readonly console: boolean
}

export interface PolicyRegion {
  readonly name: string
  readonly size: number
  readonly write: readonly string[]
  readonly read: readonly string[]
}

export interface Policy {
  readonly partitions: readonly PolicyPartition[]
  readonly shared: readonly PolicyRegion[]
}

interface PolicyText {
  readonly partitions: readonly {
    readonly name: string
    readonly code: string | number
    readonly data: string | number
    readonly console?: boolean
  }[]
  readonly shared?: readonly {
    readonly name: string
    readonly size: string | number
    readonly write?: readonly string[]
    readonly read?: readonly string[]
  }[]
}

/** The text has passed the compiler before: it is of the right shape. */
export function readPolicy(text: string): Policy {
  const { partitions, shared } = parse(text) as PolicyText
  return {
    partitions: partitions.map(({ name, code, data, console }) => ({
      name,
      code: bytes(code),
      data: bytes(data),
      console: console === true,
    })),
    shared: (shared ?? []).map(({ name, size, write, read }) => ({ name, size: bytes(size), write: write ?? [], read: read ?? [] })),
  }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, KiB: 1024, MiB: 1024 * 1024 }

function bytes(size: string | number): number {
  const [, count = '0', unit = ''] = /^(\d+)\s*(KiB|MiB)?$/.exec(String(size)) ?? []
  return Number(count) * (UNITS[unit] ?? 1)
}
