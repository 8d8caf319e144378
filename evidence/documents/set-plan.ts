/** A document set over a dossier as a plan that both HTML and PDF follow. Long lists are cut into chunks of rows, made while they are printed. */
import type { Chunk, DocumentPlan, Part } from '../render/document-plan.js'
import { createNumbering } from '../render/numbering.js'
import { describedSet, type DocumentSet, type SetDescription, type SetPart } from './document-sets.js'
import type { Dossier, DossierRequirement } from './dossier.js'

/** Rows of one table, and tests of one chunk: enough to be fast, few enough to stay small in memory. */
const tableRows = 400
const testsAtOnce = 20

const front: readonly Part[] = [
  { id: 'cover', number: '', title: 'Overview', page: 'index' },
  { id: 'identification', number: '', title: 'Identification', page: 'index' },
]

export function setPlan(set: DocumentSet, dossier: Dossier, packDigest: string): DocumentPlan {
  const description = describedSet(set)
  const parts = description.parts.map(({ id, title }, index): Part => ({ id, number: String(index + 1), title, page: id }))
  return {
    title: description.title,
    subtitle: description.subtitle,
    system: dossier.system,
    dirty: dossier.dirty,
    parts: [...front, ...parts],
    numbering: createNumbering([
      ['T', dossier.testAnchors],
      ['M', dossier.modules.map(({ anchor }) => anchor)],
    ]),
    *chunks() {
      const [cover, identification] = front
      if (cover === undefined || identification === undefined) return
      const { title, subtitle, name, purpose } = description
      const state = dossier.passed ? 'met' : 'not-met'
      yield chunk(cover, 'document-cover', { title, subtitle, set: name, purpose, dossier: printed(dossier), packDigest, state }, true)
      yield chunk(identification, 'document-identification', { dossier: printed(dossier) }, true)
      for (const [index, part] of parts.entries()) {
        const own = description.parts[index]
        if (own !== undefined) yield* partChunks(part, own, description, dossier)
      }
    },
  }
}

function chunk(part: Part, template: string, context: object, isFront = false): Chunk {
  return { part, template, front: isFront, context: { part, ...context } }
}

/** What the front prints; the long lists are not for it. */
function printed({ system, dirty, answer, headlines, identification, sources, gates, verdicts }: Dossier): object {
  return { system, dirty, answer, headlines, identification, sources, gates, verdicts }
}

function* partChunks(part: Part, { kind, lead }: SetPart, description: SetDescription, dossier: Dossier): Generator<Chunk> {
  switch (kind) {
    case 'test-plan': {
      const { platform, commands, referenceRule, testAnchors } = dossier
      const scope = `${testAnchors.length} tests. What they cover is told requirement by requirement; what they do not cover is listed with the reason.`
      const order = orderText(dossier)
      yield chunk(part, kind, { lead, scope, order, dossier: { platform, commands, referenceRule } })
      return
    }
    case 'test-cases':
      for (const { rows, first } of batches(dossier.tests(), testsAtOnce))
        yield chunk(part, kind, { lead, first, tests: rows, none: rows.length === 0 })
      return
    case 'test-results':
      yield* tables(part, kind, lead, dossier.tests(), 'Tests')
      return
    case 'requirement-tests':
    case 'requirement-links':
      yield* tables(part, kind, lead, dossier.requirements(), 'Requirements')
      return
    case 'interface-tests':
      yield chunk(part, kind, { lead, rows: dossier.interfaces ?? [] })
      return
    case 'module-tests':
      yield chunk(part, kind, { lead, rows: dossier.modules })
      return
    case 'structural-coverage':
      yield chunk(part, kind, { lead, coverage: dossier.coverage })
      return
    case 'interface-document':
      for (const { rows, first } of batches(dossier.interfaces ?? [], testsAtOnce))
        yield chunk(part, kind, { lead, first, rows, none: rows.length === 0 })
      return
    case 'evaluator-hand-over':
      yield chunk(part, kind, handOver(lead, dossier))
      return
    case 'register': {
      const { anomalies, methods, justifications } = dossier
      const vulnerabilities = part.id.startsWith('ava') ? 'None stated. A search for vulnerabilities is not part of this document.' : null
      yield chunk(part, kind, { lead, anomalies, methods, justifications, vulnerabilities })
      return
    }
    case 'platform-evidence':
      yield chunk(part, kind, { lead, platform: dossier.platform, limits: dossier.limits })
      return
    case 'components': {
      const rows = description.components(dossier)
      yield chunk(part, kind, {
        lead,
        rows,
        heading: description.heading,
        caption: `${description.heading}s: what is provided and what is not`,
      })
      return
    }
    default: {
      const never: never = kind
      throw new Error(`no part ${String(never)}`)
    }
  }
}

function* tables(
  part: Part,
  template: string,
  lead: readonly string[],
  list: Iterable<Pick<DossierRequirement, 'anchor'>>,
  what: string,
): Generator<Chunk> {
  for (const { rows, first, from } of batches(list, tableRows)) {
    const title = `${what} ${from + 1} to ${from + rows.length}`
    yield chunk(part, template, { lead, first, anchor: `${part.id}-${from + 1}`, title, caption: title, rows })
  }
}

/** At least one batch, so that a part without rows says so. */
function* batches<Row>(
  list: Iterable<Row>,
  size: number,
): Generator<{ readonly rows: readonly Row[]; readonly first: boolean; readonly from: number }> {
  let rows: Row[] = []
  let from = 0
  for (const row of list) {
    rows.push(row)
    if (rows.length < size) continue
    yield { rows, first: from === 0, from }
    from += rows.length
    rows = []
  }
  if (rows.length > 0 || from === 0) yield { rows, first: from === 0, from }
}

function orderText({ tests }: Dossier): string {
  let total = 0
  let stated = 0
  for (const { dependencies } of tests()) {
    total += 1
    if (dependencies !== 'not stated') stated += 1
  }
  return `${stated} of ${total} tests state whether they depend on the order in which they run. Nothing here shows that the others do not.`
}

function handOver(lead: readonly string[], dossier: Dossier): object {
  const counted = dossier.verdicts.filter(({ of }) => of === 'tests' || of === 'scenarios')
  return {
    lead,
    commands: dossier.commands,
    suite: [
      { name: 'System', text: dossier.system },
      { name: 'Tests', text: String(dossier.testAnchors.length) },
      {
        name: 'Equipment',
        text: dossier.platform.length === 0 ? 'not stated' : dossier.platform.map(({ name, text }) => `${name}: ${text}`).join('; '),
      },
    ],
    sheet: [
      { name: 'Version and digest of the system', text: dossier.system },
      { name: 'Installed as the guidance says', text: 'not stated' },
      { name: 'Tests repeated', text: `${dossier.testAnchors.length} in all` },
      ...counted.map(({ verdict, count }) => ({ name: `Tests with the verdict “${verdict}”`, text: String(count) })),
      { name: 'Tests of the evaluator', text: 'none' },
      { name: 'Discrepancies', text: 'none known' },
    ],
  }
}
