/**
 * The digests that are current: of the features below `--root`, and of what a `--baseline` states (`bulkhead.baseline/1`). Nothing is
 * judged stale that neither speaks of.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { TestRun } from '../../evidence/items/test-run.js'
import { checkDocument } from '../../evidence/profiles/schema-check.js'
import { packageFile } from '../../evidence/profiles/schema-file.js'
import { parseYaml } from '../../evidence/profiles/yaml-document.js'
import { noBaseline, unstatedRun, type Baseline, type RunDigests } from '../../evidence/trace/items/freshness.js'
import { regularText } from './regular-text.js'

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

interface WrittenBaseline {
  readonly system?: string
  readonly steps?: string
  readonly configurations?: readonly string[]
  readonly features?: Readonly<Record<string, string>>
}

/** @throws EvidenceError with file and line for what the schema `bulkhead.baseline/1` does not know */
function readBaseline(file: string): Baseline {
  const { system, steps, configurations, features } = checked(file, 'evidence/trace/items/schema/baseline') as WrittenBaseline
  return {
    unstatedFeatures: 'stale',
    system: system ?? null,
    steps: steps ?? null,
    configurations: configurations === undefined ? null : new Set(configurations),
    features: features === undefined ? null : new Map(Object.entries(features)),
  }
}

interface WrittenFacts {
  readonly digests?: { readonly system?: string | null; readonly steps?: string | null }
}

/** Of the facts of a run (`bulkhead.run-facts/1`): the digests of the system and of the step definitions it was obtained with. */
function readRunDigests(file: string): RunDigests {
  const { digests = {} } = checked(file, 'evidence/items/schema/run-facts') as WrittenFacts
  return { system: digests.system ?? null, steps: digests.steps ?? null }
}

function checked(file: string, schema: string): unknown {
  const document = parseYaml(file, regularText(file, resolve(file)))
  checkDocument(document, packageFile(...`${schema}.schema.json`.split('/')), `bulkhead.${basename(schema)}/1`)
  return document.value
}
