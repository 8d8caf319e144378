/**
 * Binary codecs: one description of a record serves writing and reading, so the two cannot disagree. Little endian, no padding.
 * Every value has exactly one encoding, and a reader refuses all others: equal configurations have equal vectors.
 */
import { invariant } from '../../common/errors.js'
import type { ByteReader, ByteWriter } from './byte-stream.js'

export interface Codec<T> {
  write(out: ByteWriter, value: T): void
  /** After a refusal the value means nothing; the caller asks the reader whether there was one. */
  read(from: ByteReader): T
}

/** Integer of 0 to `largest`, in 4 bytes. */
export function u32(largest = 0xffff_ffff): Codec<number> {
  return {
    write(out, value) {
      invariant(Number.isInteger(value) && value >= 0 && value <= largest, `u32 holds 0 to ${largest}, not ${value}`)
      out.u32(value)
    },
    read(from) {
      const value = from.u32()
      return value <= largest ? value : from.refuse(`number above ${largest}`, 0)
    },
  }
}

/** Address, size or time, in 8 bytes; exact as a number, so at most 2^53 - 1. */
export const u53: Codec<number> = {
  write(out, value) {
    invariant(Number.isSafeInteger(value) && value >= 0, `u53 holds 0 to 2^53 - 1, not ${value}`)
    out.u64(BigInt(value))
  },
  read(from) {
    const value = from.u64()
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : from.refuse('number above 2^53 - 1', 0)
  },
}

export const u64: Codec<bigint> = {
  write(out, value) {
    invariant(value >= 0n && value < 1n << 64n, `u64 holds 64 bits, not ${value}`)
    out.u64(value)
  },
  read: (from) => from.u64(),
}

export const flag: Codec<boolean> = {
  write: (out, value) => out.u8(value ? 1 : 0),
  read(from) {
    const value = from.u8()
    return value <= 1 ? value === 1 : from.refuse('flag is neither 0 nor 1', false)
  },
}

/** ASCII letters, digits, hyphen: one byte of length, then the characters. */
export function name(longest: number): Codec<string> {
  return {
    write(out, value) {
      invariant(value.length <= longest && NAME.test(value), `${JSON.stringify(value)} is a name of at most ${longest} characters`)
      out.u8(value.length)
      for (let i = 0; i < value.length; i++) out.u8(value.charCodeAt(i))
    },
    read(from) {
      const length = from.u8()
      if (length > longest) return from.refuse(`name longer than ${longest}`, '')
      const value = String.fromCharCode(...from.bytes(length))
      return NAME.test(value) ? value : from.refuse('not a name', '')
    },
  }
}

const NAME = /^[a-z][a-z0-9-]*$/

/** One of a fixed list, as its index in one byte: the order of the list is part of the format. */
export function choice<T extends string>(values: readonly T[]): Codec<T> {
  return {
    write: (out, value) => out.u8(values.indexOf(value)),
    read(from) {
      const value = values[from.u8()]
      const first = values[0]
      invariant(first !== undefined, 'a choice has values')
      return value ?? from.refuse('no such choice', first)
    },
  }
}

/** A subset of a fixed list, as bits in 4 bytes; read in the order of the list. */
export function subset<T extends string>(values: readonly T[]): Codec<readonly T[]> {
  invariant(values.length < 32, 'a subset fits 4 bytes')
  return {
    write: (out, value) => out.u32(values.reduce((bits, each, index) => (value.includes(each) ? bits + 2 ** index : bits), 0)),
    read(from) {
      const bits = from.u32()
      if (bits >= 2 ** values.length) return from.refuse('bit of no member', [])
      return values.filter((_, index) => (bits & (1 << index)) !== 0)
    },
  }
}

/** A flag, then the value where there is one. */
export function optional<T>(item: Codec<T>): Codec<T | undefined> {
  return {
    write(out, value) {
      flag.write(out, value !== undefined)
      if (value !== undefined) item.write(out, value)
    },
    read: (from) => (flag.read(from) ? item.read(from) : undefined),
  }
}

/** A count in 4 bytes, then that many. */
export function list<T>(item: Codec<T>, longest: number): Codec<readonly T[]> {
  return {
    write(out, values) {
      invariant(values.length <= longest, `at most ${longest}, not ${values.length}`)
      out.u32(values.length)
      for (const value of values) item.write(out, value)
    },
    read(from) {
      const count = from.u32()
      if (count > longest) return from.refuse(`more than ${longest}`, [])
      const values: T[] = []
      while (values.length < count && !from.refused) values.push(item.read(from))
      return values
    },
  }
}

/** Fields in the order in which they are described. */
export function struct<T extends object>(fields: { readonly [K in keyof T]-?: Codec<T[K]> }): Codec<T> {
  const keys = Object.keys(fields) as (keyof T & string)[]
  return {
    write(out, value) {
      for (const key of keys) fields[key].write(out, value[key])
    },
    read: (from) => Object.fromEntries(keys.map((key) => [key, fields[key].read(from)])) as T,
  }
}

/** A closed union by its `kind`: one byte of tag, then the fields of that kind. */
export function union<T extends { readonly kind: string }>(variants: {
  readonly [K in T['kind']]: Codec<Omit<Extract<T, { readonly kind: K }>, 'kind'>>
}): Codec<T> {
  const kinds = Object.keys(variants) as T['kind'][]
  const kind = choice(kinds)
  const fieldsOf = (of: T['kind']) => variants[of] as Codec<object>
  return {
    write(out, value) {
      kind.write(out, value.kind)
      fieldsOf(value.kind).write(out, value)
    },
    read(from) {
      const of = kind.read(from)
      return Object.fromEntries([['kind', of], ...Object.entries(fieldsOf(of).read(from))]) as T
    },
  }
}
