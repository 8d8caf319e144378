/** `--map` serves one format, named by its member `format`; readers of other formats in the same run do as if there were none. */
import type { ReaderOptions } from '../../../items/reader.js'

export function mapFor(format: string, { map }: ReaderOptions): Readonly<Record<string, unknown>> | null {
  if (map === null) return null
  const stated = map['format']
  return stated === undefined || stated === format ? map : null
}
