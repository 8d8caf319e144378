/** The rows of a flow picture: one for each object that carries information, with everyone who causes and everyone who notices. */
import type { Configuration } from '../configuration.js'
import { authorityFlows } from '../flows/authority-flows.js'
import type { Flow, FlowKind } from '../flows/flow.js'
import { objectFlows } from '../flows/object-flows.js'
import type { PolicySource } from '../source/system-source.js'

/** Partitions by number, ascending. */
export interface PictureRow {
  readonly label: string
  readonly sources: readonly number[]
  readonly sinks: readonly number[]
  /** `data`: made to carry it; `side`: told on the side by authority, feedback or audit; `rule` and `never`: what the policy demands, not what is. */
  readonly nature: 'data' | 'side' | 'rule' | 'never'
  /** The partition that a rule wants between source and sink. */
  readonly via?: number
}

const DATA: readonly FlowKind[] = ['port', 'notification', 'shared-region']

export function pictureRows(configuration: Configuration, policy: Pick<PolicySource, 'mustPass' | 'never'>): readonly PictureRow[] {
  const flows = [...objectFlows(configuration), ...authorityFlows(configuration)]
  const rows = [...byCarrier(flows).values()].map((flows): PictureRow => rowOf(flows))
  const data = rows.filter(({ nature }) => nature === 'data')
  return [...data, ...rows.filter(({ nature }) => nature !== 'data'), ...ruleRows(configuration, policy)]
}

/** An audit trail with two readers, or control over two partitions, is one row for each kind and holder. */
function byCarrier(flows: readonly Flow[]): ReadonlyMap<string, readonly Flow[]> {
  const groups = new Map<string, Flow[]>()
  for (const flow of flows) {
    const key = `${flow.carrier.kind} ${flow.carrier.object}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [flow])
    else group.push(flow)
  }
  return groups
}

function rowOf(flows: readonly Flow[]): PictureRow {
  const [first] = flows
  return {
    label: first?.carrier.label ?? '',
    sources: ascending(flows.map(({ from }) => from)),
    sinks: ascending(flows.map(({ to }) => to)),
    nature: first !== undefined && DATA.includes(first.carrier.kind) ? 'data' : 'side',
  }
}

function ruleRows({ partitions }: Configuration, { mustPass, never }: Pick<PolicySource, 'mustPass' | 'never'>): readonly PictureRow[] {
  const ids = new Map(partitions.map(({ name }, id) => [name, id]))
  const id = (name: string) => ids.get(name) ?? 0
  return [
    ...mustPass.map(({ from, to, via }): PictureRow => ({
      label: `must pass ${via}`,
      sources: [id(from)],
      sinks: [id(to)],
      nature: 'rule',
      via: id(via),
    })),
    ...never.map(({ from, to }): PictureRow => ({
      label: 'never, through whomever',
      sources: [id(from)],
      sinks: [id(to)],
      nature: 'never',
    })),
  ]
}

const ascending = (ids: readonly number[]): readonly number[] => [...new Set(ids)].sort((a, b) => a - b)
