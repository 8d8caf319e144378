/** Reads a policy and its justifications (`bulkhead.policy/1`), YAML or JSON, checked against their schemas. */
import { dirname, join } from 'node:path'
import { isDay } from '../../model/day.js'
import { EvidenceError, printPlace } from '../../model/errors.js'
import type { InclusionStatus } from '../../items/requirement-item.js'
import type { WrittenArtefact } from '../../items/traced-method.js'
import type { Defect } from '../../items/traced-set.js'
import { checkDocument } from '../../profiles/schema-check.js'
import { packageFile } from '../../profiles/schema-file.js'
import { parseYaml, type YamlDocument, type YamlPath } from '../../profiles/yaml-document.js'
import { artefactsOf, type RegisterEntry } from './artefact-register.js'
import { measures } from './gate-results.js'
import {
  defaultPolicy,
  kindName,
  type Gate,
  type Policy,
  type ReferencePattern,
  type Severity,
  type Want,
  type WrittenJustification,
} from './policy.js'

/** The shapes as their schemas have them. */
interface WrittenPolicy {
  readonly title?: string
  readonly kinds?: Readonly<Record<string, Want>>
  readonly status?: { readonly excluded?: readonly string[] }
  readonly inclusion?: readonly InclusionStatus[]
  readonly links?: { readonly above?: readonly string[]; readonly below?: readonly string[] }
  readonly references?: { readonly patterns?: readonly string[]; readonly prefixes?: readonly string[]; readonly infer?: boolean }
  readonly containers?: Policy['containers']
  readonly commonCriteria?: readonly string[]
  readonly methods?: Policy['methods']
  readonly severities?: Readonly<Partial<Record<Defect['kind'], Severity>>>
  readonly gates?: readonly WrittenGate[]
  readonly justifications?: string | readonly WrittenEntry[]
  readonly artefacts?: string
}

interface WrittenGate {
  readonly measure: string
  readonly 'at-least'?: number | string
  readonly 'at-most'?: number | string
}

type WrittenEntry = Omit<WrittenJustification, 'place'>

/**
 * @param name what messages print; `read` opens a file by such a name and the path beside it.
 * @throws EvidenceError, one line with the place, for what the schema does not know, an unknown measure, a date that is none.
 */
export function readPolicy(name: string, path: string, read: (name: string, path: string) => string): Policy {
  const document = parseYaml(name, read(name, path))
  checkDocument(document, schemaPath('policy'), 'bulkhead.policy/1')
  const written = document.value as WrittenPolicy
  const { references = {}, links = {} } = written
  return {
    title: written.title ?? name,
    kinds: new Map([...defaultPolicy.kinds, ...Object.entries(written.kinds ?? {}).map(([kind, want]) => [kindName(kind), want] as const)]),
    excludedStatus: written.status?.excluded === undefined ? defaultPolicy.excludedStatus : lowerCase(written.status.excluded),
    included: written.inclusion === undefined ? defaultPolicy.included : new Set(written.inclusion),
    ...rolesOf(links),
    references: {
      patterns: (references.patterns ?? []).map((source, at) => compile(source, document, at)),
      prefixes: new Set([...defaultPolicy.references.prefixes, ...lowerCase(references.prefixes ?? [])]),
      infer: references.infer ?? defaultPolicy.references.infer,
    },
    containers: written.containers ?? defaultPolicy.containers,
    commonCriteria: written.commonCriteria === undefined ? null : new Set(written.commonCriteria),
    methods: written.methods ?? defaultPolicy.methods,
    severities: { ...defaultPolicy.severities, ...written.severities },
    gates: written.gates?.map((gate, at) => gateOf(gate, document, at)) ?? defaultPolicy.gates,
    justifications: justificationsOf(written, document, { name, path, read }),
    artefacts: written.artefacts === undefined ? null : registerOf(written.artefacts, { name, path, read }),
  }
}

/** A role that the policy puts on one side is taken off the other. */
function rolesOf({ above = [], below = [] }: NonNullable<WrittenPolicy['links']>): Pick<Policy, 'above' | 'below'> {
  const [up, down] = [lowerCase(above), lowerCase(below)]
  return {
    above: new Set([...[...defaultPolicy.above].filter((role) => !down.has(role)), ...up]),
    below: new Set([...[...defaultPolicy.below].filter((role) => !up.has(role)), ...down]),
  }
}

const lowerCase = (words: readonly string[]): Set<string> => new Set(words.map((word) => word.toLowerCase()))

function compile(source: string, document: YamlDocument, at: number): ReferencePattern {
  try {
    return { source, expression: new RegExp(source, 'u') }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'no regular expression'
    throw refusal(document, ['references', 'patterns', at], reason, 'correct the pattern', cause)
  }
}

function gateOf(gate: WrittenGate, document: YamlDocument, at: number): Gate {
  const path = ['gates', at, 'measure']
  if (!measures.includes(gate.measure))
    throw refusal(document, path, `unknown measure ${JSON.stringify(gate.measure)}`, `write one of ${measures.join(', ')}`)
  const relation = gate['at-least'] === undefined ? 'at-most' : 'at-least'
  const bound = gate[relation] ?? 0
  const percent = typeof bound === 'string'
  const value = percent ? Number(bound.replace('%', '').trim()) : bound
  if (percent && (gate.measure.endsWith('.total') || value > 100))
    throw refusal(document, path, `${bound} of ${gate.measure} is no share`, 'write a number, or a share of at most 100 %')
  return { measure: gate.measure, relation, bound: { value, percent } }
}

interface PolicyFile {
  readonly name: string
  readonly path: string
  readonly read: (name: string, path: string) => string
}

function justificationsOf({ justifications = [] }: WrittenPolicy, document: YamlDocument, file: PolicyFile): WrittenJustification[] {
  if (typeof justifications !== 'string') return entriesOf(justifications, document)
  const { document: own } = readBeside(justifications, file, 'requirement-justifications')
  return entriesOf((own.value as { readonly justifications: readonly WrittenEntry[] }).justifications, own)
}

function entriesOf(entries: readonly WrittenEntry[], document: YamlDocument): WrittenJustification[] {
  const seen = new Set<string>()
  return entries.map((entry, at) => {
    const path = ['justifications', at]
    if (seen.has(entry.concerns)) throw refusal(document, path, `${entry.concerns} has two justifications`, 'write one')
    seen.add(entry.concerns)
    for (const key of ['date', 'expires'] as const)
      if (!isDay(entry[key])) throw refusal(document, [...path, key], `${entry[key]} is no day`, 'write it as 2026-01-31')
    if (entry.expires < entry.date) throw refusal(document, path, `it expires before its date ${entry.date}`, 'correct one of the days')
    return { ...entry, place: printPlace({ file: document.file, line: document.lineOf(path) }) }
  })
}

function registerOf(register: string, file: PolicyFile): WrittenArtefact[] {
  const { document, path } = readBeside(register, file, 'method-artefacts')
  return artefactsOf((document.value as { readonly artefacts: readonly RegisterEntry[] }).artefacts, document, path)
}

/** A file that the policy names, relative to itself. */
function readBeside(beside: string, file: PolicyFile, schema: string): { readonly document: YamlDocument; readonly path: string } {
  const path = join(dirname(file.path), beside)
  const name = `${file.name.slice(0, file.name.lastIndexOf('/') + 1)}${beside}`
  const document = parseYaml(name, file.read(name, path))
  checkDocument(document, schemaPath(schema), `bulkhead.${schema}/1`)
  return { document, path }
}

function refusal(document: YamlDocument, path: YamlPath, what: string, remedy: string, cause?: unknown): EvidenceError {
  return new EvidenceError('schema-violation', { file: document.file, line: document.lineOf(path) }, what, remedy, { cause })
}

const schemaPath = (name: string): string => packageFile('evidence', 'trace', 'items', 'schema', `${name}.schema.json`)
