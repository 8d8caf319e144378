/** Files already read: printed name (relative, `/` between folders) to text. What parses them touches no disk. */
import { EvidenceError } from '../model/errors.js'

export type TextFiles = ReadonlyMap<string, string>

/** @throws EvidenceError `unreadable-file` */
export function textOf(files: TextFiles, file: string): string {
  const text = files.get(file)
  if (text === undefined)
    throw new EvidenceError('unreadable-file', { file }, 'no such file', 'create it, or correct the name that leads to it')
  return text
}
