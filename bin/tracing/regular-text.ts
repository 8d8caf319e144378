/** Text of a file that the user names. A pipe or a device is refused: reading one would wait for whoever writes it. */
import { readFileSync, statSync } from 'node:fs'
import { EvidenceError } from '../../evidence/model/errors.js'

/** @param name what messages print. @throws EvidenceError `unreadable-file` */
export function regularText(name: string, path: string = name): string {
  let regular: boolean
  try {
    regular = statSync(path).isFile()
    if (regular) return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: name }, 'cannot be read', 'check name and permissions', { cause })
  }
  throw new EvidenceError('unreadable-file', { file: name }, 'is no regular file', 'write its text into a file, and name that')
}
