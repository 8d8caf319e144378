/** What `--map` gives to the readers: a mapping in YAML, whose members are those of the format that is read. */
import { parseYaml } from '../../evidence/profiles/yaml-document.js'
import type { ReaderOptions } from '../../evidence/items/reader.js'
import { EvidenceError } from '../../evidence/model/errors.js'
import { regularText } from './regular-text.js'

/** @throws EvidenceError `unreadable-file`, `malformed-yaml`, `schema-violation` */
export function readerOptions(map: string): ReaderOptions {
  const { value } = parseYaml(map, regularText(map))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { map: value as Readonly<Record<string, unknown>> }
  throw new EvidenceError('schema-violation', { file: map }, 'holds no mapping', 'write keys and values as the format wants them')
}
