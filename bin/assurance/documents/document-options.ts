/** Options of every command that writes documents. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { documentSets, type DocumentSet } from '../../../evidence/documents/document-sets.js'
import { UsageError, type CommandOption, type Invocation } from '../../command.js'

export const documentsOption: CommandOption = {
  type: 'string',
  multiple: true,
  value: 'SET',
  help: `a document set as PDF and HTML: ${documentSets.join(', ')}; repeat it`,
}

export const templatesOption: CommandOption = {
  type: 'string',
  value: 'FOLDER',
  help: 'own theme, front matter, sections and templates for the documents; what it does not hold is taken from ours',
}

/** @throws UsageError for a set that does not exist. */
export function chosenSets(invocation: Invocation): readonly DocumentSet[] {
  return invocation
    .list('documents')
    .flatMap((list) => list.split(','))
    .map((name) => {
      const set = documentSets.find((known) => known === name)
      if (set !== undefined) return set
      throw new UsageError(`--documents ${JSON.stringify(name)}: not one of ${documentSets.join(', ')}`)
    })
}

/** Null: ours alone. */
export function ownTemplates(invocation: Invocation): string | null {
  const folder = invocation.text('templates')
  if (folder === undefined) return null
  if (existsSync(folder)) return resolve(folder)
  throw new UsageError(`${folder}: no such folder; remedy: correct --templates`)
}

/** SOURCE_DATE_EPOCH, as reproducible builds have it: seconds since 1970. */
export function creationDate({ SOURCE_DATE_EPOCH: text }: NodeJS.ProcessEnv): { readonly created?: number } {
  if (text === undefined || text === '') return {}
  if (/^\d{1,11}$/u.test(text)) return { created: Number(text) }
  throw new UsageError(`SOURCE_DATE_EPOCH ${JSON.stringify(text)} is no number of seconds; correct it or unset it`)
}
