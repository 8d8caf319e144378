/** The flows that the configurations of our system allow, as the graph of the configuration compiler has them: `bulkhead.flows/1`. */
import { flowGraph, type FlowKind } from '../../../kernel/separation/config/flows/flow-graph.js'
import { compileNamed } from '../../../kernel/testbench/open-system.js'
import { flowsFormat, type WrittenFlows, type WrittenSystem } from '../../../evidence/exchange/flows/read-flows.js'
import { systemNames } from './run-facts.js'

/** Made to carry data; the others are what authority, feedback and the audit trail tell on the side. */
const carriesData: ReadonlySet<FlowKind> = new Set(['port', 'notification', 'shared-region'])

export function configuredFlows(): WrittenFlows {
  return { schema: flowsFormat, systems: systemNames().map(flowsOf) }
}

function flowsOf(name: string): WrittenSystem {
  const { configuration } = compileNamed(name)
  const subjects = configuration.partitions.map((partition) => partition.name)
  return {
    name,
    subjects,
    flows: flowGraph(configuration).map(({ from, to, through }) => ({
      from: subjects[from] ?? '',
      to: subjects[to] ?? '',
      through: through.map(({ label }) => label),
      nature: through.some(({ kind }) => carriesData.has(kind)) ? 'data' : 'side',
    })),
  }
}
