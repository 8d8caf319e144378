/** How names, sizes, times and bits are written: the forms that all topics share. Bytes and model cycles. */
import { MOST_PARTITIONS } from '../limits.js'
import type { Schema } from './json-schema.js'

const LARGEST_EXACT = Number.MAX_SAFE_INTEGER

const whole = (description: string, maximum: number): Schema => ({ type: 'integer', minimum: 0, maximum, description })

export const QUANTITIES: Readonly<Record<string, Schema>> = {
  name: {
    type: 'string',
    description: 'Lower-case letters, digits and single hyphens, beginning with a letter, such as flight-display.',
  },
  names: {
    type: 'array',
    maxItems: MOST_PARTITIONS,
    description: 'Names of partitions.',
    items: { $ref: '#/definitions/name' },
  },
  size: {
    description: 'Bytes, or text such as 16 KiB or 4 MiB.',
    anyOf: [whole('Bytes.', LARGEST_EXACT), { type: 'string', pattern: '^(0|[1-9][0-9]{0,8}) (B|KiB|MiB)$' }],
  },
  cycles: whole('Model cycles.', LARGEST_EXACT),
  address: whole('Virtual address, in bytes.', LARGEST_EXACT),
  count: whole('A whole number.', 0xffff_ffff),
  bits: {
    description: '64 bits; above 2^53 as quoted hexadecimal, such as "0x8000000000000000".',
    anyOf: [whole('As a number, such as 0x3.', LARGEST_EXACT), { type: 'string', pattern: '^0x[0-9A-Fa-f]{1,16}$' }],
  },
}
