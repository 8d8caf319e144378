/** Flows of information between partitions, and the kernel objects that carry them. SKPP FDP_IFC.2. */

export type FlowKind =
  | 'port'
  | 'port-feedback'
  | 'notification'
  | 'shared-region'
  | 'control'
  | 'observation'
  | 'system-control'
  | 'schedule-choice'
  | 'audit-reading'
  | 'audit-release'
  | 'alarm'

/** What carries a flow. `object` is the index of the port, notification, shared region or alarm, else of the partition with the authority. */
export interface FlowCarrier {
  readonly kind: FlowKind
  readonly object: number
  /** For people: "port altitude". */
  readonly label: string
}

/** One object by which `from` can cause something that `to` can notice. Partitions by number. */
export interface Flow {
  readonly from: number
  readonly to: number
  readonly carrier: FlowCarrier
}

/** Every pair of the two lists, but for a partition with itself. */
export function flowsBetween(from: readonly number[], to: readonly number[], carrier: FlowCarrier): readonly Flow[] {
  return from.flatMap((source) => to.flatMap((sink) => (source === sink ? [] : [{ from: source, to: sink, carrier }])))
}
