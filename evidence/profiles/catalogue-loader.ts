/** Reads a catalogue folder: `profile.yaml` and the parts it lists. Every id once, every reference resolved, every source named. */
import type { Catalogue, ClassList } from '../model/catalogue.js'
import { EvidenceError, type SourcePlace } from '../model/errors.js'
import type { IdIndex, IdKind } from './id-index.js'
import { checkShape } from './schema-check.js'
import { textOf, type TextFiles } from './text-files.js'
import type { WrittenClassList, WrittenPart } from './written-shapes.js'
import { parseYaml, type YamlDocument, type YamlPath } from './yaml-document.js'

interface LoadedPart {
  readonly document: YamlDocument
  readonly part: Partial<WrittenPart>
}

/** @throws EvidenceError for a file that is missing or malformed, an id defined twice, a reference to nothing. */
export function loadCatalogue(folder: string, files: TextFiles, index: IdIndex): Catalogue {
  const head = parseYaml(`${folder}/profile.yaml`, textOf(files, `${folder}/profile.yaml`))
  const { parts: names, classes, ...identification } = checkShape(head, 'catalogue-profile')
  for (const id of Object.keys(identification.sources)) index.define('source', id, place(head, ['sources', id]))
  referSources(index, head, ['profile', 'evidence'], identification.profile.evidence)

  const parts = names.map((name): LoadedPart => {
    const document = parseYaml(`${folder}/${name}`, textOf(files, `${folder}/${name}`))
    return { document, part: checkShape(document, 'catalogue-part') }
  })
  for (const part of parts) defineIds(part, index)
  for (const part of parts) resolve(part, index)
  const all = <Key extends keyof WrittenPart>(key: Key): WrittenPart[Key][number][] => parts.flatMap(({ part }) => [...(part[key] ?? [])])
  return {
    ...identification,
    classes: { sfr: completeClasses(classes.sfr), sar: completeClasses(classes.sar) },
    components: all('components'),
    assurance: all('assurance'),
    threats: all('threats'),
    objectives: all('objectives'),
    assumptions: all('assumptions'),
    policies: all('policies'),
    notInProfile: all('notInProfile').map((entry) => ({ ...entry, evidence: entry.evidence ?? [] })),
  }
}

function completeClasses(list: WrittenClassList): ClassList {
  return { ...list, absent: list.absent ?? [], reasoning: list.reasoning ?? null }
}

function defineIds({ document, part }: LoadedPart, index: IdIndex): void {
  const define = (kind: IdKind, key: keyof WrittenPart): void =>
    (part[key] ?? []).forEach(({ id }, i) => index.define(kind, id, place(document, [key, i, 'id'])))
  define('component', 'components')
  define('assurance component', 'assurance')
  define('threat', 'threats')
  define('objective', 'objectives')
  define('assumption', 'assumptions')
  define('policy', 'policies')
  define('absent component', 'notInProfile')
  part.components?.forEach((component, i) => {
    belongs(
      document,
      ['components', i, 'class'],
      component.id.startsWith(`${component.class}_`),
      `component ${component.id} in class ${component.class}`,
    )
    component.elements.forEach(({ id }, k) => {
      const path = ['components', i, 'elements', k, 'id']
      belongs(document, path, id.startsWith(`${component.id}.`), `element ${id} in component ${component.id}`)
      index.define('element', id, place(document, path))
    })
  })
}

function resolve({ document, part }: LoadedPart, index: IdIndex): void {
  part.components?.forEach(({ classEvidence, capabilityEvidence }, i) => {
    referSources(index, document, ['components', i, 'classEvidence'], classEvidence)
    referSources(index, document, ['components', i, 'capabilityEvidence'], capabilityEvidence)
  })
  part.assurance?.forEach(({ classEvidence }, i) => referSources(index, document, ['assurance', i, 'classEvidence'], classEvidence))
  part.notInProfile?.forEach(({ evidence }, i) => referSources(index, document, ['notInProfile', i, 'evidence'], evidence ?? []))
  part.objectives?.forEach(({ sfrs, sars }, i) => {
    sfrs.forEach((id, k) => index.refer(['component'], id, place(document, ['objectives', i, 'sfrs', k])))
    sars.forEach((id, k) => index.refer(['assurance component'], id, place(document, ['objectives', i, 'sars', k])))
  })
}

function referSources(index: IdIndex, document: YamlDocument, path: YamlPath, sources: readonly string[]): void {
  sources.forEach((source, i) => index.refer(['source'], source, place(document, [...path, i])))
}

function belongs(document: YamlDocument, path: YamlPath, holds: boolean, what: string): void {
  if (!holds)
    throw new EvidenceError('schema-violation', place(document, path), `${what}: the ids do not agree`, 'correct the id, or move the entry')
}

function place(document: YamlDocument, path: YamlPath): SourcePlace {
  return { file: document.file, line: document.lineOf(path) }
}
