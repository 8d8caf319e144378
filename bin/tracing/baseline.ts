/**
 * The digests that are current: of the features below `--root`, and of what a `--baseline` states (`bulkhead.baseline/1`). Nothing is
 * judged stale that neither speaks of.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TestRun } from '../../evidence/items/test-run.js'
import { EvidenceError } from '../../evidence/model/errors.js'
import { noBaseline, unstatedRun, type Baseline, type RunDigests } from '../../evidence/trace/items/freshness.js'

/** Paths as they were given; null: not given. */
export interface BaselinePaths {
  readonly root: string | null
  readonly baseline: string | null
  /** Facts of the run. */
  readonly run: string | null
}

export function baselineOf(
  { root, baseline, run: facts }: BaselinePaths,
  run: TestRun,
): { readonly baseline: Baseline; readonly runDigests: RunDigests } {
  const features = root === null ? null : featureDigests(resolve(root), run)
  const stated = baseline === null ? noBaseline : readBaseline(baseline)
  return {
    baseline: {
      ...stated,
      features: merge(features, stated.features),
      unstatedFeatures: stated.features === null ? 'not-judged' : 'stale',
    },
    runDigests: facts === null ? unstatedRun : readRunDigests(facts),
  }
}

/** What a baseline states outweighs what lies on disk: it may describe another place. */
function merge(disk: Baseline['features'], stated: Baseline['features']): Baseline['features'] {
  if (disk === null || stated === null) return stated ?? disk
  return new Map([...disk, ...stated])
}

/** Only for results that carry the digest of their feature: of others nothing on disk can show whether they are current. */
function featureDigests(root: string, { tests }: TestRun): Baseline['features'] {
  if (!tests.some(({ sourceDigest }) => sourceDigest !== null)) return null
  const digests = new Map<string, string>()
  for (const { place, sourceDigest } of tests) {
    const { file } = place
    if (digests.has(file)) continue
    const path = join(root, file)
    if (sourceDigest === null) continue
    if (!existsSync(path)) continue
    const text = readFileSync(path)
    digests.set(file, [text, withoutMark(text)].map(sha256).find((digest) => digest === sourceDigest) ?? sha256(text))
  }
  return digests
}

/** Runners drop a byte-order mark before they report the text. */
function withoutMark(text: Buffer): Buffer {
  return text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? text.subarray(3) : text
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** `{"schema":"bulkhead.baseline/1","system":D,"steps":D,"configurations":[D],"features":{"path":D}}`; what is left out is not judged. */
function readBaseline(file: string): Baseline {
  const value = readJson(file)
  if (value['schema'] !== 'bulkhead.baseline/1') throw refusal(file, 'is not of schema bulkhead.baseline/1')
  const unknown = Object.keys(value).find((key) => !['schema', 'system', 'steps', 'configurations', 'features'].includes(key))
  if (unknown !== undefined) throw refusal(file, `unknown key ${JSON.stringify(unknown)}`)
  const { configurations, features } = value
  if (configurations !== undefined && !Array.isArray(configurations)) throw refusal(file, 'configurations is no list of digests')
  if (features !== undefined && !isRecord(features)) throw refusal(file, 'features is no object of path and digest')
  return {
    unstatedFeatures: 'stale',
    system: optionalDigest(file, value, 'system'),
    steps: optionalDigest(file, value, 'steps'),
    configurations:
      configurations === undefined ? null : new Set(configurations.map((digest: unknown) => digestOf(file, 'configurations', digest))),
    features:
      features === undefined
        ? null
        : new Map(Object.entries(features).map(([path, digest]) => [path, digestOf(file, `features ${path}`, digest)])),
  }
}

/** Of the facts of a run: the digests of the system and of the step definitions it was obtained with. */
function readRunDigests(file: string): RunDigests {
  const value = readJson(file)
  const { digests } = value
  const stated = isRecord(digests) ? digests : {}
  return { system: optionalDigest(file, stated, 'system'), steps: optionalDigest(file, stated, 'steps') }
}

function optionalDigest(file: string, value: Readonly<Record<string, unknown>>, key: string): string | null {
  return value[key] === undefined || value[key] === null ? null : digestOf(file, key, value[key])
}

function digestOf(file: string, what: string, value: unknown): string {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value
  throw refusal(file, `${what} is no SHA-256 in lower-case hexadecimal`)
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(resolve(file), 'utf8'))
  } catch (cause) {
    throw new EvidenceError('malformed-json', { file }, 'cannot be read as JSON', 'correct the file or its name', { cause })
  }
  if (!isRecord(value)) throw refusal(file, 'is no JSON object')
  return value
}

function refusal(file: string, what: string): EvidenceError {
  return new EvidenceError('schema-violation', { file }, what, 'see docs/reference/trace.md, "Baseline"')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
