/**
 * Why information of one partition may reach another one, object by object, and what the policy says of it; or why it may not.
 * What a partition between them passes on is up to its program: a way through it is a way that the configuration leaves open.
 */
import type { Configuration } from '../configuration.js'
import type { Path } from '../source/yaml-reader.js'
import type { SourceFile } from '../source/system-source.js'
import { carrierText } from './carrier-text.js'
import { type FlowEdge, flowGraph } from './flow-graph.js'
import { reachable, shortestPath, successorsOf } from './flow-path.js'
import { placeOfCarrier } from './carrier-place.js'

/** A thing said of a line of the file; line from 1. */
export interface Placed {
  readonly line: number
  readonly text: string
}

export interface ExplainedStep {
  readonly from: string
  readonly to: string
  /** Everything that carries it. */
  readonly objects: readonly Placed[]
  /** The line of `policy.flows` that allows it; undefined: none does, and the system is refused. */
  readonly allowedAt: number | undefined
}

export interface Explanation {
  readonly from: string
  readonly to: string
  /** The steps of a shortest way; none when there is no way. */
  readonly steps: readonly ExplainedStep[]
  /** What the policy says of this pair beyond its flows: mediators and pairs that nothing may connect. */
  readonly rules: readonly Placed[]
  /** Partitions that information from `from` can reach, and from which information can reach `to`. */
  readonly reaches: readonly string[]
  readonly reachedBy: readonly string[]
}

/** `from` and `to` are names of partitions of the system. */
export function explainFlow(source: SourceFile, configuration: Configuration, from: string, to: string): Explanation {
  const ids = new Map(configuration.partitions.map(({ name }, id) => [name, id]))
  const names = (found: Iterable<number>) => [...found].sort((a, b) => a - b).map((id) => configuration.partitions[id]?.name ?? String(id))
  const edges = flowGraph(configuration)
  const graph = successorsOf(edges)
  const reversed = successorsOf(edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from })))
  const way = shortestPath(graph, ids.get(from) ?? -1, ids.get(to) ?? -1) ?? []
  return {
    from,
    to,
    steps: way.map((edge) => explainStep(source, configuration, edge)),
    rules: rulesAbout(source, from, to),
    reaches: names(reachable(graph, ids.get(from) ?? -1)),
    reachedBy: names(reachable(reversed, ids.get(to) ?? -1)),
  }
}

function explainStep({ system, lineOf }: SourceFile, configuration: Configuration, edge: FlowEdge): ExplainedStep {
  const from = configuration.partitions[edge.from]?.name ?? ''
  const to = configuration.partitions[edge.to]?.name ?? ''
  const allowed = system.policy.flows.findIndex((flow) => flow.from === from && flow.to === to)
  return {
    from,
    to,
    objects: edge.through.map((carrier) => ({ line: lineOf(placeOfCarrier(carrier)), text: carrierText(configuration, edge, carrier) })),
    allowedAt: allowed < 0 ? undefined : lineOf(['policy', 'flows', allowed]),
  }
}

function rulesAbout({ system: { policy }, lineOf }: SourceFile, from: string, to: string): readonly Placed[] {
  const about = (flow: { readonly from: string; readonly to: string }) => flow.from === from && flow.to === to
  const at = (path: Path, text: string): Placed => ({ line: lineOf(path), text })
  return [
    ...policy.mustPass.flatMap((rule, i) => (about(rule) ? [at(['policy', 'mustPass', i], `every way passes ${rule.via}`)] : [])),
    ...policy.never.flatMap((rule, i) => (about(rule) ? [at(['policy', 'never', i], 'no way may connect them')] : [])),
  ]
}

/** For people: the answer first, then each step with its objects and lines. */
export function explanationLines({ from, to, steps, rules, reaches, reachedBy }: Explanation): readonly string[] {
  const ruled = rules.map(({ line, text }) => `  policy, line ${line}: ${text}`)
  const list = (names: readonly string[]) => (names.length === 0 ? 'nobody' : names.join(', '))
  if (steps.length === 0)
    return [`${from} cannot reach ${to}: nothing that ${from} can cause is noticed, by however many others, by ${to}`, ...ruled].concat(
      `  information from ${from} can reach ${list(reaches)}`,
      `  information can reach ${to} from ${list(reachedBy)}`,
    )
  const between = steps.slice(1).map((step) => step.from)
  const how = between.length === 0 ? 'directly' : `through ${between.join(' and ')}, if it passes on what it learns`
  return [`${from} can reach ${to} ${how}`, ...ruled, ...steps.flatMap(stepLines)]
}

function stepLines({ from, to, objects, allowedAt }: ExplainedStep): readonly string[] {
  const allowed = allowedAt === undefined ? 'the policy does not list it' : `allowed by policy.flows, line ${allowedAt}`
  return [`  ${from} to ${to}: ${allowed}`, ...objects.map(({ line, text }) => `    line ${line}: ${text}`)]
}
