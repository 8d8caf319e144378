/**
 * One damaged input through one reader. It may end in a value or in an EvidenceError of one line; anything else, and anything slow, is
 * a failure of the reader.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reader } from '../../evidence/items/reader.js'
import { EvidenceError } from '../../evidence/model/errors.js'
import { mutate } from './mutation.js'
import type { SeedInput } from './seed-inputs.js'

export type Outcome = 'value' | 'refused'

export interface TrialFailure {
  readonly format: string
  readonly name: string
  readonly number: number
  readonly what: string
}

export interface Trial {
  /** Undefined: as it should be. */
  readonly failure: TrialFailure | undefined
  readonly outcome: Outcome
}

/** Milliseconds of CPU for one input; the largest have 800 KB, and YAML that is wrong in every line is the slowest to refuse. */
export const slowest = 5000

/** The folder of one seed, with the files that stay whole. */
export function prepare(seed: SeedInput, folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const { name, text } of seed.besides ?? []) writeFileSync(join(folder, name), text)
}

/** `number` -1: the seed as it is. `now` in milliseconds of CPU. */
export async function tryInput(
  seed: SeedInput,
  reader: Reader<unknown>,
  folder: string,
  number: number,
  now: () => number,
): Promise<Trial> {
  const bytes = number < 0 ? seed.bytes : mutate(seed.bytes, number)
  const path = join(folder, seed.name)
  writeFileSync(path, bytes)
  const given = (seed.besides ?? []).filter(({ isGiven }) => isGiven).map(({ name }) => ({ name, path: join(folder, name) }))
  const fail = (what: string): Trial => ({ failure: { format: seed.format, name: seed.name, number, what }, outcome: 'refused' })
  const started = now()
  let outcome: Outcome = 'value'
  try {
    reader.recognises(bytes.toString('utf8', 0, 65_536), seed.name)
    JSON.stringify(await reader.read([{ name: seed.name, path }, ...given], { map: seed.map ?? null }))
  } catch (error) {
    outcome = 'refused'
    if (!(error instanceof EvidenceError))
      return fail(error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ') : String(error))
    if (/[\n\r]/.test(error.message)) return fail(`message of several lines: ${JSON.stringify(error.message)}`)
  }
  const took = now() - started
  return took > slowest ? fail(`took ${Math.round(took)} ms of CPU for ${bytes.length} bytes`) : { failure: undefined, outcome }
}
