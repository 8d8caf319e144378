/** What a document says, for programs: attached to its PDF, so that the figures travel with the pages. Schema `bulkhead.document/1`. */
import type { Attachment } from '../render/render-options.js'
import type { Link } from '../model/view-parts.js'
import type { Dossier } from './dossier.js'

export const dossierSchema = 'bulkhead.document/1'

export function dossierData(set: string, title: string, dossier: Dossier): Attachment {
  const { system, passed, answer, sources, gates, verdicts, coverage, components } = dossier
  const texts = (links: readonly Link[]): readonly string[] => links.map(({ text }) => text)
  const value = {
    schema: dossierSchema,
    set,
    title,
    system,
    passed,
    answer,
    sources,
    gates: gates.map(({ name, required, measured, met }) => ({ name, required, measured, met })),
    verdicts: verdicts.map(({ of, state, count, total }) => ({ of, state, count, total })),
    coverage: coverage?.totals ?? null,
    components,
    requirements: Array.from(dossier.requirements(), ({ id, state, missing, tests }) => ({ id, state, missing, tests: texts(tests) })),
    tests: Array.from(dossier.tests(), ({ title: name, place, state, goal }) => ({ name, place, state, verifies: texts(goal) })),
  }
  return {
    name: `${set}.json`,
    mediaType: 'application/json',
    description: `What this document says, for programs: schema ${dossierSchema}`,
    relationship: 'Data',
    bytes: Buffer.from(`${JSON.stringify(value)}\n`),
  }
}
