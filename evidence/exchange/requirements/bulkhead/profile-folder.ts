/** The YAML files of a profile folder, by the name that reports print: those of the folder itself and of the catalogues below it. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { InputFile } from '../../../items/reader.js'
import { EvidenceError } from '../../../model/errors.js'
import { compareText } from '../../../model/text-order.js'
import type { TextFiles } from '../../../profiles/text-files.js'
import { readSourceText } from '../../text/source-text.js'

/** More than any profile has; a folder with more is another one. */
const most = 1000

/** Bytes. */
const longestFile = 1024 * 1024

/** @throws EvidenceError `unreadable-file`, `too-large` and those of a text file */
export async function profileFolder(name: string, path: string): Promise<TextFiles> {
  const texts = new Map<string, string>()
  for (const file of yamlFiles(name, path)) {
    if (texts.size >= most)
      throw new EvidenceError('too-large', { file: name }, `more than ${most} YAML files`, 'give the folder of one profile')
    texts.set(file.name, await readSourceText(file, longestFile))
  }
  return texts
}

/** Folders one level down only: a catalogue lies beside the security target. */
function yamlFiles(name: string, path: string, isTop = true): InputFile[] {
  return listed(name, path).flatMap((entry): InputFile[] => {
    const inner = { name: name === '' ? entry.name : `${name}/${entry.name}`, path: join(path, entry.name) }
    if (entry.isDirectory())
      return isTop && entry.name !== 'schema' && !entry.name.startsWith('.') ? yamlFiles(inner.name, inner.path, false) : []
    return entry.isFile() && entry.name.endsWith('.yaml') ? [inner] : []
  })
}

function listed(name: string, path: string) {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name))
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: name }, 'no such folder', 'name a file of the profile', { cause })
  }
}
