/**
 * Reads a register of analyses and inspections (`bulkhead.method-artefacts/1`): who showed what, in which file, reviewed by whom. The
 * file of an artefact is named relative to the register.
 */
import { dirname, join, posix } from 'node:path'
import type { WrittenArtefact } from '../../items/traced-method.js'
import { EvidenceError, printPlace } from '../../model/errors.js'
import { isDay } from '../../model/day.js'
import type { YamlDocument } from '../../profiles/yaml-document.js'

/** An entry as the schema has it. */
export interface RegisterEntry extends Omit<WrittenArtefact, 'concerns' | 'path' | 'system' | 'expires' | 'place'> {
  readonly concerns: string | readonly string[]
  readonly system?: string
  readonly expires?: string
}

/** @param path of the document. @throws EvidenceError for an id that two entries have, and for a day that is none. */
export function artefactsOf(entries: readonly RegisterEntry[], document: YamlDocument, path: string): WrittenArtefact[] {
  const seen = new Set<string>()
  return entries.map((entry, at) => {
    const refuse = (key: string, what: string, remedy: string): EvidenceError =>
      new EvidenceError('schema-violation', { file: document.file, line: document.lineOf(['artefacts', at, key]) }, what, remedy)
    const { id, concerns, file, date, expires, system } = entry
    if (seen.has(id)) throw refuse('id', `two artefacts have the id ${id}`, 'give each its own')
    seen.add(id)
    if (!isDay(date)) throw refuse('date', `${date} is no day`, 'write it as 2026-01-31')
    if (expires !== undefined && !isDay(expires)) throw refuse('expires', `${expires} is no day`, 'write it as 2026-01-31')
    if (expires !== undefined && expires < date) throw refuse('expires', `it expires before its date ${date}`, 'correct one of the days')
    return {
      ...entry,
      concerns: typeof concerns === 'string' ? [concerns] : concerns,
      file: posix.join(posix.dirname(document.file), file),
      path: join(dirname(path), file),
      system: system ?? null,
      expires: expires ?? null,
      place: printPlace({ file: document.file, line: document.lineOf(['artefacts', at]) }),
    }
  })
}
