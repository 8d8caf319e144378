/**
 * Reads `trace.json` (schema `bulkhead.trace/1`) back: what two traces are compared by, and what a sample is drawn from. Where a
 * manifest lies beside it, the file must be the one it was made for.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createHash } from 'node:crypto'
import { EvidenceError } from '../../model/errors.js'
import { scenarioVerdicts } from '../../model/verdict.js'
import type { TracedRecord, RecordedModule, RecordedRequirement, RecordedTest } from '../../items/traced-record.js'
import { traceFile, traceSchema } from './trace-json.js'

/** @param path a folder with `trace.json`, or the file. @throws EvidenceError for what is no trace, or not the one of its manifest. */
export function readTrace(name: string, path: string): TracedRecord {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, traceFile) : path
  const shown = file === path ? name : `${name.replace(/\/$/, '')}/${traceFile}`
  let text: string
  try {
    // A pipe would wait for whoever writes it.
    if (!statSync(file).isFile()) throw new TypeError('no regular file')
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: shown }, 'cannot be read', 'name the folder that bulkhead trace wrote', { cause })
  }
  checkManifest(file, shown, text)
  return recordOf(shown, text)
}

function checkManifest(file: string, shown: string, text: string): void {
  const manifest = join(dirname(file), 'manifest.json')
  if (!existsSync(manifest)) return
  const value = parse(`${shown.slice(0, -basename(file).length)}manifest.json`, readFileSync(manifest, 'utf8'))
  const entries = isRecord(value) && Array.isArray(value['files']) ? (value['files'] as readonly unknown[]) : []
  const entry = entries.find((each) => isRecord(each) && each['path'] === basename(file))
  if (isRecord(entry) && entry['sha256'] === createHash('sha256').update(text).digest('hex')) return
  throw new EvidenceError(
    'digest-mismatch',
    { file: shown },
    'is not the file its manifest was made for',
    'use the folder as bulkhead wrote it, or trace again',
  )
}

function recordOf(file: string, text: string): TracedRecord {
  const value = parse(file, text)
  const refuse = (what: string): EvidenceError =>
    new EvidenceError('schema-violation', { file }, what, `name a file of schema ${traceSchema}`)
  if (!isRecord(value) || value['schema'] !== traceSchema) throw refuse('is no trace')
  const { requirements, tests, title, passed } = value
  if (!Array.isArray(requirements) || !Array.isArray(tests) || typeof title !== 'string' || typeof passed !== 'boolean')
    throw refuse('lacks requirements, tests, title or passed')
  const coverage = isRecord(value['coverage']) ? value['coverage'] : null
  const modules = Array.isArray(coverage?.['modules']) ? (coverage['modules'] as readonly unknown[]) : []
  return {
    title,
    passed,
    requirements: requirements.map(
      (entry: unknown, at) => requirementOf(entry, tests.length, requirements.length) ?? fail(refuse(`requirement ${at + 1} is none`)),
    ),
    tests: tests.map((entry: unknown, at) => testOf(entry, requirements.length) ?? fail(refuse(`test ${at + 1} is none`))),
    modules: modules.map((entry, at) => moduleOf(entry) ?? fail(refuse(`module ${at + 1} is none`))),
    totals: isRecord(coverage?.['totals']) ? countsOf(coverage['totals']) : countsOf({}),
  }
}

const requirementVerdicts: readonly RecordedRequirement['verdict'][] = [
  'passed',
  'failed',
  'partial',
  'uncovered',
  'stale',
  'justified',
  'not-required',
]

function requirementOf(value: unknown, tests: number, requirements: number): RecordedRequirement | undefined {
  if (!isRecord(value)) return undefined
  const { id, verdict, deep } = value
  const known = requirementVerdicts.find((each) => each === verdict)
  if (typeof id !== 'string' || known === undefined || typeof deep !== 'string') return undefined
  const [own, above, below] = [
    positions(value['tests'], tests),
    positions(value['above'], requirements),
    positions(value['below'], requirements),
  ]
  if (own === undefined || above === undefined || below === undefined) return undefined
  return {
    id,
    revision: textOf(value['revision']),
    kind: textOf(value['kind']) ?? '',
    title: textOf(value['title']) ?? '',
    text: textOf(value['text']) ?? '',
    place: textOf(value['place']) ?? '',
    verdict: known,
    tests: own,
    above,
    below,
  }
}

function testOf(value: unknown, requirements: number): RecordedTest | undefined {
  if (!isRecord(value)) return undefined
  const { key, name, verdict } = value
  const known = scenarioVerdicts.find((each) => each === verdict)
  const own = positions(value['requirements'], requirements)
  if (typeof key !== 'string' || typeof name !== 'string' || known === undefined || own === undefined) return undefined
  return {
    key,
    name,
    suite: textOf(value['suite']) ?? '',
    example: texts(value['example']),
    place: textOf(value['place']) ?? '',
    verdict: known,
    requirements: own,
    sourceDigest: textOf(value['sourceDigest']),
    interfaces: texts(value['interfaces']),
    modules: texts(value['modules']),
  }
}

function moduleOf(value: unknown): RecordedModule | undefined {
  return isRecord(value) && typeof value['path'] === 'string' ? { path: value['path'], ...countsOf(value) } : undefined
}

function countsOf(value: Readonly<Record<string, unknown>>): TracedRecord['totals'] {
  const count = (name: string): TracedRecord['totals']['lines'] => {
    const found = value[name]
    if (!isRecord(found) || typeof found['covered'] !== 'number' || typeof found['total'] !== 'number') return null
    return { covered: found['covered'], total: found['total'] }
  }
  return { statements: count('statements'), branches: count('branches'), functions: count('functions'), lines: count('lines') }
}

/** Undefined: a number that leads nowhere. */
function positions(value: unknown, limit: number): readonly number[] | undefined {
  if (value === undefined) return []
  if (!Array.isArray(value)) return undefined
  const all = value as readonly unknown[]
  return all.every((at): at is number => typeof at === 'number' && Number.isInteger(at) && at >= 0 && at < limit) ? all : undefined
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each: unknown): each is string => typeof each === 'string') : []

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new EvidenceError('malformed-json', { file }, 'is no JSON', 'name the folder that bulkhead trace wrote', { cause })
  }
}

function fail(error: EvidenceError): never {
  throw error
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
