/** Every reader that the product registers, whatever it reads. */
import { coverageReaders } from '../../evidence/exchange/coverage/formats.js'
import { requirementReaders } from '../../evidence/exchange/requirements/formats.js'
import { resultReaders } from '../../evidence/exchange/results/formats.js'
import type { Reader } from '../../evidence/items/reader.js'

export const allReaders: readonly Reader<unknown>[] = [...requirementReaders, ...resultReaders, ...coverageReaders]

export function readerOf(format: string): Reader<unknown> | undefined {
  return allReaders.find((reader) => reader.format === format)
}
