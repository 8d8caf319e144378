/** The documents of a trace: what `--documents` asks for, over the traced files. What prints them is loaded only then. */
import { sha256 } from '../../evidence/attest/sha256.js'
import type { FolderWriter } from '../../evidence/items/folder-writer.js'
import type { TracedSet } from '../../evidence/items/traced-set.js'
import { chosenSets, creationDate, ownTemplates } from '../assurance/documents/document-options.js'
import type { Invocation } from '../command.js'

export type WriteDocuments = (set: TracedSet, writer: FolderWriter) => void

/** Writes nothing unless a set was asked for. */
export async function chosenDocuments(invocation: Invocation, tell: (line: string) => void): Promise<WriteDocuments> {
  const sets = chosenSets(invocation)
  const templates = ownTemplates(invocation)
  if (sets.length === 0) return () => undefined
  const { tracedDossier } = await import('../../evidence/documents/traced-dossier.js')
  const { writeDocuments } = await import('../assurance/documents/document-files.js')
  const own = { tell, ...creationDate(process.env), ...(templates === null ? {} : { templates }) }
  return (set, writer) => {
    const packDigest = sha256(set.sources.map(({ role, format, digest }) => `${role}  ${format}  ${digest}\n`).join(''))
    writeDocuments({ sets, dossier: tracedDossier(set), lint: false, options: { inputs: [], packDigest, ...own } }, writer)
  }
}
