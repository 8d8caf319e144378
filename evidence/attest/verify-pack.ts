/**
 * Checks a pack against its manifest, as an auditor would: nothing changed, missing or added, no link, no path that leads out of the
 * folder. Every problem is reported; an empty list means that the pack is the one the manifest describes.
 */
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareText } from '../model/text-order.js'
import { digestOfEntries, manifestName, manifestSchema, signatureName, type ManifestEntry } from './manifest.js'
import { listPack, type PackProblem } from './pack-files.js'
import { sha256File } from './sha256.js'

const largestManifest = 256 * 1024 * 1024

export function verifyPack(folder: string): PackProblem[] {
  const manifest = readManifest(folder)
  if ('problem' in manifest) return [manifest.problem]
  const listing = tryList(folder)
  if ('problem' in listing) return [listing.problem]
  const listed = new Map(manifest.entries.map((entry) => [entry.path, entry]))
  const present = new Set(listing.files)
  const linked = new Set(listing.problems.map(({ path }) => path))
  const problems = [
    ...manifest.problems,
    ...listing.problems,
    ...manifest.entries.filter(({ path }) => !linked.has(path)).flatMap((entry) => checkEntry(folder, entry, present)),
    ...listing.files
      .filter((path) => path !== manifestName && path !== signatureName && !listed.has(path))
      .map((path): PackProblem => ({ kind: 'extra', path, what: 'is not in the manifest' })),
  ]
  return problems.sort((a, b) => compareText(a.path, b.path) || compareText(a.kind, b.kind))
}

/** `path: what`, for a line of output. */
export function printProblem({ path, what }: PackProblem): string {
  return `${path}: ${what}`
}

/** A listed path is opened only when the walk over the folder found a plain file of that name: so no `..` and no link is followed. */
function checkEntry(folder: string, entry: ManifestEntry, present: ReadonlySet<string>): PackProblem[] {
  const { path } = entry
  if (path === signatureName) return [{ kind: 'malformed-manifest', path: manifestName, what: `lists ${signatureName}` }]
  if (!isInside(path)) return [{ kind: 'unsafe-path', path, what: 'leads out of the pack' }]
  if (!present.has(path)) return [{ kind: 'missing', path, what: 'is missing' }]
  try {
    const { digest, size } = sha256File(join(folder, path))
    if (digest === entry.sha256 && size === entry.size) return []
    return [{ kind: 'changed', path, what: size === entry.size ? 'has changed' : `has changed: ${size} bytes instead of ${entry.size}` }]
  } catch {
    return [{ kind: 'unreadable', path, what: 'cannot be read' }]
  }
}

function isInside(path: string): boolean {
  return !/^\/|\\|^[A-Za-z]:|\0/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

type Found<Value> = Value | { readonly problem: PackProblem }

function tryList(folder: string): Found<ReturnType<typeof listPack>> {
  try {
    return listPack(folder)
  } catch {
    return { problem: { kind: 'unreadable', path: '.', what: 'the folder cannot be read' } }
  }
}

function readManifest(folder: string): Found<{ readonly entries: readonly ManifestEntry[]; readonly problems: readonly PackProblem[] }> {
  const malformed = (what: string): { readonly problem: PackProblem } => ({
    problem: { kind: 'malformed-manifest', path: manifestName, what },
  })
  let value: unknown
  try {
    const state = lstatSync(join(folder, manifestName))
    if (!state.isFile()) return malformed('is no plain file')
    if (state.size > largestManifest) return malformed('is too large for a manifest')
    value = JSON.parse(readFileSync(join(folder, manifestName), 'utf8'))
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return absent ? { problem: { kind: 'missing', path: manifestName, what: 'is missing' } } : malformed('is not JSON')
  }
  if (!isRecord(value) || value['schema'] !== manifestSchema || !Array.isArray(value['files']))
    return malformed(`is not of schema ${manifestSchema}`)
  const entries: ManifestEntry[] = []
  for (const entry of value['files'] as readonly unknown[]) {
    if (!isEntry(entry)) return malformed('has an entry without path, size and sha256')
    entries.push(entry)
  }
  const problems: PackProblem[] = []
  if (new Set(entries.map(({ path }) => path)).size !== entries.length) problems.push(malformed('lists a path twice').problem)
  if (value['digest'] !== digestOfEntries(entries)) problems.push(malformed('has another digest than its list of files').problem)
  return { entries, problems }
}

function isEntry(value: unknown): value is ManifestEntry {
  return (
    isRecord(value) &&
    typeof value['path'] === 'string' &&
    typeof value['size'] === 'number' &&
    typeof value['sha256'] === 'string' &&
    /^[0-9a-f]{64}$/.test(value['sha256'])
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
