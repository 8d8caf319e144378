/** What `configure` answers, for people and as JSON: the verdict, the findings, and what the system comes to. */
import type { Configuration } from '../../kernel/separation/config/configuration.js'
import { flowGraph } from '../../kernel/separation/config/flows/flow-graph.js'
import { type Finding, findingText } from '../../kernel/separation/config/source/configuration-error.js'
import { configurationDigest } from '../../kernel/separation/config/vector.js'
import { VALIDATORS } from '../../kernel/separation/config/validators/registry.js'
import type { JudgedConfiguration } from './judged-configuration.js'

/** More are counted, not told: the first ones mended often mend the others. */
const MOST_TOLD = 50

export function findingLines(findings: readonly Finding[]): readonly string[] {
  const more = findings.length - MOST_TOLD
  return [...findings.slice(0, MOST_TOLD).map(findingText), ...(more > 0 ? [`and ${more} more`] : [])]
}

/** `signer`: public key in hexadecimal, as the boot manifest names it. */
export function acceptedLines(configuration: Configuration, vector: Uint8Array, signer?: string): readonly string[] {
  const { name, revision, partitions, windows } = configuration
  const digest = configurationDigest(vector)
  return [
    `${name}, revision ${revision}: accepted by ${VALIDATORS.length} validators`,
    `${partitions.length} partitions in ${windows.length} windows, ${flowGraph(configuration).length} flows; vector of ${vector.length} bytes, SHA-256 ${digest}`,
    ...(signer === undefined ? [] : [`signature behind the vector; public key ${signer}`]),
  ]
}

export function answerAsJson(
  { file, findings, configuration }: JudgedConfiguration,
  vector: Uint8Array | undefined,
  signer?: string,
): object {
  const told = findings.map(({ line, rule, what, remedy }) => ({ line, rule, what, remedy }))
  if (configuration === undefined) return { file, accepted: false, findings: told }
  const name = (id: number) => configuration.partitions[id]?.name ?? String(id)
  return {
    file,
    accepted: findings.length === 0,
    findings: told,
    system: configuration.name,
    revision: configuration.revision,
    partitions: configuration.partitions.map((partition) => partition.name),
    flows: flowGraph(configuration).map(({ from, to, through }) => ({
      from: name(from),
      to: name(to),
      through: through.map(({ kind, label }) => ({ kind, label })),
    })),
    ...(vector === undefined
      ? {}
      : { vector: { bytes: vector.length, sha256: configurationDigest(vector), ...(signer === undefined ? {} : { publicKey: signer }) } }),
  }
}
