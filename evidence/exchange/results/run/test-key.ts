/** The lasting key of a test, from names and places alone. */
import { hash } from 'node:crypto'

/** 16 hexadecimal digits. */
export function testKey(...parts: readonly string[]): string {
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 16)
}
