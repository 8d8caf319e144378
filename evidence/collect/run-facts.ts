/** Reads `run.json` and `interfaces.json`, the two files in which the command states facts about the run and the system under test. */
import { EvidenceError, type SourcePlace } from '../model/errors.js'
import type { Digest, InterfaceId } from '../model/ids.js'
import { interfaceKinds, type InterfaceEntry } from '../model/interface-entry.js'
import type { RunFacts } from '../model/run-facts.js'
import { JsonObject } from './json/json-shape.js'

/** @throws EvidenceError `malformed-json`, `schema-violation`, `duplicate-id` */
export function readRunFacts(file: string, text: string): RunFacts {
  const place = { file }
  const run = JsonObject.parse(text, place, 'run facts')
  const project = run.object('project')
  const tools = run.object('tools')
  const configurations = run.objects('configurations').map((configuration) => ({
    name: configuration.string('name'),
    file: configuration.string('file'),
    digest: digestOf(configuration, 'digest', place),
  }))
  refuseTwice(
    configurations.map(({ name }) => name),
    'configuration',
    place,
  )
  return {
    project: {
      name: project.string('name'),
      version: project.string('version'),
      commit: project.string('commit'),
      dirty: project.isNull('dirty') ? null : project.boolean('dirty'),
    },
    tools: Object.fromEntries(tools.names().map((name) => [name, tools.string(name)])),
    engine: run.string('engine'),
    modes: run.strings('modes'),
    hostedDigest: run.isNull('hostedDigest') ? null : digestOf(run, 'hostedDigest', place),
    configurations,
    commands: run.strings('commands'),
  }
}

/** @throws EvidenceError `malformed-json`, `schema-violation`, `duplicate-id` */
export function readInterfaceEntries(file: string, text: string): InterfaceEntry[] {
  const place = { file }
  const entries = JsonObject.parse(`{"entries":${text}}`, place, 'interface description')
    .objects('entries')
    .map((entry) => ({
      id: entry.string('id') as InterfaceId,
      kind: entry.oneOf('kind', interfaceKinds),
      title: entry.string('title'),
      contract: entry.string('contract'),
      outcomes: entry.strings('outcomes'),
    }))
  refuseTwice(
    entries.map(({ id }) => id),
    'interface entry',
    place,
  )
  for (const { id, outcomes } of entries) refuseTwice(outcomes, `outcome of ${id}`, place)
  return entries
}

function digestOf(object: JsonObject, name: string, place: SourcePlace): Digest {
  const text = object.string(name)
  if (/^[0-9a-f]{64}$/.test(text)) return text as Digest
  throw new EvidenceError(
    'schema-violation',
    place,
    `${name} ${JSON.stringify(text)} is no SHA-256 in hexadecimal`,
    'give 64 lower-case hexadecimal digits',
  )
}

function refuseTwice(ids: readonly string[], kind: string, place: SourcePlace): void {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) throw new EvidenceError('duplicate-id', place, `${kind} ${id} stands twice`, 'remove one of the two')
    seen.add(id)
  }
}
